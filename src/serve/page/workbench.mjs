// The workbench: holds the edit, its history, and asks the server what comes of it whenever it changes.

import { draw_form } from "./case_form.mjs";
import { Editor } from "./editor.mjs";
import { by, count, element, fill, many } from "./element.mjs";
import { draw_numbers, draw_rules, renew_numbers, with_value } from "./numbers.mjs";
import { draw_outcome, draw_why, draw_worked, no_outcome } from "./outcome.mjs";
import { Problem, ask } from "./server.mjs";

/// How long somebody has stopped typing when the server is asked, in milliseconds.
const PAUSE = 120;

const bench = { written: null, edit: null, file: "rules", past: [], future: [], said: null, asked: null, timer: null, case: null, findings: [], drawn: "" };
const editor = new Editor(by("editor"), (file, text) => change({ ...bench.edit, [file]: text }), draw_name);

const same = (one, other) => one.rules === other.rules && one.parameters === other.parameters;
const status = (said) => { by("status").textContent = said; };

/// Takes another edit; what was before can be come back to.
function change(edit, { history = true } = {}) {
    if (same(edit, bench.edit)) return;
    if (history) {
        bench.past.push(bench.edit);
        if (bench.past.length > 500) bench.past.shift();
        bench.future = [];
    }
    bench.edit = edit;
    editor.show(bench.file, edit[bench.file]);
    buttons();
    clearTimeout(bench.timer);
    bench.timer = setTimeout(ask_all, PAUSE);
}

function step(from, to) {
    const edit = from.pop();
    if (!edit) return;
    to.push(bench.edit);
    change(edit, { history: false });
    status(from === bench.past ? "undone" : "done again");
}

function buttons() {
    const changed = !same(bench.edit, bench.written);
    by("undo").disabled = bench.past.length === 0;
    by("redo").disabled = bench.future.length === 0;
    by("revert").disabled = !changed;
    by("save").disabled = !changed || !bench.can_be_written;
}

/// Asks what comes of the edit. Answers to an earlier one are given up.
async function ask_all() {
    bench.asked?.abort();
    const asked = bench.asked = new AbortController();
    const edit = bench.edit;
    const about = (what, draw, failed) => ask(`/v1/workbench/${what}`, edit, asked.signal).then(draw).catch((error) => {
        if (error.name === "AbortError") return;
        if (error instanceof Problem) failed?.(error.told);
        else status(`the server does not answer: ${error.message}`);
    });
    const begun = performance.now();
    status("working it out");
    // What cannot be run is asked nothing further.
    let runs = false;
    await about("check", (told) => { draw_check(told); runs = told.runs; }, (told) => status(told.detail));
    if (asked.signal.aborted) return;
    if (!runs) {
        no_outcome("The edit cannot be run yet: what is wrong stands below the text.");
        fill("worked", element("p", {}, "They are run once the edit can be."));
        status("the edit cannot be run yet");
        return;
    }
    fill("worked", element("p", {}, "They are being run."));
    await Promise.all([
        about("compare", (compared) => {
            draw_outcome(compared, bench.tiers, choose);
            status(`${count(compared.moved)} of ${many(compared.cases, "case")} move; worked out in ${Math.round(performance.now() - begun)} ms`);
        }, (told) => no_outcome(told.detail)),
        about("test", draw_worked, (told) => fill("worked", element("p", {}, told.detail))),
        bench.case && explain(bench.case, false),
    ]);
}

function draw_check({ check, difference, said }) {
    bench.said = said;
    bench.difference = difference;
    bench.findings = check.findings;
    bench.tiers = [...said.rules.outside, ...said.rules.tiers];
    draw_said();
    const go = (finding) => { show(finding.file.includes("parameters.yaml") ? "parameters" : "rules"); editor.go_to(finding.line ?? 1, finding.column ?? 1); };
    fill("findings", check.findings.length === 0 ? element("p", {}, "Nothing is wrong.") : check.findings.map((finding) => element("div", { class: `finding ${finding.severity}` },
        element("p", {}, element("strong", {}, finding.severity), `: ${finding.message} (${finding.code})`),
        finding.help && element("p", {}, `What to do: ${finding.help}`),
        is_own(finding) ? element("button", { type: "button", onclick: () => go(finding) }, `To line ${finding.line ?? 1} of ${finding.file.split("/").at(-1)}`) : element("p", { class: "soft" }, finding.file),
        suggestion(finding))));
    marks();
}

