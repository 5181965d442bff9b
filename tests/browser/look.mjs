// Opens a page in a browser without a window and prints what it finds as JSON: FOLDER with the packages, FILE, folder for pictures.
import { join, resolve } from "node:path";
import { browser, closed, violations } from "./browser.mjs";

const [, file, pictures] = process.argv.slice(2);
const found = { console: [], asked: [], wide: {}, axe: [], print: {} };
try {
    for (const scheme of ["light", "dark"]) {
        const page = await browser.newPage();
        page.on("console", (message) => found.console.push(message.text()));
        page.on("pageerror", (error) => found.console.push(String(error)));
        page.on("request", (request) => { if (!request.url().startsWith("file:")) found.asked.push(request.url()); });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        for (const width of [400, 1280]) {
            await page.setViewport({ width, height: 900 });
            await page.goto("file://" + resolve(file));
            found.wide[`${scheme} ${width}`] = await page.evaluate(() => document.documentElement.scrollWidth);
            if (pictures) await page.screenshot({ path: join(pictures, `${scheme}-${width}.png`), fullPage: true });
        }
        found.text = await page.evaluate(() => document.body.innerText);
        // Where headings sort, the second column of the longest table, downwards and then upwards.
        for (const way of ["sorted_down", "sorted_up"]) {
            found[way] = await page.evaluate(() => {
                const table = [...document.querySelectorAll("table")].sort((one, other) => other.rows.length - one.rows.length)[0];
                table?.querySelectorAll("thead button")[1]?.click();
                return table ? [...table.tBodies[0].rows].map((row) => row.cells[1].textContent) : [];
            });
        }
        await page.close();
        // The page lets no script of others run, so the checker comes in by the side door.
        const checked = await browser.newPage();
        await checked.setBypassCSP(true);
        await checked.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await checked.setViewport({ width: 400, height: 900 });
        await checked.goto("file://" + resolve(file));
        found.axe.push(...await violations(checked, scheme));
        await checked.close();
    }
    const page = await browser.newPage();
    await page.goto("file://" + resolve(file));
    await page.emulateMediaType("print");
    // A4 without its margins of 15 mm, at 96 pixels an inch.
    await page.setViewport({ width: 680, height: 1009 });
    found.print.wide = await page.evaluate(() => document.documentElement.scrollWidth);
    found.print.folded = await page.evaluate(() => [...document.querySelectorAll("details table")].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true })).length);
    const pdf = await page.pdf({ format: "A4", path: pictures ? join(pictures, "a4.pdf") : undefined });
    found.print.bytes = pdf.length;
    if (pictures) await page.screenshot({ path: join(pictures, "a4.png"), fullPage: true });
} finally {
    await closed();
}
console.log(JSON.stringify(found));
