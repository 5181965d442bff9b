// Walks through the workbench in a browser without a window and prints what it finds as JSON: FOLDER with the packages, its ADDRESS, the
// address of a page of ELSEWHERE that tries to call it, folder for pictures.
import { join } from "node:path";
import { browser, closed, violations } from "./browser.mjs";
import { cursor, held, open_file, ready, rewrite, text, until, watched, waves } from "./bench_page.mjs";

const [, address, elsewhere, pictures] = process.argv.slice(2);
const found = { console: [], asked: [], wide: {}, axe: [], steps: {} };
const picture = async (page, name) => { if (pictures) await page.screenshot({ path: join(pictures, `workbench-${name}.png`), fullPage: true }); };

/// Goes on with the tab key until the element of an identifier is in hand.
async function tab_to(page, id) {
    for (let at = 0; at < 400; at += 1) {
        if (await page.evaluate((id) => document.activeElement?.id === id, id)) return;
        await page.keyboard.press("Tab");
    }
    throw new Error(`${id} is not reached by the keyboard`);
}

async function checked(page, name) {
    found.axe.push(...await violations(page, name));
}

try {
    const page = await browser.newPage();
    watched(page, address, found);
    await page.setViewport({ width: 1600, height: 1000 });
    await ready(page, address);
    const steps = found.steps;
    steps.nothing_moves = await text(page, "moved");
    await picture(page, "open");
    // A threshold, by the keyboard alone.
    await tab_to(page, "number-uplift_needs");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.getElementById("moved")?.innerText.startsWith("0 ") === false);
    steps.moved = await text(page, "moved");
    await open_file(page, "parameters");
    steps.text_has_it = await held(page);
    // A cell of the matrix, a case of it, and why.
    await page.focus(".matrix button");
    await page.keyboard.press("Enter");
    await page.focus("#cell button");
    steps.listed = await text(page, "cell");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#tier");
    steps.why = await text(page, "why");
    steps.focus = await page.evaluate(() => document.activeElement.id);
    await picture(page, "moved");
    // Undone and done again by the keyboard.
    await page.keyboard.down("Control"); await page.keyboard.press("z"); await page.keyboard.up("Control");
    await until(page, "moved", "0 of");
    await page.keyboard.down("Control"); await page.keyboard.press("y"); await page.keyboard.up("Control");
    await until(page, "moved", steps.moved);
    // A slip of the pen, put right by its remedy.
    await rewrite(page, "rules", "person.in_custody &&", "person.in_custdy &&");
    await until(page, "findings", "in_custdy");
    steps.slip = await text(page, "findings");
    steps.waves = await waves(page);
    // The remedy at the place itself.
    await page.hover(".cm-lintRange-error");
    await page.waitForSelector(".cm-diagnosticAction");
    steps.at_wave = await page.$eval(".cm-tooltip", (one) => one.innerText);
    await picture(page, "wave");
    steps.no_outcome = await text(page, "outcome");
    await picture(page, "slip");
    // What the name at the cursor means.
    for (const [step, name] of [["input", "person.oasys.rsr"], ["number", "param::rsr_high"], ["word", "at_least"]]) {
        await cursor(page, name);
        await until(page, "name", name.split("::").at(-1));
        steps[`name_${step}`] = await text(page, "name");
    }
    // A name that is begun is completed by the keyboard, and that is undone again.
    await cursor(page, "person.oasys.rsr", " ");
    await page.keyboard.press("Backspace");
    await page.keyboard.down("Control"); await page.keyboard.press("Space"); await page.keyboard.up("Control");
    await page.waitForSelector(".cm-tooltip-autocomplete li[aria-selected]");
    steps.offered = await page.$eval(".cm-tooltip-autocomplete", (one) => one.innerText);
    await picture(page, "names");
    // A list that has only just opened takes no key yet.
    await new Promise((done) => setTimeout(done, 200));
    await page.keyboard.press("Enter");
    steps.completed = (await held(page)).includes("person.oasys.rsr >= param::rsr_high");
    // What lies below the mouse.
    await page.keyboard.press("Escape");
    const name = await page.evaluateHandle(() => [...document.querySelectorAll(".cm-line span")].find((one) => one.textContent === "param::rsr_high"));
    await name.hover();
    await page.waitForSelector(".cm-tooltip .meaning");
    steps.hovered = await page.$eval(".cm-tooltip .meaning", (one) => one.innerText);
    await until(page, "findings", "in_custdy");
    await page.focus(".suggestion");
    await page.keyboard.press("Enter");
    await until(page, "findings-said", "Nothing is wrong");
    await until(page, "moved", steps.moved);
    // A case filled in.
    await page.select("#case-iom", "true");
    await until(page, "tier", "X1:");
    steps.case_iom = await text(page, "tier");
    await page.select("#case-oasys-rosh", "very_high");
    await until(page, "tier", "X1: Red");
    steps.case_very_high = await text(page, "tier");
    // Saved after the difference alone.
    await page.keyboard.down("Control"); await page.keyboard.press("s"); await page.keyboard.up("Control");
    await page.waitForSelector("dialog[open]");
    steps.difference = await text(page, "difference-lines");
    await picture(page, "difference");
    await page.focus("#leave");
    await page.keyboard.press("Enter");
    steps.not_yet = await page.$eval("#save", (one) => !one.disabled);
    await page.focus("#save");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await page.focus("#write");
    await page.keyboard.press("Enter");
    await until(page, "moved", "0 of");
    steps.saved = await page.$eval("#save", (one) => one.disabled);
    // Undone step by step: what was written before is an edit again.
    await page.evaluate(() => { while (!document.getElementById("undo").disabled) document.getElementById("undo").click(); });
    await page.waitForFunction(() => document.getElementById("moved")?.innerText.startsWith("0 ") === false);
    steps.undone = await text(page, "moved");
    await page.close();
    for (const scheme of ["light", "dark"]) {
        const page = await browser.newPage();
        watched(page, address, found);
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        for (const width of [360, 1600]) {
            await page.setViewport({ width, height: 900 });
            await ready(page, address);
            found.wide[`${scheme} ${width}`] = await page.evaluate(() => document.documentElement.scrollWidth);
            await picture(page, `${scheme}-${width}`);
        }
        await page.close();
        // The page lets no script of others run, so the checker comes in by the side door.
        const side = await browser.newPage();
        await side.setBypassCSP(true);
        await side.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await side.setViewport({ width: 1600, height: 900 });
        await ready(side, address);
        await side.$eval("#number-uplift_needs", (one) => { one.value = 3; one.dispatchEvent(new Event("input")); });
        await side.waitForSelector(".matrix button");
        // What is refused, and somebody who wrote meanwhile, as they would stand there.
        await side.$eval("#case-oasys-ogrs3", (one) => { one.value = 140; one.dispatchEvent(new Event("input")); });
        await side.$eval("#meanwhile", (one) => { one.hidden = false; });
        await checked(side, scheme);
        await side.close();
    }
    // A page of elsewhere, in the same browser: it reads nothing, and what it sends does nothing.
    const other = await browser.newPage();
    await other.goto(elsewhere);
    found.elsewhere = await other.evaluate(async (address) => {
        const tried = async (path, options) => {
            try {
                const answer = await fetch(address + path, options);
                return `${answer.type} ${answer.status} ${(await answer.text()).length}`;
            } catch (error) {
                return error.name;
            }
        };
        return {
            read: await tried("v1/workbench"),
            blind: await tried("v1/workbench", { mode: "no-cors" }),
            write: await tried("v1/workbench/save", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }),
            form: await tried("v1/workbench/save", { method: "POST", mode: "no-cors", headers: { "Content-Type": "text/plain" }, body: "{}" }),
        };
    }, address);
} finally {
    await closed();
}
console.log(JSON.stringify(found));
