// What the workbench takes of CodeMirror; `src/serve/page/editor.mjs` makes an editor of it. A name that is not here is not in the bundle.

export { autocompletion, completionKeymap } from "@codemirror/autocomplete";
export { defaultKeymap, indentMore } from "@codemirror/commands";
export { HighlightStyle, StreamLanguage, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { lintKeymap, setDiagnostics } from "@codemirror/lint";
export { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
export { Annotation, EditorState, Prec } from "@codemirror/state";
export { EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
export { tags } from "@lezer/highlight";
