// Makes one module of what the workbench takes of CodeMirror: `npm ci --ignore-scripts && node build.mjs`. A path given is written to in its place.
// Its first line has the digest of what it is made of, which `cargo test` compares; behind it stand the licences of the packages in it.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const into = process.argv[2] ?? join(here, "../../src/serve/page/codemirror.mjs");
const SOURCES = ["build.mjs", "codemirror.mjs", "package-lock.json", "package.json", "style_mod.mjs"];

const digest = createHash("sha256");
for (const source of SOURCES) digest.update(readFileSync(join(here, source)));

const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: ["codemirror.mjs"],
    alias: { "style-mod": "./style_mod.mjs" },
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", metafile: true, write: false,
});

/// Packages by the text of their licence.
const licences = new Map();
const taken = Object.values(metafile.outputs)[0].inputs;
const packages = Object.keys(taken).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean);
for (const name of [...new Set(packages)].sort()) {
    const folder = join(here, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = readFileSync(join(folder, "LICENSE"), "utf8").trim();
    licences.set(text, [...licences.get(text) ?? [], `${name} ${version}`]);
}
const notices = [...licences].map(([text, names]) => `/*\n${names.join(", ")}\n\n${text}\n*/\n`);
writeFileSync(into, `// Made by packaging/editor/build.mjs of ${digest.digest("hex")}\n${notices.join("")}${outputFiles[0].text}`);
