// A field of text with numbers at its lines, colours for words of the language, and waves below what is wrong.

import { element } from "./element.mjs";
import { in_field, places, with_ends } from "./lines.mjs";

const WORDS = {
    rules: /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<digits>\b\d[\d_]*(?:\.\d+)?\b)|(?<word>\b(?:fn|private|const|let|if|else|switch|for|in|while|loop|return|import|as|true|false|this|break|continue)\b)/g,
    parameters: /(?<comment>(?:^|\s)#[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<word>^[ \t]*[\w-]+(?=:)|\b(?:value|unit|source|description|values)(?=:)|\b(?:true|false|null)\b)|(?<digits>\b\d[\d.-]*\b)/gm,
};

/// An editor in an element. `edited` hears of every change, `at` of what the cursor comes to.
export class Editor {
    constructor(into, edited, at) {
        this.kind = "rules";
        this.text = "";
        this.marks = [];
        this.lines = element("div", { class: "lines", "aria-hidden": "true" });
        this.colours = element("pre", { "aria-hidden": "true" });
        this.field = element("textarea", {
            "aria-label": "Text of the file", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off",
            "aria-describedby": "editor-keys", oninput: () => edited(this.kind, with_ends(this.text, this.field.value)), onkeydown: (event) => this.key(event),
        });
        this.frame = element("div", { class: "editor" }, this.lines, element("div", { class: "sheet" }, this.colours, this.field));
        into.append(this.frame);
        document.addEventListener("selectionchange", () => document.activeElement === this.field && at(this.name()));
    }

    /// The name at the cursor, with what it belongs to: `person.oasys.ogrs3`, `param::red_ogrs3`; and what is begun of one that goes on.
    name() {
        const { value, selectionStart: at, selectionEnd: to } = this.field;
        const before = /[\w.:]*$/.exec(value.slice(0, at))[0].replace(/^[.:]+/, "");
        const after = value.slice(at);
        // In the middle of a name, what follows would stay behind it.
        const begun = at === to && !/^(?:\w|\.\w|::)/.test(after) ? before : "";
        return { name: (before + /^\w*/.exec(after)[0]).replace(/[.:]+$/, ""), begun };
    }

    /// Shows a file.
    show(kind, text) {
        const same = this.kind === kind;
        this.kind = kind;
        this.field.setAttribute("aria-label", kind === "rules" ? "Text of policy.rhai" : "Text of parameters.yaml");
        this.text = text;
        if (this.field.value !== in_field(text)) this.field.value = in_field(text);
        if (!same) this.frame.scrollTo(0, 0);
        this.draw();
    }

    /// Waves below these places: line, column, whether it stops the policy.
    mark(marks) {
        this.marks = marks;
        this.draw();
    }

    /// Puts the cursor at a place, from 1, and shows it.
    go_to(line, column = 1) {
        const at = places(this.field.value)(line, column);
        this.field.focus();
        this.field.setSelectionRange(at, at);
        const height = this.lines.scrollHeight / this.field.value.split("\n").length;
        this.frame.scrollTo(0, Math.max(0, (line - 8) * height));
    }

    /// Writes the rest of a name that is begun at the cursor.
    complete(whole) {
        const { begun } = this.name();
        if (!whole.startsWith(begun)) return;
        const at = this.field.selectionStart;
        this.field.focus();
        this.field.setRangeText(whole.slice(begun.length), at, at, "end");
        this.field.dispatchEvent(new Event("input"));
    }

    /// Two blanks or four for the tab; Escape lets the tab lead on.
    key(event) {
        if (event.key === "Escape") this.leaves = true;
        else if (event.key === "Tab" && !event.shiftKey && !this.leaves) {
            event.preventDefault();
            this.field.setRangeText(this.kind === "rules" ? "    " : "  ", this.field.selectionStart, this.field.selectionEnd, "end");
            this.field.dispatchEvent(new Event("input"));
        } else if (event.key !== "Shift") this.leaves = false;
    }

    draw() {
        const text = this.field.value;
        this.lines.textContent = text.split("\n").map((_, at) => at + 1).join("\n");
        const offset = places(text);
        const waves = this.marks.map(({ line, column, error }) => {
            const from = offset(line, column);
            return { from, to: from + (/^(?:[\w"'.]+|\S)/u.exec(text.slice(from))?.[0].length ?? 0), error };
        });
        const out = [];
        // A piece of text, cut where a wave begins and ends.
        const add = (from, to, kind) => {
            const near = waves.filter((wave) => wave.from < to && wave.to > from);
            const cuts = [...new Set([from, ...near.flatMap((wave) => [wave.from, wave.to]), to])].filter((cut) => cut >= from && cut <= to).sort((one, other) => one - other);
            for (let cut = 0; cut + 1 < cuts.length; cut += 1) {
                const here = near.filter((wave) => wave.from <= cuts[cut] && wave.to > cuts[cut]);
                const wrong = here.length === 0 ? null : here.some(({ error }) => error) ? "wrong" : "doubt";
                const classes = [kind, wrong].filter(Boolean).join(" ");
                const inside = text.slice(cuts[cut], cuts[cut + 1]);
                out.push(classes ? element("span", { class: classes }, inside) : inside);
            }
        };
        let at = 0;
        for (const found of text.matchAll(WORDS[this.kind])) {
            if (found.index > at) add(at, found.index, null);
            at = found.index + found[0].length;
            add(found.index, at, Object.entries(found.groups).find(([, value]) => value !== undefined)[0]);
        }
        if (at < text.length) add(at, text.length, null);
        this.colours.replaceChildren(...out, "\n");
    }
}
