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
