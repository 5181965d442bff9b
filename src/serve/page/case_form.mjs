// A form of a case, made from the JSON Schema: the facts by group, each with its meaning. Lists are written in the text below it.

import { allowed, element, fill } from "./element.mjs";

/// Groups and fields that the form shows first.
const FIRST = ["oasys"];

/// Draws the form; `changed` hears of the case, as text, with each field, and of what keeps the text from being one.
export function draw_form(schema, start, changed) {
    const form = { case: structuredClone(start), fields: [] };
    // The text is the case; the fields show what it says, and wait while it is half written.
    const text = element("textarea", { id: "case-text", "aria-label": "The case as JSON", spellcheck: "false", oninput: () => {
        const { read, wrong } = read_case(text.value);
        for (const { input } of form.fields) input.disabled = Boolean(wrong);
        if (!wrong) {
            form.case = read;
            for (const { path, input } of form.fields) show_fact(input, fact_at(read, path));
        }
        changed(text.value, wrong);
    } });
    const put = (path, value) => {
        let inside = form.case;
        for (const key of path.slice(0, -1)) inside = is_object(inside[key]) ? inside[key] : (inside[key] = {});
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
        const input = field_of([...path, name], is, put);
        if (!input) return null;
        form.fields.push({ path: [...path, name], input });
        show_fact(input, fact_at(form.case, [...path, name]));
        return element("div", { class: "field" }, element("label", { for: input.id }, name), input, element("span", { id: `${input.id}-about` }, is.description ?? ""));
    });
    text.value = JSON.stringify(form.case, null, 2);
    const { crn, assessed_on, ...rest } = schema.properties;
    delete rest.expect;
    fill("case", element("p", { class: "soft" }, "Fill in what is known: the tier, what it could still be, and what would settle it follow above with each field. Lists, such as registrations, are written in the text."),
        fields({ crn, assessed_on }, []), fields(rest, []),
        element("label", { for: "case-text" }, "The same as text"), text);
}

const is_object = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const fact_at = (known, path) => path.reduce((inside, key) => inside?.[key], known);

/// What a text says of a case, or why it says nothing of one.
function read_case(text) {
    try {
        const read = JSON.parse(text);
        return is_object(read) ? { read } : { wrong: "The text is no case: it begins with { and ends with }." };
    } catch (error) {
        return { wrong: `The text of the case is not well-formed yet: ${error.message}` };
    }
}

/// Shows a fact in its field; nothing where it is not known, or not of this kind.
function show_fact(input, fact) {
    input.value = ["string", "number", "boolean"].includes(typeof fact) ? String(fact) : "";
    allowed(input);
}

/// The field of a fact; nothing where it is none of a kind that a field can hold.
function field_of(path, is, put) {
    const types = [is.type].flat();
    const id = `case-${path.join("-")}`;
    const made = (tag, attributes, value_of, ...inside) => element(tag, { id, "aria-describedby": `${id}-about`, ...attributes, oninput: ({ target }) => {
        if (allowed(target)) put(path, target.value === "" ? undefined : value_of(target.value));
    } }, ...inside);
    const choice = (words, value_of) => made("select", {}, value_of, element("option", { value: "" }, "not known"), words.map((word) => element("option", { value: String(word) }, String(word))));
    // A word and the truth value that it stands for look alike: one of them is enough.
    if (is.enum) return choice([...new Set(is.enum.map(String))], String);
    if (types.includes("boolean")) return choice([true, false], (word) => word === "true");
    const whole = types.includes("integer");
    if (whole || types.includes("number")) return made("input", { type: "number", min: is.minimum, max: is.maximum, step: whole ? 1 : "any" }, Number);
    return types.includes("string") ? made("input", { type: is.format === "date" ? "date" : "text" }, String) : null;
}
