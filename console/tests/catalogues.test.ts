import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatter } from "@lingui/format-po";
import { describe, expect, it } from "vitest";

type Entry = { translation?: string; obsolete?: boolean };

// The console's and the customer's phone's.
const FOLDERS = ["src/locales", "src/phone/locales"];

async function catalogue(folder: string, locale: string): Promise<Record<string, Entry>> {
  const filename = join(import.meta.dirname, `../${folder}/${locale}.po`);
  const context = { locale, sourceLocale: "vi", filename };
  return (await formatter().parse(readFileSync(filename, "utf8"), context)) as Record<string, Entry>;
}

/** Names of what a message is given, and the tags around its parts. */
function slots(text: string): string[] {
  return [...text.matchAll(/\{\w+(?=[,}])|<\/?\d+/g)].map((match) => match[0]).sort();
}

describe.each(FOLDERS)("catalogues of %s", (folder) => {
  it("English says all that Vietnamese says", async () => {
    const [vi, en] = [await catalogue(folder, "vi"), await catalogue(folder, "en")];
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    const missing = Object.keys(en).filter((id) => !en[id]?.translation?.trim() || en[id]?.obsolete);
    expect(missing).toEqual([]);
  });

  it("a translation keeps the values and tags of its source", async () => {
    const [vi, en] = [await catalogue(folder, "vi"), await catalogue(folder, "en")];
    for (const id of Object.keys(vi)) {
      const [source, target] = [vi[id]?.translation ?? "", en[id]?.translation ?? ""];
      expect(new Set(slots(target)), id).toEqual(new Set(slots(source)));
    }
  });
});
