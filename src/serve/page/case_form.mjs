// A form of a case, made from the JSON Schema: the facts by group, each with its meaning. Lists are written in the text below it.

import { by, element, fill } from "./element.mjs";

/// Groups and fields that the form shows first.
const FIRST = ["oasys"];

/// Draws the form; `changed` hears of the case, as text, with each field.
export function draw_form(schema, start, changed) {
    const form = { case: structuredClone(start) };
    const text = element("textarea", { id: "case-text", "aria-label": "The case as JSON", spellcheck: "false", oninput: () => {
        try { form.case = JSON.parse(text.value); } catch { /* what is half written is said by the server */ }
        changed(text.value);
    } });
    const put = (path, value) => {
        let inside = form.case;
        for (const key of path.slice(0, -1)) inside = inside[key] ??= {};
        if (value === undefined) delete inside[path.at(-1)];
        else inside[path.at(-1)] = value;
        text.value = JSON.stringify(form.case, null, 2);
        changed(text.value);
    };
    const meant = (schema_of) => {
        const found = (schema_of.anyOf ?? [schema_of]).find((one) => one.type !== "null") ?? schema_of;
        const to = found.$ref ? schema.$defs[found.$ref.split("/").at(-1)] : found;
        return { ...to, description: schema_of.description ?? to.description };
    };
    const fields = (properties, path) => Object.entries(properties).map(([name, of]) => {
        const is = meant(of);
        if (is.properties && path.length === 0) {
            return element("details", { open: FIRST.includes(name) }, element("summary", {}, name), element("p", { class: "soft" }, is.description ?? ""), fields(is.properties, [name]));
        }
        return field([...path, name], is, put, form.case);
    });
    text.value = JSON.stringify(form.case, null, 2);
    const { crn, assessed_on, ...rest } = schema.properties;
    delete rest.expect;
    fill("case", element("p", { class: "soft" }, "Fill in what is known: the tier, what it could still be, and what would settle it follow above with each field."),
        fields({ crn, assessed_on }, []), fields(rest, []),
        element("label", { for: "case-text" }, "The same as text"), text);
    by("case").case_text = () => text.value;
}

function field(path, is, put, known) {
    const id = `case-${path.join("-")}`;
    const types = [is.type].flat();
    const has = path.reduce((inside, key) => inside?.[key], known);
    const about = `${id}-about`;
    let input = null;
    const choice = (words, value_of) => element("select", { id, "aria-describedby": about, onchange: () => put(path, input.value === "" ? undefined : value_of(input.value)) },
        element("option", { value: "" }, "not known"), words.map((word) => element("option", { value: String(word), selected: has === word }, String(word))));
    if (is.enum) input = choice(is.enum, (word) => word);
    else if (types.includes("boolean")) input = choice([true, false], (word) => word === "true");
    else if (types.includes("integer") || types.includes("number")) {
        input = element("input", { id, type: "number", min: is.minimum, max: is.maximum, step: types.includes("integer") ? 1 : "any", value: has, "aria-describedby": about,
            oninput: () => input.checkValidity() && put(path, input.value === "" ? undefined : Number(input.value)) });
    } else if (types.includes("string")) {
        input = element("input", { id, type: is.format === "date" ? "date" : "text", value: has, "aria-describedby": about,
            oninput: () => put(path, input.value === "" ? undefined : input.value) });
    } else return null;
    return element("div", { class: "field" }, element("label", { for: id }, path.at(-1)), input, element("span", { id: about }, is.description ?? ""));
}
