// Which slips in the edit its worked cases would notice: asked only when somebody wants to know, because it takes a while.

import { by, count, element, fill, many } from "./element.mjs";
import { file_of } from "./findings.mjs";
import { Problem, ask } from "./server.mjs";

/// Slips that are listed.
const LISTED = 100;

let asked = null;

/// Says nothing of an edit that is another by now.
export function forget_mutants() {
    asked?.abort();
    asked = null;
    by("ask-mutants").disabled = false;
    fill("mutants");
}

/// Asks about an edit and draws what comes of it; `go` leads to a place of a file.
export async function ask_mutants(edit, place, go) {
    forget_mutants();
    const mine = asked = new AbortController();
    by("ask-mutants").disabled = true;
    fill("mutants", element("p", {}, "Each number, condition, tier and rule is made another, one at a time."));
    try {
        draw_mutants(await ask("/v1/workbench/mutants", edit, mine.signal), place, go);
    } catch (error) {
        if (error.name === "AbortError") return;
        if (!(error instanceof Problem)) throw error;
        fill("mutants", element("p", {}, error.message));
    }
    if (asked === mine) by("ask-mutants").disabled = false;
}

function draw_mutants({ unfit, mutants, count: counted }, place, go) {
    if (unfit) return fill("mutants", element("p", {}, `Nothing can be learnt: ${unfit}.`));
    const survivors = mutants.filter(({ fate }) => fate === "survived");
    const said = ({ kind, of, was, is }) => kind === "removed" ? `rule ${of} removed` : `${was} made ${is}, in ${of}`;
    const would = (catcher) => catcher && `; ${catcher.base} ${catcher.value === null ? `without ${catcher.path}` : `with ${catcher.path}: ${catcher.value}`} would`;
    fill("mutants",
        element("p", { class: "lead", tabindex: "-1", id: "mutants-said" }, `Of ${many(counted.mutants, "slip")} ${count(counted.killed)} would be noticed, ${count(counted.survived)} would not.`),
        element("ul", { class: "cases" }, survivors.slice(0, LISTED).map((one) => {
            const file = file_of(one, place);
            return element("li", {},
                file && element("button", { type: "button", onclick: () => go(file, one.line, one.column || 1) }, `To line ${one.line}`), " ",
                said(one), would(one.catcher));
        })),
        survivors.length > LISTED && element("p", { class: "soft" }, `and ${count(survivors.length - LISTED)} more`));
    by("mutants-said").focus();
}
