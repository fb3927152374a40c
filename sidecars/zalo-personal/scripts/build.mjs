// Bundles the sidecar into one file inside the Python package, with the licences of what is in it.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(here, "../../src/sokhach/channels/zalo_personal/sidecar");

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const bundle = await rolldown({
  input: join(here, "src/main.ts"),
  platform: "node",
  // What `ws` takes when somebody has installed it, and does without otherwise.
  external: ["bufferutil", "utf-8-validate"],
});
const { output } = await bundle.write({
  file: join(target, "main.mjs"),
  format: "esm",
  // A debug mode of somebody else's code would print addresses of proxies, with their passwords.
  banner: "delete process.env.DEBUG; delete process.env.NODE_DEBUG;",
  codeSplitting: false,
  minify: "dce-only",
});
await bundle.close();

const packages = new Set();
for (const module of output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []))) {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module);
  if (found) packages.add(found[1]);
}
const notices = [];
for (const folder of [...packages].sort()) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  notices.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
}
await writeFile(join(target, "LICENSES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
