// Writing an edit: how it differs from what is written is shown first, and only what was shown is written.

import { by, element, fill } from "./element.mjs";
import { together } from "./lines.mjs";
import { ask } from "./server.mjs";

let shown = null;

export const same = (one, other) => one.rules === other.rules && one.parameters === other.parameters;
/// The texts of a policy as the server gives them.
export const texts = ({ rules, parameters }) => ({ rules, parameters });

/// Shows how an edit differs from what is written; false where that is no longer what the edit was made of.
export async function show_difference(edit, written, place) {
    // First this: what is written between the two questions stands in the difference, and is refused.
    if (!same(texts(await ask("/v1/workbench")), written)) return false;
    const { difference, runs } = await ask("/v1/workbench/check", edit);
    shown = { ...edit, before: written };
    by("difference-said").textContent = runs ? `These lines of ${place} change:` : "The edit cannot be run, and is not written: put right what is wrong first.";
    by("write").disabled = !runs;
    fill("difference-lines", difference.filter(({ lines }) => lines).map(({ file, lines }) => [element("h3", {}, file),
        element("pre", { class: "diff", tabindex: "0", role: "region", "aria-label": `Changes of ${file}` }, lines.split("\n").map((line) =>
            element("span", { class: line.startsWith("-") ? "gone" : line.startsWith("+") ? "came" : null }, `${line}\n`)))]));
    if (!by("difference").open) by("difference").showModal();
    return true;
}

/// Writes what was shown, and gives what is written then; nothing where somebody else wrote meanwhile.
export async function write_shown() {
    by("write").disabled = true;
    try {
        return await ask("/v1/workbench/save", shown);
    } catch (error) {
        if (error.told?.status === 409 && !same(texts(await ask("/v1/workbench")), shown.before)) return null;
        throw error;
    } finally {
        by("difference").close();
    }
}

/// An edit of what was written, made one of what is written now; and the files of which the edit and what somebody else wrote are at odds.
export function carried_over(edit, before, now) {
    const odds = [];
    const carried = (file) => together(before[file], edit[file], now[file]) ?? (odds.push(file), edit[file]);
    return { edit: { rules: carried("rules"), parameters: carried("parameters") }, odds };
}
