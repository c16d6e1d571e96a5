// Builds the scripts and styles of the pages into hashed files, a manifest that maps the names
// templates use to them, and the licence texts of what was bundled.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "thaw", "web", "static", "dist");
const copied = ["src/icon.svg", "src/blank.svg"];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const common = {
  absWorkingDir: here,
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  bundle: true,
  minify: true,
  target: ["es2022", "chrome120", "firefox121", "safari17"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

const manifest = {};
const inputs = {};
await bundle({ entryPoints: ["src/app.ts", "src/styles/app.css"], format: "esm" });
// The guard is no module: it is read and run before the page is drawn.
await bundle({ entryPoints: ["src/guard/guard.ts"], format: "iife" });
for (const file of copied) {
  const bytes = await readFile(join(here, file));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const name = basename(file).replace(/(\.\w+)$/, `-${hash}$1`);
  await writeFile(join(out, name), bytes);
  manifest[basename(file)] = name;
}
// The worker keeps all of the above, so it is built last and told their names.
const kept = JSON.stringify(Object.values(manifest).sort());
await bundle({ entryPoints: ["src/worker/worker.ts"], format: "iife", define: { KEPT: kept } });
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, sorted(manifest), 2)}\n`);
await writeFile(join(out, "LICENSES.txt"), await licences(inputs));

async function bundle(options) {
  const { metafile } = await build({ ...common, ...options });
  Object.assign(inputs, metafile.inputs);
  for (const [file, output] of Object.entries(metafile.outputs)) {
    const source = output.entryPoint ?? Object.keys(output.inputs)[0];
    manifest[basename(source).replace(/\.ts$/, ".js")] = basename(file);
  }
}

function sorted(table) {
  return Object.keys(table).sort();
}

/** Returns the licence of every package that something was bundled from. */
async function licences(inputs) {
  const packages = new Set();
  for (const input of Object.keys(inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
    if (found) packages.add(found[1]);
  }
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${relative(here, folder)} carries no licence text`);
    texts.push(`${name} ${version} (${license})\n\n${await readFile(join(folder, file), "utf8")}`);
  }
  return texts.join("\n\n----\n\n");
}
