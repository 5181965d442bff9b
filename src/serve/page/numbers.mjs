// The rules and numbers of a policy with their texts and sources; a number is edited where it stands in its file.

import { allowed, element, fill } from "./element.mjs";
import { places } from "./lines.mjs";

/// The text with another value for a number, where its old one stands; nothing where something else stands there.
export function with_value(text, { line, column, value: old }, value) {
    const at = places(text)(line, column);
    const written = /^("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^,}#\n]*[^,}#\s])/.exec(text.slice(at))?.[0];
    if (written === undefined || !reads_as(written, old)) return null;
    return text.slice(0, at) + (typeof value === "string" ? quoted(value) : in_digits(value)) + text.slice(at + written.length);
}

/// A value as a field and a file hold it: a number that JavaScript would write with a power of ten by its digits.
function in_digits(value) {
    const written = String(value ?? "");
    return typeof value === "number" && written.includes("e") ? value.toLocaleString("en-GB", { useGrouping: false, maximumFractionDigits: 20 }) : written;
}

/// Whether what is written is this value.
function reads_as(written, value) {
    if (typeof value === "number") return Number(written) === value;
    if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'") === value;
    return written === (written.startsWith('"') ? JSON.stringify(value) : String(value));
}

/// Draws the numbers; `change` hears of the name of one and its new value.
export function draw_numbers(numbers, wanted, change) {
    const shown = numbers.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted.toLowerCase()));
    const none = numbers.length === 0 ? "No number can be read in parameters.yaml: what is wrong with it, if anything, stands below the text." : "There is no such number.";
    fill("numbers", shown.map((number) => one_number(number, change)), shown.length === 0 && element("p", {}, none));
}

/// Puts the values of numbers into the fields that are drawn, but for the one that somebody is in.
export function renew_numbers(numbers) {
    for (const { name, value, unit } of numbers) {
        for (const field of document.querySelectorAll(`[data-number="${CSS.escape(name)}"]`)) {
            if (document.activeElement === field) continue;
            if (field.type === "range") stretch(field, value, unit);
            field.value = in_digits(value);
            if (field.willValidate) allowed(field);
        }
    }
}

/// Makes a slider so long, and its steps so small, that it can stand at a value.
function stretch(slider, value, unit) {
    const digits = /\.(\d+)$/.exec(String(value))?.[1].length ?? 0;
    const most = unit === "percent" ? 100 : digits > 0 && Math.abs(value) < 1 ? 1 : 10;
    slider.min = Math.min(Number(slider.min), value * 2, 0);
    slider.max = Math.max(Number(slider.max), value > most ? value * 2 : most);
    slider.step = Math.min(Number(slider.step) || 1, 10 ** -digits);
}

function one_number(number, change) {
    const { name, description, value, unit, since, source, assumption, line } = number;
    const id = `number-${name}`;
    const about = `${id}-about`;
    const fields = [];
    const plain = ["number", "boolean", "string"].includes(typeof value);
    const field = (attributes) => {
        const made = element("input", { ...attributes, required: true, "data-number": name, "aria-describedby": about });
        made.value = in_digits(value);
        made.addEventListener("input", () => allowed(made) && change(name, typeof value === "string" ? made.value : Number(made.value)));
        return made;
    };
    if (!line || !plain) fields.push(element("code", {}, JSON.stringify(value)), " ", element("span", { class: "soft" }, "edit it in the text"));
    else if (typeof value === "number") {
        const slider = field({ type: "range", "aria-label": `${name}, slider` });
        stretch(slider, value, unit);
        slider.value = String(value);
        fields.push(field({ id, type: "number", step: "any" }), slider);
    } else if (typeof value === "boolean") {
        const choice = element("select", { id, "data-number": name, "aria-describedby": about, onchange: () => change(name, choice.value === "true") },
            ["true", "false"].map((word) => element("option", { value: word }, word)));
        choice.value = String(value);
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
