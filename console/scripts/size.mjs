// Fails when the inbox would load more script than a mid-range phone on 4G takes in a second.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 300;
const out = new URL("../../src/sokhach/static/console/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", out), "utf8"));

/** Every script file that a chunk needs before it runs. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const zipped = (file) => gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length / 1024;
// The inbox is in the entry; one catalogue comes with it.
const keys = new Set([...closure("index.html"), ...closure("src/locales/vi.po")]);
let total = 0;
for (const key of keys) {
  const kb = zipped(manifest[key].file);
  total += kb;
  console.log(`${kb.toFixed(1).padStart(8)} kB  ${manifest[key].file}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB  script of the inbox, gzipped (limit ${LIMIT_KB} kB)`);
if (total > LIMIT_KB) process.exit(1);
