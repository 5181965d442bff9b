// What goes otherwise at the workbench than it should, in a browser without a window, and what the page makes of it, as JSON: FOLDER with the
// packages, the ADDRESS of a workbench that may be written to, and of one that asks for a TOKEN. A step that comes to nothing says why in its
// place. The console is not asked, for a request that fails stands there.
import { browser, closed } from "./browser.mjs";
import { cursor, held, open_file, ready, rewrite, text, until, waves } from "./bench_page.mjs";

const [, address, guarded, token] = process.argv.slice(2);
const found = { console: [], asked: [], wide: {}, axe: [], steps: {} };
const steps = found.steps;

/// Does something with a page, opened at an address unless that is part of it.
async function on_page(name, what, at = address) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => found.console.push(`${name}: ${error}`));
    try {
        if (at) await ready(page, at);
        steps[name] = await what(page);
    } catch (error) {
        steps[name] = error.message.slice(0, 500);
    }
    await page.close();
}

const press = (page, ...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
const chord = async (page, ...keys) => {
    for (const key of keys) await page.keyboard.down(key);
    for (const key of keys.reverse()) await page.keyboard.up(key);
};
const put = (page, selector, ...values) => page.$eval(selector, (field, values) => values.forEach((value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
}), values);
const settled = (page) => until(page, "status", "worked out in");
/// Meets the answers of a path: `with` is what is done with the next request for it.
const meeting = async (page, path) => {
    const met = { with: null };
    await page.setRequestInterception(true);
    page.on("request", (request) => {
        const meet = request.url().endsWith(path) && met.with;
        if (!meet) return request.continue();
        met.with = null;
        return meet(request);
    });
    return met;
};
const shown = async (page) => {
    await page.waitForSelector("#difference[open]");
    return (await text(page, "difference-lines")).split("\n").filter((line) => /^[-+]/.test(line));
};
/// Writes what stands in a page, and gives the lines that were shown.
const saved = async (page) => {
    await settled(page);
    await page.click("#save");
    const lines = await shown(page);
    await page.click("#write");
    await until(page, "done", "Written.");
    return lines;
};
/// Another page writes a number meanwhile.
const meanwhile = async (value) => {
    const other = await browser.newPage();
    await ready(other, address);
    await put(other, "#number-uplift_needs", value);
    await saved(other);
    await other.close();
};

try {
    await on_page("only what was shown is written", async (page) => {
        await rewrite(page, "rules", null, "// one\n");
        await settled(page);
        const met = await meeting(page, "/check");
        met.with = (request) => rewrite(page, "rules", null, "// two\n").then(() => request.continue());
        const lines = await saved(page);
        return [lines, await page.$eval("#save", (one) => one.disabled), (await held(page)).split("\n").slice(0, 2)];
    });
    await on_page("somebody else wrote meanwhile", async (page) => {
        await meanwhile(4);
        await rewrite(page, "parameters", "value: 2, unit: absences", "value: 3, unit: absences");
        await settled(page);
        await page.click("#save");
        await page.waitForSelector("#meanwhile:not([hidden])");
        const open = await page.$("#difference[open]");
        await page.click("#take");
        await until(page, "done", "Both are in the edit now.");
        return [open, await saved(page), await page.$eval("#meanwhile", (one) => one.hidden)];
    });
    await on_page("both touch the same line", async (page) => {
        await put(page, "#number-uplift_needs", 7);
        await settled(page);
        await page.click("#save");
        await shown(page);
        await meanwhile(6);
        await page.click("#write");
        await page.waitForSelector("#meanwhile:not([hidden])");
        await page.click("#take");
        await until(page, "done", "Your edit stands");
        return saved(page);
    });
    await on_page("the server does not answer", async (page) => {
        await put(page, "#number-uplift_needs", 3);
        await settled(page);
        const met = await meeting(page, "/check");
        met.with = (request) => request.abort("connectionrefused");
        await rewrite(page, "rules", null, "// more\n");
        await until(page, "status", "does not answer");
        const said = [await text(page, "findings-said"), await text(page, "outcome"), await text(page, "worked")];
        met.with = (request) => request.respond({ status: 503, contentType: "application/json", body: JSON.stringify({ status: 503, detail: "too many ask", help: "ask again" }) });
        await page.click("#save");
        await until(page, "status", "too many ask; ask again");
        return [...said, await page.$("#difference[open]")];
    });
    await on_page("a compare that takes its time", async (page) => {
        const met = await meeting(page, "/compare");
        const busy = () => page.$eval("#outcome", (one) => one.ariaBusy);
        const while_asked = new Promise((done) => { met.with = (request) => busy().then((now) => { done(now); request.continue(); }); });
        await put(page, "#number-uplift_needs", 3);
        const said = [await while_asked];
        await settled(page);
        return [...said, await busy()];
    });
    await on_page("files of a folder below lib are its own", async (page) => {
        await rewrite(page, "rules", "person.in_custody &&", "\"𝒳𝒳\" != \"\" && person.in_custdy && person.imo &&");
        await until(page, "findings", "in_custdy");
        return [await waves(page), await page.$$eval("#findings button", (all) => all.map((one) => one.textContent))];
    });
    await on_page("a number whose place has moved", async (page) => {
        // Before the server has said where the number stands now.
        const met = await meeting(page, "/check");
        met.with = (request) => put(page, "#number-uplift_needs", 3).then(() => request.continue());
        await rewrite(page, "parameters", null, "# a line\n# more\n");
        await page.waitForFunction(() => document.getElementById("number-uplift_needs").value === "3" && document.getElementById("status").innerText.includes("worked out in"));
        while (!(await held(page)).includes("value: 3, unit: needs")) await new Promise((done) => setTimeout(done, 50));
        await settled(page);
        await page.click("#save");
        return shown(page);
    });
    await on_page("slips that no worked case would notice", async (page) => {
        const { place } = await page.evaluate(() => fetch("/v1/workbench").then((answer) => answer.json()));
        const one = { kind: "number", of: "uplift_needs", file: `${place}/parameters.yaml`, line: 3, column: 9, was: "5", is: "6" };
        const found = { mutants: [{ ...one, fate: "killed" }, { ...one, fate: "survived", catcher: { base: "iom", path: "oasys.ogrs3", value: "50" } }], count: { mutants: 2, killed: 1, survived: 1 } };
        const met = await meeting(page, "/mutants");
        const answer = (body) => (request) => request.respond({ contentType: "application/json", body: JSON.stringify(body) });
        met.with = answer(found);
        await page.click("#ask-mutants");
        await until(page, "mutants", "would not");
        const said = await page.$$eval("#mutants p, #mutants li", (all) => all.map((one) => one.textContent));
        await page.click("#mutants button");
        const file = await page.$eval("input[name=file]:checked", (one) => one.value);
        met.with = answer({ unfit: "it has no worked case" });
        await page.click("#ask-mutants");
        await until(page, "mutants", "Nothing can be learnt: it has no worked case.");
        await rewrite(page, "rules", null, "// five\n");
        return [...said, file, await text(page, "mutants")];
    });
    await on_page("keys of another field", async (page) => {
        await rewrite(page, "rules", null, "// four\n");
        const stands = async () => (await held(page)).startsWith("// four\n");
        await page.focus("#find-number");
        await page.keyboard.type("rsr");
        await chord(page, "Control", "z");
        const said = [await stands()];
        await page.focus(".cm-content");
        await chord(page, "Control", "Alt", "z");
        said.push(await stands());
        await chord(page, "Control", "z");
        return [...said, await stands(), await text(page, "done")];
    });
    await on_page("names at the cursor", async (page) => {
        await rewrite(page, "rules", null, "let x = person.oa;\n");
        const offered = () => page.$$eval(".cm-tooltip-autocomplete .cm-completionLabel", (all) => all.map((one) => one.textContent));
        const pause = () => new Promise((done) => setTimeout(done, 300));
        await cursor(page, "= person.", "oa;");
        await chord(page, "Control", "Space");
        await pause();
        const middle = await offered();
        await cursor(page, "= person.oa", ";");
        await page.keyboard.type("s");
        await page.waitForSelector(".cm-tooltip-autocomplete");
        await pause();
        const [first] = await offered();
        await press(page, "Enter");
        const [line] = (await held(page)).split("\n");
        await cursor(page, "person.oasys.rsr");
        await until(page, "name", "Risk of Serious Recidivism");
        await cursor(page, "if ", "person");
        await cursor(page, "fn custody(person) ", "{");
        await page.waitForFunction(() => document.getElementById("name").innerText === "");
        return [middle, first.startsWith("person.oasys."), line === `let x = ${first};`];
    });
    await on_page("the text of a case and its fields", async (page) => {
        const write = (text) => put(page, "#case-text", text);
        const iom = () => page.$eval("#case-iom", (one) => [one.value, one.disabled]);
        await write("null");
        await until(page, "why", "The text is no case");
        const said = [await page.$eval("#case-assessed_on", (one) => one.value), await iom()];
        await write('{"crn": "X1", "assessed_on": "2019-05-20", "iom": true, "oasys": {"ogrs3": 7}}');
        await until(page, "tier", "X1:");
        said.push(await iom(), await page.$eval("#case-oasys-ogrs3", (one) => one.value));
        await write('{"crn": "X1", "registrations": [half');
        await until(page, "why", "not well-formed");
        said.push(await iom());
        await write('{"crn": "X1"}');
        await put(page, "#case-oasys-ogrs3", "140");
        return [...said, await page.$eval("#case-oasys-ogrs3 + .refused", (one) => one.innerText !== ""), await page.$eval("#case-text", (one) => one.value)];
    });
    await on_page("signs in the text of a rule", async (page) => {
        const said = "RSR < 6.9 | see https://www.gov.uk/x_y_z and C:\\share.";
        await rewrite(page, "rules", "fn iom(person)", `/// ${said}\nfn iom(person)`);
        await settled(page);
        await put(page, "#case-text", '{"crn": "X1", "assessed_on": "2019-05-20", "iom": true}');
        await until(page, "tier", "X1:");
        return (await text(page, "why")).includes(said);
    });
    await on_page("numbers that are odd", async (page) => {
        await put(page, "#number-uplift_needs", "");
        const refused = await page.$eval("#number-uplift_needs + .refused", (one) => one.innerText !== "");
        await put(page, "#number-uplift_needs", "-2");
        const back = await page.$("#number-uplift_needs + .refused");
        await put(page, "#number-uplift_needs", "0.03");
        const slider = "input[type=range][data-number=uplift_needs]";
        const small = await page.$eval(slider, (one) => one.value);
        await put(page, "#number-uplift_needs", "40");
        const large = await page.$eval(slider, (one) => one.value);
        await put(page, "#number-uplift_needs", "0.0000001");
        await open_file(page, "parameters");
        const digits = (await held(page)).includes("value: 0.0000001, unit: needs");
        await rewrite(page, "parameters", null, "{\n");
        await until(page, "numbers", "No number can be read in parameters.yaml");
        return [refused, back, small, large, digits];
    });
    await on_page("a drag is one step", async (page) => {
        await put(page, "input[type=range][data-number=uplift_needs]", 6, 7, 8, 9);
        await page.$eval("input[type=range][data-number=uplift_needs]", (one) => one.dispatchEvent(new Event("change", { bubbles: true })));
        await put(page, "input[type=range][data-number=uplift_needs]", 8, 7);
        await page.click("#undo");
        await settled(page);
        const said = [await page.$eval("#number-uplift_needs", (one) => one.value)];
        await page.click("#undo");
        return [...said, await page.$eval("#undo", (one) => one.disabled)];
    });
    await on_page("whoever is at a finding stays there", async (page) => {
        await rewrite(page, "rules", "person.in_custody &&", "person.in_custdy &&");
        await until(page, "findings-said", "1 error");
        await page.focus("#findings button");
        const asked = page.waitForResponse((answer) => answer.url().endsWith("/check"));
        await put(page, "#number-uplift_needs", 3);
        await asked;
        await page.waitForFunction(() => document.getElementById("status").innerText.includes("cannot be run"));
        const at = await page.evaluate(() => document.activeElement.textContent);
        await page.focus(".cm-content");
        await press(page, "Escape", "Tab");
        return [at, await page.evaluate(() => document.activeElement.tagName), await page.$eval(".cm-content", (one) => document.getElementById(one.getAttribute("aria-describedby")).innerText)];
    });
    await on_page("an edit that nobody has written", async (page) => {
        const asked = [];
        page.on("dialog", (dialog) => { asked.push(dialog.type()); dialog.accept(); });
        await page.focus(".cm-content");
        await page.keyboard.type("// lost");
        await page.goto("about:blank");
        return asked;
    });
    await on_page("no workbench", async (page) => {
        const met = await meeting(page, "/v1/workbench");
        const said = { status: 404, detail: "a policy of a commit cannot be edited", help: "serve a folder" };
        met.with = (request) => request.respond({ status: 404, contentType: "application/problem+json", body: JSON.stringify(said) });
        await page.goto(address);
        await until(page, "status", said.detail);
        return [await text(page, "status"), await page.$eval("main", (one) => one.innerText.trim())];
    }, null);
    await on_page("a token", async (page) => {
        await page.goto(guarded);
        await page.waitForSelector("#ask-token[open]");
        await press(page, "Escape");
        await until(page, "no-token", "Nothing is shown without the token.");
        await page.focus("#give-token");
        await press(page, "Enter");
        const said = [];
        for (const wrong of ["пароль", "not the token at all"]) {
            await page.waitForSelector("#ask-token[open]");
            await page.$eval("#token", (one) => { one.value = ""; });
            await page.type("#token", wrong);
            await press(page, "Enter");
            await page.waitForFunction(() => document.getElementById("token-said").innerText !== "" && document.getElementById("ask-token").open);
            said.push(await text(page, "token-said"), await page.evaluate(() => sessionStorage.length));
            await page.$eval("#token-said", (one) => { one.textContent = ""; });
        }
        await page.$eval("#token", (one) => { one.value = ""; });
        await page.type("#token", token);
        await press(page, "Enter");
        await page.waitForSelector("body[data-ready=true]");
        return [...said, await text(page, "policy")];
    }, null);
} finally {
    await closed();
}
console.log(JSON.stringify(found));
