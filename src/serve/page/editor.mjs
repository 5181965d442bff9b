// The editor of a policy's files: CodeMirror with what the workbench knows of the policy. Its history is that of the whole edit, and not here.

import {
    Annotation, EditorState, EditorView, Prec, autocompletion, bracketMatching, completionKeymap, defaultKeymap, highlightActiveLine,
    highlightSelectionMatches, hoverTooltip, indentMore, indentUnit, keymap, lineNumbers, lintKeymap, search, searchKeymap, setDiagnostics,
} from "./codemirror.mjs";
import { look } from "./editor_look.mjs";
import { element } from "./element.mjs";
import { LANGUAGES, highlighting } from "./highlighting.mjs";
import { in_field, places, stretch, with_ends } from "./lines.mjs";

/// On what the page itself does to the text: nobody typed it.
const Shown = Annotation.define();
const NAMED = { rules: "policy.rhai", parameters: "parameters.yaml" };
const BLANKS = { rules: "    ", parameters: "  " };

/// The name at a place, with what it belongs to: `person.oasys.ogrs3`, `param::red_ogrs3`; and what is begun of one that goes on.
function name_at(state, at) {
    const { text, from } = state.doc.lineAt(at);
    const before = /[\w.:]*$/.exec(text.slice(0, at - from))[0].replace(/^[.:]+/, "");
    const after = text.slice(at - from);
    // In the middle of a name, what follows would stay behind it.
    const begun = /^(?:\w|\.\w|::)/.test(after) ? "" : before;
    return { name: (before + /^\w*/.exec(after)[0]).replace(/[.:]+$/, ""), begun };
}

/// An editor in an element. `edited` hears of every change, `at` of the name that the cursor comes to; `meaning` says what one means, `names`
/// which there are.
export class Editor {
    constructor(into, { edited, at, meaning, names }) {
        Object.assign(this, { edited, at, meaning, names, kind: "rules", text: "", leaves: false });
        this.states = Object.fromEntries(Object.keys(LANGUAGES).map((kind) => [kind, this.state(kind)]));
        this.view = new EditorView({ parent: into, state: this.states.rules });
    }

    /// The state of a file that nothing stands in yet.
    state(kind) {
        return EditorState.create({ extensions: [
            LANGUAGES[kind], highlighting, look, lineNumbers(), highlightActiveLine(), bracketMatching(), highlightSelectionMatches(),
            indentUnit.of(BLANKS[kind]), search({ top: true }),
            EditorView.contentAttributes.of({ "aria-label": `Text of ${NAMED[kind]}`, "aria-describedby": "editor-keys", tabindex: "0" }),
            autocompletion({ override: [(context) => this.completions(context)], icons: false }),
            hoverTooltip((view, at) => this.hover(view, at)),
            Prec.highest(EditorView.domEventHandlers({ keydown: ({ key }) => { this.leaves = key === "Escape" || this.leaves && ["Tab", "Shift"].includes(key); } })),
            keymap.of([{ key: "Tab", run: (view) => this.tab(view) }, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...defaultKeymap]),
            EditorView.updateListener.of((update) => this.updated(update)),
        ] });
    }

    updated({ state, docChanged, selectionSet, transactions }) {
        const typed = docChanged && !transactions.some((one) => one.annotation(Shown));
        if (typed) this.edited(this.kind, with_ends(this.text, state.doc.toString()));
        if (typed || selectionSet) this.at(name_at(state, state.selection.main.head).name);
    }

    /// Blanks for the tab, or the lines that are chosen moved in; after Escape it leads on.
    tab(view) {
        if (this.leaves) return false;
        if (!view.state.selection.main.empty) return indentMore(view);
        view.dispatch(view.state.replaceSelection(BLANKS[this.kind]), { userEvent: "input", scrollIntoView: true });
        return true;
    }

    /// Names that go on as the one that is begun at the cursor.
    completions({ state, pos, explicit }) {
        const { begun } = name_at(state, pos);
        if (begun.length < (explicit ? 1 : 3)) return null;
        return { from: pos - begun.length, options: this.names(this.kind), validFor: /^[\w.:]*$/ };
    }

    hover(view, at) {
        const said = this.meaning(name_at(view.state, at).name, this.kind);
        return said ? { pos: at, above: true, create: () => ({ dom: element("div", { class: "meaning" }, said) }) } : null;
    }

    /// Shows a file; where it is the same, who writes in it stays where they are.
    show(kind, text) {
        if (kind !== this.kind) {
            this.states[this.kind] = this.view.state;
            this.kind = kind;
            this.view.setState(this.states[kind]);
        }
        this.text = text;
        const [now, then] = [this.view.state.doc.toString(), in_field(text)];
        if (now === then) return;
        const { from, to, put } = stretch(now, then);
        this.view.dispatch({ changes: { from, to, insert: put }, annotations: Shown.of(true) });
    }

    /// Waves below these places: line, column, how grave, what is said of it, and what puts it right.
    mark(marks) {
        const text = this.view.state.doc.toString();
        const offset = places(text);
        this.view.dispatch(setDiagnostics(this.view.state, marks.map(({ line, column, severity, message, actions }) => {
            const from = offset(line, column);
            return { from, to: from + (/^(?:[\w"'.]+|\S)/u.exec(text.slice(from))?.[0].length ?? 0), severity, message, actions };
        })));
    }

    /// Puts the cursor at a place, from 1, and shows it.
    go_to(line, column = 1) {
        const at = places(this.view.state.doc.toString())(line, column);
        this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
        this.view.focus();
    }
}
