// What is wrong with an edit, and the slips of the pen that can be put right at once.

import { by, element, fill, many } from "./element.mjs";
import { places } from "./lines.mjs";

const FILES = { rules: "policy.rhai", parameters: "parameters.yaml" };
let drawn = null;

/// Which file of the policy in this folder a finding lies in, if in any: a file that it imports is not edited here.
export function file_of({ file }, place) {
    const bare = file.replace(/ \(built in\)$/, "");
    return Object.keys(FILES).find((kind) => ["/", "\\"].some((between) => bare === `${place}${between}${FILES[kind]}`)) ?? null;
}

/// Draws the findings, those of before where they are the same: whoever is at one of their buttons stays there. `go` leads to a place of a file,
/// `put` puts a slip right.
export function draw_findings(findings, place, go, put) {
    const all = JSON.stringify(findings);
    if (all === drawn) return;
    drawn = all;
    const number = (severity) => findings.filter((one) => one.severity === severity).length;
    const numbers = [...new Set(findings.map(({ severity }) => severity))].map((severity) => many(number(severity), severity));
    by("findings-said").textContent = findings.length === 0 ? "Nothing is wrong." : `${numbers.join(", ")}.`;
    fill("findings", findings.map((finding) => {
        const file = file_of(finding, place);
        const slip = file && slip_of(finding);
        return element("div", { class: `finding ${finding.severity}` },
            element("p", {}, element("strong", {}, finding.severity), `: ${finding.message} (${finding.code})`),
            finding.help && element("p", {}, `What to do: ${finding.help}`),
            file ? element("button", { type: "button", onclick: () => go(file, finding.line ?? 1, finding.column ?? 1) }, `To line ${finding.line ?? 1} of ${FILES[file]}`) : element("p", { class: "soft" }, finding.file),
            slip && element("button", { type: "button", class: "suggestion", onclick: () => put(file, finding, slip) }, called(slip)));
    }));
}

/// What the editor marks for a finding: where it is, what is said of it, and the slip put right.
export function mark_of(finding, put) {
    const { line, column, severity, message, code, help } = finding;
    const slip = slip_of(finding);
    return {
        line, column: column ?? 1, severity, message: [`${message} (${code})`, help && `What to do: ${help}`].filter(Boolean).join("\n"),
        actions: slip ? [{ name: called(slip), apply: () => put(finding, slip) }] : [],
    };
}

/// Says why nothing is known of the edit.
export function no_findings(said) {
    drawn = null;
    by("findings-said").textContent = said;
    fill("findings");
}

/// What is written and what was meant, where the remedy says it.
function slip_of({ help, message, line }) {
    const last = (name) => name?.split(".").at(-1);
    const right = last(/did you mean `([^`]+)`/.exec(help ?? "")?.[1]);
    const wrong = last(/`([^`]+)`/.exec(message)?.[1]);
    return right && wrong && line ? { wrong, right } : null;
}

const called = ({ wrong, right }) => `Write ${right} instead of ${wrong}`;

/// A text with a slip put right, and where; nothing where it does not stand there any more.
export function put_right(text, { line, column }, { wrong, right }) {
    const offset = places(text);
    const [begins, ends] = [offset(line), offset(line, Infinity)];
    const found = [offset(line, column ?? 1), begins].map((from) => text.indexOf(wrong, from)).find((at) => at >= 0 && at < ends);
    return found === undefined ? null : { text: text.slice(0, found) + right + text.slice(found + wrong.length), column: [...text.slice(begins, found)].length + 1 };
}