const is_own = ({ file }) => file.startsWith(bench.place) && !file.includes("/lib/");

/// A button that puts a slip right where the remedy says what was meant.
function suggestion(finding) {
    const meant = /did you mean `([^`]+)`/.exec(finding.help ?? "")?.[1];
    const wrong = /`([^`]+)`/.exec(finding.message)?.[1]?.split(".").at(-1);
    if (!meant || !wrong || !finding.line || !is_own(finding)) return null;
    const file = finding.file.includes("parameters.yaml") ? "parameters" : "rules";
    const right = meant.split(".").at(-1);
    const put = () => {
        const lines = bench.edit[file].split("\n");
        const before = lines[finding.line - 1];
        const from = Math.max(0, (finding.column ?? 1) - 1);
        const at = before.indexOf(wrong, from) >= 0 ? before.indexOf(wrong, from) : before.indexOf(wrong);
        if (at < 0) return;
        lines[finding.line - 1] = before.slice(0, at) + right + before.slice(at + wrong.length);
        show(file);
        change({ ...bench.edit, [file]: lines.join("\n") });
        editor.go_to(finding.line, at + 1);
    };
    return element("button", { type: "button", class: "suggestion", onclick: put }, `Write ${right} instead of ${wrong}`);
}

function marks() {
    const own = bench.findings.filter((one) => is_own(one) && one.line && (one.file.includes("parameters.yaml") ? "parameters" : "rules") === bench.file);
    editor.mark(own.map(({ line, column, severity }) => ({ line, column: column ?? 1, error: severity === "error" })));
}

/// Draws the numbers and rules; fields that are drawn keep their place and whoever is in them.
function draw_said() {
    const numbers = bench.said.numbers.parameters;
    const shape = JSON.stringify([by("find-number").value, numbers.map(({ name, description, source, value, line }) => [name, description, source, typeof value, Boolean(line)])]);
    if (shape === bench.drawn) return renew_numbers(numbers);
    bench.drawn = shape;
    draw_numbers(numbers, by("find-number").value, set_number);
    draw_rules(bench.said.rules, (line) => { show("rules"); editor.go_to(line); });
}

/// What the name at the cursor means: a number with its value in force, an input, or a word of the language.
function draw_name(name) {
    if (name === bench.name) return;
    bench.name = name;
    fill("completions", names_from(name).map((whole) => element("button", { type: "button", onclick: () => editor.complete(name, whole) }, whole)));
    if (!name) return;
    const last = name.split(/::|\./).at(-1);
    const number = bench.said.numbers.parameters.find((one) => (name.startsWith("param::") || bench.file === "parameters") && one.name === last);
    const input = bench.inputs?.find(({ path }) => name === `person.${path}`);
    const word = bench.words?.find(({ word }) => word.split("(")[0] === name);
    const said = number ? `${number.name}: ${JSON.stringify(number.value)}${number.unit ? ` ${number.unit}` : ""} since ${number.since}, ${number.description} (${number.source})`
        : input ? `${name}: ${input.domain}; ${input.doc}` : word ? `${word.word}: ${word.doc}` : "";
    if (by("name").textContent !== said) by("name").textContent = said;
}

/// Names that one is the beginning of: inputs, numbers and words of the language.
function names_from(name) {
    if (bench.file !== "rules" || name.length < 3) return [];
    const known = [...(bench.inputs ?? []).map(({ path }) => `person.${path}`), ...bench.said.numbers.parameters.map((number) => `param::${number.name}`),
        ...(bench.words ?? []).map(({ word }) => /^\w+/.exec(word)?.[0]).filter(Boolean)];
    return [...new Set(known)].filter((one) => one.startsWith(name) && one !== name).slice(0, 6);
}

function set_number({ line, column, name }, value) {
    const parameters = with_value(bench.edit.parameters, line, column, value);
    for (const field of document.querySelectorAll(`[data-number="${CSS.escape(name)}"]`)) if (document.activeElement !== field) field.value = value;
    change({ ...bench.edit, parameters });
}

function show(file) {
    bench.file = file;
    document.querySelector(`input[name=file][value=${file}]`).checked = true;
    editor.show(file, bench.edit[file]);
    marks();
}

const choose = (crn) => explain({ crn }, true);

async function explain(which, shown) {
    bench.case = which;
    bench.explained?.abort();
    const asked = bench.explained = new AbortController();
    try {
        draw_why(await ask("/v1/workbench/explain", { ...bench.edit, ...which }, asked.signal), shown);
    } catch (error) {
        if (error.name === "AbortError") return;
        fill("why", element("p", { class: "finding error" }, error.message), error.told?.help && element("p", {}, `What to do: ${error.told.help}`));
    }
}

/// Shows the difference; nothing is written before somebody says so.
async function save() {
    const { difference, runs } = await ask("/v1/workbench/check", bench.edit);
    by("difference-said").textContent = runs ? `These lines of ${bench.place} change:` : "The edit cannot be run, and is not written: put right what is wrong first.";
    by("write").disabled = !runs;
    fill("difference-lines", difference.filter(({ lines }) => lines).map(({ file, lines }) => [element("h3", {}, file),
        element("pre", { class: "diff", tabindex: "0", role: "region", "aria-label": `Changes of ${file}` }, lines.split("\n").map((line) =>
            element("span", { class: line.startsWith("-") ? "gone" : line.startsWith("+") ? "came" : null }, `${line}\n`)))]));
    by("difference").showModal();
}

async function write() {
    const edit = bench.edit;
    try {
        take(await ask("/v1/workbench/save", { ...edit, before: bench.written }), edit);
        status("written");
        ask_all();
    } catch (error) {
        status([error.message, error.told?.help].filter(Boolean).join("; "));
    }
    by("difference").close();
}

/// Takes what is written; the edit stays what somebody makes of it.
function take(state, edit) {
    bench.written = { rules: state.rules, parameters: state.parameters };
    bench.edit = edit ?? bench.written;
    bench.can_be_written = state.can_be_written;
    bench.place = state.place.replace(/ \(built in\)$/, "");
    bench.tiers = [...state.said.rules.outside, ...state.said.rules.tiers];
    by("policy").textContent = state.policy;
    const { called, cases, failed, on } = state.book;
    by("about").textContent = `${state.place}, over ${called} of ${many(cases, "case")} on ${on}${failed ? `, ${count(failed)} more cannot be read` : ""}${state.can_be_written ? "" : "; this policy is built in and cannot be written"}`;
    editor.show(bench.file, bench.edit[bench.file]);
    bench.said = state.said;
    draw_said();
    buttons();
}

by("undo").addEventListener("click", () => step(bench.past, bench.future));
by("redo").addEventListener("click", () => step(bench.future, bench.past));
by("revert").addEventListener("click", () => change(bench.written));
by("save").addEventListener("click", save);
by("write").addEventListener("click", write);
by("leave").addEventListener("click", () => by("difference").close());
by("find-number").addEventListener("input", draw_said);
for (const radio of document.querySelectorAll("input[name=file]")) radio.addEventListener("change", () => show(radio.value));
document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const first = key === " " && document.querySelector("#completions button");
    const doing = first ? () => first.click() : key === "s" ? () => by("save").disabled || save() : key === "z" && !event.shiftKey ? () => step(bench.past, bench.future) : key === "y" || key === "z" ? () => step(bench.future, bench.past) : null;
    if (!doing) return;
    event.preventDefault();
    doing();
});

take(await ask("/v1/workbench"));
await ask_all();
[bench.inputs, bench.words] = await Promise.all([ask("/v1/show/inputs"), ask("/v1/show/words")]);
draw_form(await ask("/v1/schema/case"), { crn: "X1", assessed_on: by("about").textContent.match(/\d{4}-\d\d-\d\d/)[0] }, (text) => {
    clearTimeout(bench.case_timer);
    bench.case_timer = setTimeout(() => {
        try {
            JSON.parse(text);
            explain({ case: text }, false);
        } catch (error) {
            fill("why", element("p", {}, `The text of the case is not well-formed yet: ${error.message}`));
        }
    }, PAUSE);
});
document.body.dataset.ready = "true";
