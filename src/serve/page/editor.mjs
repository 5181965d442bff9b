// A field of text with numbers at its lines, colours for words of the language, and waves below what is wrong.

import { element } from "./element.mjs";

const WORDS = {
    rules: /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<digits>\b\d[\d_]*(?:\.\d+)?\b)|(?<word>\b(?:fn|private|const|let|if|else|switch|for|in|while|loop|return|import|as|true|false|this|break|continue)\b)/g,
    parameters: /(?<comment>(?:^|\s)#[^\n]*)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<word>^[ \t]*[\w-]+(?=:)|\b(?:value|unit|source|description|values)(?=:)|\b(?:true|false|null)\b)|(?<digits>\b\d[\d.-]*\b)/gm,
};

/// An editor in an element. `edited` hears of every change, `at` of the name that the cursor comes to.
export class Editor {
    constructor(into, edited, at) {
        this.kind = "rules";
        this.marks = [];
        this.lines = element("div", { class: "lines", "aria-hidden": "true" });
        this.colours = element("pre", { "aria-hidden": "true" });
        this.field = element("textarea", {
            "aria-label": "Text of the file", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off",
            "aria-describedby": "findings", oninput: () => { this.draw(); edited(this.kind, this.field.value); }, onkeydown: (event) => this.key(event),
        });
        this.frame = element("div", { class: "editor" }, this.lines, element("div", { class: "sheet" }, this.colours, this.field));
        into.append(this.frame);
        document.addEventListener("selectionchange", () => document.activeElement === this.field && at(this.name()));
    }

    /// The name at the cursor, with what it belongs to: `person.oasys.ogrs3`, `param::red_ogrs3`.
    name() {
        const [text, at] = [this.field.value, this.field.selectionStart];
        const before = /[\w.:]*$/.exec(text.slice(0, at))[0];
        return (before + /^\w*/.exec(text.slice(at))[0]).replace(/^[.:]+|[.:]+$/g, "");
    }

    /// Shows a file.
    show(kind, text) {
        const same = this.kind === kind;
        this.kind = kind;
        this.field.setAttribute("aria-label", kind === "rules" ? "Text of policy.rhai" : "Text of parameters.yaml");
        if (this.field.value !== text) this.field.value = text;
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
        const lines = this.field.value.split("\n");
        const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
        const at = before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
        this.field.focus();
        this.field.setSelectionRange(at, at);
        const height = this.lines.scrollHeight / Math.max(lines.length, 1);
        this.frame.scrollTo(0, Math.max(0, (line - 8) * height));
    }

    /// Writes the rest of a name that is begun at the cursor.
    complete(begun, whole) {
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
        const waves = new Map();
        for (const { line, column, error } of this.marks) waves.set(line, { column, error });
        const out = [];
        let [at, line, begins] = [0, 1, 0];
        // A piece of text, cut at the ends of lines and where a wave begins and ends.
        const add = (piece, kind) => {
            for (const part of piece.split(/(?<=\n)/)) {
                const wave = waves.get(line);
                const from = wave ? begins + wave.column - 1 : Infinity;
                const to = wave ? from + (/^[\w"'.]+|^\S/.exec(text.slice(from))?.[0].length ?? 1) : Infinity;
                const cuts = [at, from, to, at + part.length].filter((cut) => cut >= at && cut <= at + part.length).sort((one, other) => one - other);
                for (let cut = 0; cut + 1 < cuts.length; cut += 1) {
                    const inside = text.slice(cuts[cut], cuts[cut + 1]);
                    const wrong = cuts[cut] >= from && cuts[cut] < to ? (wave.error ? "wrong" : "doubt") : null;
                    const classes = [kind, wrong].filter(Boolean).join(" ");
                    if (inside) out.push(classes ? element("span", { class: classes }, inside) : inside);
                }
                at += part.length;
                if (part.endsWith("\n")) { line += 1; begins = at; }
            }
        };
        for (const found of text.matchAll(WORDS[this.kind])) {
            if (found.index > at) add(text.slice(at, found.index), null);
            add(found[0], Object.entries(found.groups).find(([, value]) => value !== undefined)[0]);
        }
        if (at < text.length) add(text.slice(at), null);
        this.colours.replaceChildren(...out, "\n");
    }
}
