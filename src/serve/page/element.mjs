// Elements made by hand: text is always text.

/// An element with its attributes and what stands in it. `on...` are listeners; `false` and `null` leave an attribute out.
export function element(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
        else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
    return made;
}

/// The element of an identifier.
export function by(id) {
    return document.getElementById(id);
}

/// Puts these in the place of what stands in an element.
export function fill(id, ...inside) {
    by(id).replaceChildren(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
}

/// A number as people write it.
export function count(number) {
    return Number(number ?? 0).toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

/// So many of something.
export function many(number, one, more = `${one}s`) {
    return `${count(number)} ${number === 1 ? one : more}`;
}

/// A table with a caption; cells after the first are numbers where `numbers` says so.
export function table(caption, heads, rows, { numbers = true, kind = null } = {}) {
    const cell = (tag, place, inside, scope) => element(tag, { class: place > 0 && numbers ? "n" : null, scope }, inside);
    return element("div", { class: "wide", role: "region", tabindex: "0", "aria-label": caption },
        element("table", { class: kind }, element("caption", {}, caption),
            element("thead", {}, element("tr", {}, heads.map((head, place) => cell("th", place, head, "col")))),
            element("tbody", {}, rows.map((row) => element("tr", {}, row.map((inside, place) =>
                place === 0 ? cell("th", 0, inside, "row") : inside instanceof HTMLTableCellElement ? inside : cell("td", place, inside)))))));
}

/// Whether a field holds what it may; what it does not is said behind it.
export function allowed(field) {
    const said = field.validationMessage;
    field.setAttribute("aria-invalid", said !== "");
    if (field.nextElementSibling?.className === "refused") field.nextElementSibling.remove();
    if (said) field.after(element("span", { class: "refused", role: "alert" }, said));
    return said === "";
}
