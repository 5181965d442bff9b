// A browser without a window, of the packages in a FOLDER, and what it needs: axe-core as text.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const packages = process.argv[2];
const require = createRequire(join(resolve(packages), "package.json"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const profile = mkdtempSync(join(tmpdir(), "brag-browser-"));
export const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    headless: true,
    userDataDir: profile,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
});

/// Closes it, and leaves nothing behind.
export async function closed() {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
}

/// What axe-core finds on a page, everything on it unfolded.
export async function violations(page, name) {
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run());
    return result.violations.map((one) => `${name}: ${one.id}: ${one.nodes[0].html}`);
}
