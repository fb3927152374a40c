// Fails when a page would load more script than a mid-range phone on 4G takes in a second.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const PAGES = [
  // The inbox is in the entry; its catalogue comes with it, that of the other pages with these.
  { name: "inbox", folder: "console", limit: 300, keys: ["index.html", "src/locales/vi.po"] },
  { name: "phone", folder: "phone", limit: 120, keys: ["phone.html", "src/phone/locales/vi.po"] },
];

/** Every script file that a chunk needs before it runs. */
function closure(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(manifest, next, seen);
  return seen;
}

for (const { name, folder, limit, keys } of PAGES) {
  const out = new URL(`../../src/sokhach/static/${folder}/`, import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", out), "utf8"));
  let total = 0;
  for (const key of new Set(keys.flatMap((one) => [...closure(manifest, one)]))) {
    const { file } = manifest[key];
    const kb = gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length / 1024;
    total += kb;
    console.log(`${kb.toFixed(1).padStart(8)} kB  ${file}`);
  }
  console.log(`${total.toFixed(1).padStart(8)} kB  script of the ${name}, gzipped (limit ${limit} kB)`);
  if (total > limit) process.exitCode = 1;
}
