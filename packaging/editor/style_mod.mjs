// Stands for `style-mod`, which would put an element of style into the document: the page's policy of content takes none. The same rules go
// into a style sheet that the document adopts, as upstream does it below a shadow root alone.

import { StyleModule as Upstream } from "./node_modules/style-mod/src/style-mod.js";

const roots = new Map();

/// The document as a root that has style sheets and no head.
function headless(document) {
    if (!roots.has(document)) {
        roots.set(document, {
            ownerDocument: document,
            get adoptedStyleSheets() { return document.adoptedStyleSheets; },
            set adoptedStyleSheets(sheets) { document.adoptedStyleSheets = sheets; },
        });
    }
    return roots.get(document);
}

export class StyleModule extends Upstream {
    static mount(root, modules) {
        super.mount(root.head ? headless(root) : root, modules);
    }
}
