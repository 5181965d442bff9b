// A page of the workbench: opened, watched for what goes wrong or is asked of elsewhere, and waited for.

/// What stands in an element.
export const text = (page, id) => page.$eval(`#${id}`, (one) => one.innerText);

/// Notes in `found` what the page says on the console, and what it asks of anybody but this address.
export function watched(page, address, found) {
    page.on("console", (message) => found.console.push(message.text()));
    page.on("pageerror", (error) => found.console.push(String(error)));
    page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) found.asked.push(request.url()); });
}

/// Opens it, and waits until it is drawn.
export async function ready(page, address) {
    await page.goto(address);
    await page.waitForSelector("body[data-ready=true]");
}

/// Waits until an element says these words.
export async function until(page, id, words) {
    try {
        await page.waitForFunction((id, words) => document.getElementById(id)?.innerText.includes(words), {}, id, words);
    } catch {
        throw new Error(`#${id} does not say ${words}: ${await page.evaluate(() => document.body.innerText)}`);
    }
}

/// Does something with the editor of a page: `what` is handed its view, and what is given.
async function in_editor(page, what, ...given) {
    return page.evaluate(`import(location.origin + "/page/codemirror.mjs").then(({ EditorView }) =>
        (${what})(EditorView.findFromDOM(document.getElementById("editor")), ...${JSON.stringify(given)}))`);
}

/// The text that stands in the editor.
export const held = (page) => in_editor(page, (view) => view.state.doc.toString());

/// Goes to a file of the policy.
export const open_file = (page, file) => page.$eval(`input[value=${file}]`, (one) => one.click());

/// Writes something else into the text of a file, as somebody who types it; at its beginning where nothing is to go.
export async function rewrite(page, file, before, after) {
    await open_file(page, file);
    await in_editor(page, (view, before, after) => {
        const from = before ? view.state.doc.toString().indexOf(before) : 0;
        view.dispatch({ changes: { from, to: from + (before ?? "").length, insert: after }, userEvent: "input.type" });
    }, before, after);
}

/// Puts the cursor behind a text of the editor, before what follows it there.
export const cursor = (page, before, after = "") => in_editor(page, (view, before, after) => {
    view.focus();
    view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf(before + after) + before.length }, scrollIntoView: true });
}, before, after);

/// What stands above waves in the editor.
export const waves = (page) => page.$$eval(".cm-lintRange-error", (all) => all.map((one) => one.textContent));
