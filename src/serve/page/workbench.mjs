// The workbench: holds the edit, its history, and asks the server what comes of it whenever it changes.

import { draw_form } from "./case_form.mjs";
import { Editor } from "./editor.mjs";
import { by, count, element, fill, many } from "./element.mjs";
import { draw_findings, file_of, mark_of, no_findings, put_right } from "./findings.mjs";
import { ask_mutants, forget_mutants } from "./mutants.mjs";
import { meaning, names_of } from "./names.mjs";
import { draw_numbers, draw_rules, renew_numbers, with_value } from "./numbers.mjs";
import { draw_outcome, draw_why, draw_worked, no_outcome } from "./outcome.mjs";
import { carried_over, same, show_difference, texts, write_shown } from "./saving.mjs";
import { Problem, ask } from "./server.mjs";

/// How long somebody has stopped typing when the server is asked, in milliseconds.
const PAUSE = 120;

const bench = {
    written: null, edit: null, file: "rules", past: [], future: [], fold: null, said: null, placed: null, wanted: new Map(), asked: null, timer: null,
    case: null, findings: [], drawn: "",
};
/// What is known of names: numbers change with the edit.
const known = () => ({ numbers: bench.said.numbers.parameters, inputs: bench.inputs ?? [], words: bench.words ?? [] });
const editor = new Editor(by("editor"), {
    edited: (file, text) => change({ ...bench.edit, [file]: text }),
    at: (name) => { by("name").textContent = meaning(name, bench.file, known()); },
    meaning: (name, file) => meaning(name, file, known()),
    names: (file) => names_of(file, known()),
});

/// What the server is at, and beside it what was done last.
const status = (said) => { by("status").textContent = said; };
const done = (said) => { by("done").textContent = said; };

/// Does something, and says why where the server does not.
const tried = (what) => (...given) => what(...given).catch((error) => {
    if (!(error instanceof Problem)) throw error;
    status(error.message);
});

/// Takes another edit; what was before can be come back to. Changes with the same `fold`, one after the other, are one step.
function change(edit, { history = true, fold = null } = {}) {
    if (same(edit, bench.edit)) return;
    if (history) {
        if (!fold || fold !== bench.fold) bench.past.push(bench.edit);
        if (bench.past.length > 500) bench.past.shift();
        bench.future = [];
    }
    bench.fold = fold;
    done("");
    bench.edit = edit;
    editor.show(bench.file, edit[bench.file]);
    buttons();
    waits();
    bench.timer = setTimeout(ask_all, PAUSE);
}

function step(from, to) {
    const edit = from.pop();
    if (!edit) return;
    to.push(bench.edit);
    change(edit, { history: false });
    done(from === bench.past ? "Undone." : "Done again.");
}

function buttons() {
    const changed = !same(bench.edit, bench.written);
    by("undo").disabled = bench.past.length === 0;
    by("redo").disabled = bench.future.length === 0;
    by("revert").disabled = !changed;
    by("save").disabled = !changed || !bench.can_be_written;
}

/// What is drawn is not of this edit yet. Answers to an earlier one are given up.
function waits() {
    forget_mutants();
    bench.asked?.abort();
    clearTimeout(bench.timer);
    status("working it out");
    by("outcome").ariaBusy = "true";
}

/// Asks what comes of the edit.
async function ask_all() {
    waits();
    const asked = bench.asked = new AbortController();
    const edit = bench.edit;
    const about = (what, draw, failed) => ask(`/v1/workbench/${what}`, edit, asked.signal).then(draw).catch((error) => {
        if (error.name === "AbortError") return;
        if (!(error instanceof Problem)) throw error;
        failed(error.message);
    });
    const none = (why, worked, said) => {
        no_outcome(why);
        fill("worked", element("p", {}, worked));
        status(said);
    };
    const begun = performance.now();
    let told = null;
    await about("check", (checked) => { told = checked; }, (why) => {
        no_findings(why);
        editor.mark(bench.findings = []);
        none("It is not known who moves.", "They have not been run.", why);
    });
    if (!told || asked.signal.aborted) return;
    draw_check(told, edit);
    // What cannot be run is asked nothing further.
    if (!told.runs) return none("The edit cannot be run yet: what is wrong stands below the text.", "They are run once the edit can be.", "the edit cannot be run yet");
    fill("worked", element("p", {}, "They are being run."));
    await Promise.all([
        about("compare", (compared) => {
            draw_outcome(compared, bench.tiers, choose);
            status(`${count(compared.moved)} of ${many(compared.cases, "case")} move; worked out in ${Math.round(performance.now() - begun)} ms`);
        }, (why) => { no_outcome(why); status("it is not known who moves"); }),
        about("test", draw_worked, (why) => fill("worked", element("p", {}, why))),
        bench.case && explain(bench.case, false),
    ]);
}

function draw_check({ check, said, written }, edit) {
    bench.said = said;
    bench.placed = edit.parameters;
    bench.findings = check.findings;
    bench.tiers = [...said.rules.outside, ...said.rules.tiers];
    if (written !== bench.digest) meanwhile();
    draw_said();
    put_numbers();
    draw_findings(bench.findings, bench.place, go, put);
    marks();
}

/// Puts a slip of a file right, where it still stands there.
function put(file, finding, slip) {
    const right = put_right(bench.edit[file], finding, slip);
    if (!right) return;
    change({ ...bench.edit, [file]: right.text });
    go(file, finding.line, right.column);
}

function marks() {
    const here = bench.findings.filter((one) => one.line && file_of(one, bench.place) === bench.file);
    editor.mark(here.map((finding) => mark_of(finding, (...slip) => put(bench.file, ...slip))));
}

