// How the editor looks: in the colours of the page, which follow light and dark by themselves.

import { EditorView } from "./codemirror.mjs";

const MARKED = "color-mix(in srgb, var(--accent) 25%, transparent)";
const wave = (colour) => ({ backgroundImage: "none", textDecoration: `underline wavy ${colour}`, textUnderlineOffset: "3px" });
const point = (colour) => ({ borderBottomColor: colour });

export const look = EditorView.theme({
    "&": { height: "max(16rem, min(32rem, 50vh))", color: "var(--ink)", background: "var(--field)", border: "1px solid var(--line)", borderRadius: ".25rem", fontSize: "14px" },
    "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "-3px" },
    ".cm-scroller": { fontFamily: "ui-monospace, monospace", lineHeight: "1.5", overflowWrap: "normal" },
    ".cm-content": { caretColor: "var(--ink)", outline: "none" },
    ".cm-gutters": { color: "var(--soft)", background: "var(--field)", borderRight: "1px solid var(--line)" },
    ".cm-activeLine": { background: "color-mix(in srgb, var(--accent) 7%, transparent)" },
    ".cm-selectionMatch, .cm-searchMatch, &.cm-focused .cm-matchingBracket": { background: MARKED },
    ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
    "&.cm-focused .cm-nonmatchingBracket": { background: "none" },
    ".cm-lintRange-error": wave("var(--error)"),
    ".cm-lintRange-warning, .cm-lintRange-info, .cm-lintRange-hint": wave("var(--warning)"),
    ".cm-lintRange-active": { background: "none" },
    ".cm-lintPoint-error::after": point("var(--error)"),
    ".cm-lintPoint-warning::after, .cm-lintPoint-info::after": point("var(--warning)"),
    ".cm-tooltip": { color: "var(--ink)", background: "var(--page)", border: "1px solid var(--line)", maxWidth: "min(36rem, 90vw)" },
    ".meaning, .cm-completionInfo": { padding: ".2rem .5rem", font: "14px/1.4 system-ui, sans-serif" },
    // It would lie over the names.
    "@media (max-width: 40rem)": { ".cm-completionInfo": { display: "none" } },
    ".cm-diagnostic": { whiteSpace: "pre-wrap", font: "14px/1.4 system-ui, sans-serif" },
    ".cm-diagnosticAction, .cm-button": { color: "var(--ink)", background: "var(--field)", border: "1px solid var(--line)" },
    ".cm-textfield": { color: "var(--ink)", background: "var(--field)", border: "1px solid var(--line)" },
    ".cm-panels": { color: "var(--ink)", background: "var(--page)", borderColor: "var(--line)" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--page)", background: "var(--accent)" },
});
