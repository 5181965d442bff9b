// Lines of a text: where a place lies, which lines differ, and how two edits of the same text come together.

/// Cuts after each end of a line, whichever of the three kinds it is.
const ENDS = /(?<=\n|\r(?!\n))/;

/// Says where the places of a text lie in it: a line from 1, and a column from 1 that counts letters, not halves of them.
export function places(text) {
    const lines = text.split("\n");
    const begins = [0];
    for (const line of lines) begins.push(begins.at(-1) + line.length + 1);
    return (line, column = 1) => {
        const at = Math.min(Math.max(line, 1), lines.length) - 1;
        return begins[at] + [...lines[at]].slice(0, Math.max(column, 1) - 1).join("").length;
    };
}

/// The stretch of lines, or of letters, that differs: from where to where of the old ones, and what stands there now.
export function stretch(old, now) {
    const least = Math.min(old.length, now.length);
    let [first, last] = [0, 0];
    while (first < least && old[first] === now[first]) first += 1;
    while (last < least - first && old.at(-1 - last) === now.at(-1 - last)) last += 1;
    return { from: first, to: old.length - last, put: now.slice(first, now.length - last) };
}

/// A text as a field holds it, which knows one end of a line alone.
export const in_field = (text) => text.replace(/\r\n?/g, "\n");

/// What a field holds as the text of its file: a line that stays ends as it did, a new one as the first of the file does.
export function with_ends(file, held) {
    if (!file.includes("\r")) return held;
    const old = file.split(ENDS);
    const { from, to, put } = stretch(old.map(in_field), held.split(ENDS));
    const end = /\r\n?|\n/.exec(file)[0];
    const text = [...old.slice(0, from), ...put.map((line) => line.replace("\n", end)), ...old.slice(to)].join("");
    // A lone return before a new line would be one end with it.
    return in_field(text) === held ? text : held;
}

/// Two edits of a text in one; nothing where they touch the same lines, or lines side by side.
export function together(base, mine, theirs) {
    if (mine === base || mine === theirs) return theirs;
    if (theirs === base) return mine;
    const lines = base.split(ENDS);
    const stretches = [mine, theirs].map((text) => stretch(lines, text.split(ENDS)));
    const [first, second] = stretches.sort((one, other) => one.from - other.from);
    if (first.to >= second.from) return null;
    return [...lines.slice(0, first.from), ...first.put, ...lines.slice(first.to, second.from), ...second.put, ...lines.slice(second.to)].join("");
}