/// Draws the numbers and rules; fields that are drawn keep their place and whoever is in them.
function draw_said() {
    const numbers = bench.said.numbers.parameters;
    const shape = JSON.stringify([by("find-number").value, numbers.map(({ name, description, source, value, unit, since, line }) => [name, description, source, unit, since, typeof value, Boolean(line)])]);
    if (shape === bench.drawn) return renew_numbers(numbers);
    bench.drawn = shape;
    draw_numbers(numbers, by("find-number").value, set_number);
    draw_rules(bench.said.rules, (line) => { show("rules"); editor.go_to(line); });
}

/// Takes another value for a number; where the text is another since its place was said, once the server has said it again.
function set_number(name, value) {
    bench.wanted.set(name, value);
    put_numbers();
}

function put_numbers() {
    if (bench.placed !== bench.edit.parameters) return;
    for (const [name, value] of bench.wanted) {
        const number = bench.said.numbers.parameters.find((one) => one.name === name && one.line);
        const parameters = number && with_value(bench.edit.parameters, number, value);
        if (typeof parameters !== "string") {
            done(`${name} is not found in the text: change it there.`);
            continue;
        }
        // What stands behind it on its line moves with it.
        const longer = [...parameters].length - [...bench.edit.parameters].length;
        for (const one of bench.said.numbers.parameters) if (one.line === number.line && one.column > number.column) one.column += longer;
        number.value = value;
        bench.placed = parameters;
        renew_numbers([number]);
        change({ ...bench.edit, parameters }, { fold: name });
    }
    bench.wanted.clear();
}

/// Leads to a place of a file.
const go = (file, line, column) => { show(file); editor.go_to(line, column); };

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
        if (!(error instanceof Problem)) throw error;
        fill("why", element("p", { class: "finding error" }, error.told.detail), error.told.help && element("p", {}, `What to do: ${error.told.help}`));
    }
}

/// Shows the difference; nothing is written before somebody says so.
const save = tried(async () => {
    if (!await show_difference(bench.edit, bench.written, bench.place)) meanwhile();
});

const write = tried(async () => {
    const state = await write_shown();
    if (!state) return meanwhile();
    take(state);
    done("Written.");
    await Promise.all([ask_all(), learn_names()]);
});

/// Says that somebody else wrote to the policy. Nothing is written over that before it is taken into the edit.
const meanwhile = () => { by("meanwhile").hidden = false; };

/// Makes the edit one of what is written now.
const take_theirs = tried(async () => {
    const state = await ask("/v1/workbench");
    const { edit, odds } = carried_over(bench.edit, bench.written, state);
    take(state);
    change(edit);
    done(odds.length === 0 ? "Both are in the edit now." : "Your edit stands where both touch the same lines: see below Save… what that takes back.");
    await ask_all();
});

/// Takes what is written; the edit stays what somebody makes of it.
function take(state) {
    bench.written = texts(state);
    bench.digest = state.written;
    bench.edit ??= bench.written;
    bench.can_be_written = state.can_be_written;
    bench.place = state.place.replace(/ \(built in\)$/, "");
    by("policy").textContent = state.policy;
    const { called, cases, failed, on } = state.book;
    by("about").textContent = `${state.place}, over ${called} of ${many(cases, "case")} on ${on}${failed ? `, ${count(failed)} more cannot be read` : ""}${state.can_be_written ? "" : "; this policy is built in and cannot be written"}`;
    by("meanwhile").hidden = true;
    buttons();
}

by("undo").addEventListener("click", () => step(bench.past, bench.future));
by("redo").addEventListener("click", () => step(bench.future, bench.past));
by("revert").addEventListener("click", () => change(bench.written));
by("save").addEventListener("click", save);
by("write").addEventListener("click", write);
by("take").addEventListener("click", take_theirs);
by("ask-mutants").addEventListener("click", () => ask_mutants(bench.edit, bench.place, go));
by("leave").addEventListener("click", () => by("difference").close());
by("find-number").addEventListener("input", draw_said);
// A slider that is let go, a field that is left: what comes next is a step of its own.
by("numbers").addEventListener("change", () => { bench.fold = null; });
for (const radio of document.querySelectorAll("input[name=file]")) radio.addEventListener("change", () => show(radio.value));
window.addEventListener("beforeunload", (event) => { if (bench.edit && !same(bench.edit, bench.written)) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
    // With Alt it is a letter of some keyboards, and one that is being put together is not there yet.
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    // Another field takes back what was typed there.
    const steps = event.target.matches("[data-number]") || !event.target.matches("textarea, input:not([type=radio])");
    const doing = key === "s" ? () => by("save").disabled || save()
        : steps && key === "z" && !event.shiftKey ? () => step(bench.past, bench.future) : steps && (key === "y" || key === "z") ? () => step(bench.future, bench.past) : null;
    if (!doing) return;
    event.preventDefault();
    doing();
});

/// Asks for the names of inputs and of the language: there are none while the policy as it is written cannot be run.
async function learn_names() {
    if (!bench.words) [bench.inputs, bench.words] = await Promise.all(["inputs", "words"].map((what) => ask(`/v1/show/${what}`)));
}

/// Opens the page.
const open = tried(async () => {
    status("asking the server");
    const state = await ask("/v1/workbench");
    take(state);
    bench.said = state.said;
    bench.placed = state.parameters;
    document.querySelector("main").classList.remove("empty");
    show(bench.file);
    draw_said();
    await ask_all();
    await tried(learn_names)();
    draw_form(await ask("/v1/schema/case"), { crn: "X1", assessed_on: state.book.on }, (text, wrong) => {
        clearTimeout(bench.case_timer);
        bench.case_timer = setTimeout(() => wrong ? fill("why", element("p", {}, wrong)) : explain({ case: text }, false), PAUSE);
    });
    document.body.dataset.ready = "true";
});
await open();
