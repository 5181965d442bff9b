// The rules and numbers of a policy with their texts and sources; a number is edited where it stands in its file.

import { element, fill } from "./element.mjs";

/// The text with another value at a place, from 1.
export function with_value(text, line, column, value) {
    const lines = text.split("\n");
    const letters = [...lines[line - 1]];
    const before = letters.slice(0, column - 1).join("");
    const rest = letters.slice(column - 1).join("");
    const written = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,}#]*[^,}#\s])/.exec(rest);
    if (!written) return text;
    lines[line - 1] = before + value + rest.slice(written[0].length);
    return lines.join("\n");
}

/// Draws the numbers; `change` hears of a new value, as it is to be written, with the place of the old one.
export function draw_numbers(numbers, wanted, change) {
    const shown = numbers.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted.toLowerCase()));
    fill("numbers", shown.map((number) => one_number(number, change)), shown.length === 0 && element("p", {}, "There is no such number."));
}

/// Puts the values of numbers into the fields that are drawn, but for the one that somebody is in.
export function renew_numbers(numbers) {
    for (const number of numbers) {
        for (const field of document.querySelectorAll(`[data-number="${CSS.escape(number.name)}"]`)) {
            if (document.activeElement !== field) field.value = String(number.value ?? "");
            field.place = number;
        }
    }
}

function one_number(number, change) {
    const { name, description, value, unit, since, source, assumption, line } = number;
    const id = `number-${name}`;
    const about = `${id}-about`;
    const fields = [];
    const plain = ["number", "boolean", "string"].includes(typeof value);
    const field = (attributes) => {
        const made = element("input", { ...attributes, "data-number": name, "aria-describedby": about });
        made.value = String(value);
        made.place = number;
        made.addEventListener("input", () => {
            if (!made.checkValidity() || made.value === "") return;
            change(made.place, typeof value === "string" ? quoted(made.value) : made.value);
        });
        return made;
    };
    if (!line || !plain) fields.push(element("code", {}, JSON.stringify(value)), " ", element("span", { class: "soft" }, "edit it in the text"));
    else if (typeof value === "number") {
        const most = unit === "percent" ? 100 : Math.max(10, value * 2);
        const step = Number.isInteger(value) ? 1 : 0.1;
        fields.push(field({ id, type: "number", step: "any", min: 0 }), field({ type: "range", min: 0, max: most, step, "aria-label": `${name}, slider` }));
    } else if (typeof value === "boolean") {
        const choice = element("select", { id, "data-number": name, "aria-describedby": about, onchange: () => change(choice.place, choice.value) },
            ["true", "false"].map((word) => element("option", { value: word }, word)));
        choice.value = String(value);
        choice.place = number;
        fields.push(choice);
    } else fields.push(field({ id, type: "text" }));
    return element("div", { class: "number" },
        line && plain ? element("label", { for: id }, name) : element("strong", {}, name), unit ? ` in ${unit}` : null, " ",
        assumption ? element("span", { class: "badge" }, "assumption") : null,
        element("div", {}, fields),
        element("p", { id: about }, description, element("br"), element("span", { class: "soft" }, `since ${since ?? "no date"}; ${source ?? "no source"}`)));
}

/// A text as YAML reads it back.
function quoted(text) {
    return /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|yes|no|on|off|null)$/i.test(text) ? text : JSON.stringify(text);
}

/// Draws the rules; `go` leads to the line of one.
export function draw_rules(rules, go) {
    fill("rules", rules.rules.map(({ rule, text, cite, from, until, line }) => element("details", {},
        element("summary", {}, rule),
        element("p", {}, text || "no text"),
        cite && element("p", { class: "soft" }, `Source: ${cite}`),
        (from || until) && element("p", { class: "soft" }, [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(", ")),
        element("button", { type: "button", onclick: () => go(line) }, `To line ${line}`))));
}
