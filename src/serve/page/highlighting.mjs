// What a letter of a policy's files belongs to: comments, texts, numbers and words of the language.

import { HighlightStyle, StreamLanguage, syntaxHighlighting, tags } from "./codemirror.mjs";

const KEYWORDS = new Set("fn private const let if else switch for in while loop do until return throw try catch import export as is this break continue".split(" "));
const ATOMS = new Set(["true", "false", "null"]);

/// Reads on to an end that lies on this line or on a later one.
function until(stream, state, end, kind) {
    while (!stream.eol()) {
        if (stream.match(end)) {
            state.inside = null;
            break;
        }
        if (stream.next() === "\\") stream.next();
    }
    return kind;
}

function rhai(stream, state) {
    if (state.inside === "`") return until(stream, state, "`", "string");
    if (state.inside) return block_comment(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/[/!]?.*/)) return /^\/\/[/!](?!\/)/.test(stream.current()) ? "docComment" : "comment";
    if (stream.match("/*")) {
        state.inside = 1;
        return block_comment(stream, state);
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)+'/)) return "string";
    if (stream.eat("`")) {
        state.inside = "`";
        return until(stream, state, "`", "string");
    }
    if (stream.match(/^param::\w*/)) return "namespace";
    if (stream.match(/^\d[\d_]*(?:\.\d+)?/)) return "number";
    const word = stream.match(/^[A-Za-z_]\w*/)?.[0];
    if (!word) stream.next();
    return KEYWORDS.has(word) ? "keyword" : ATOMS.has(word) ? "atom" : null;
}

/// A comment may stand in a comment; `inside` counts them.
function block_comment(stream, state) {
    while (!stream.eol() && state.inside) {
        if (stream.match("/*")) state.inside += 1;
        else if (stream.match("*/")) state.inside = state.inside === 1 ? null : state.inside - 1;
        else stream.next();
    }
    return "comment";
}

function yaml(stream) {
    if (stream.eatSpace()) return null;
    const is_first = !/\S/.test(stream.string.slice(0, stream.pos));
    if ((is_first || /\s/.test(stream.string[stream.pos - 1])) && stream.match(/^#.*/)) return "comment";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^']|'')*'?/)) return "string";
    if (is_first && stream.match(/^[\w-]+(?=:)/) || stream.match(/^(?:value|unit|source|description|values)(?=:)/)) return "propertyName";
    if (stream.match(/^(?:true|false|null)\b/)) return "atom";
    if (stream.match(/^\d[\d.-]*(?!\w)/)) return "number";
    if (!stream.match(/^[\w-]+/)) stream.next();
    return null;
}

const start = { startState: () => ({ inside: null }), copyState: (state) => ({ ...state }) };
const comments = (line) => ({ languageData: { commentTokens: { line } } });

/// The languages of a policy's files.
export const LANGUAGES = {
    rules: StreamLanguage.define({ name: "rhai", token: rhai, ...start, ...comments("//") }),
    parameters: StreamLanguage.define({ name: "yaml", token: yaml, ...start, ...comments("#") }),
};

/// Their colours, which are those of the page.
export const highlighting = syntaxHighlighting(HighlightStyle.define([
    { tag: [tags.keyword, tags.atom, tags.propertyName], color: "var(--word)" },
    { tag: tags.string, color: "var(--text)" },
    { tag: [tags.number, tags.namespace], color: "var(--number)" },
    { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
]));
