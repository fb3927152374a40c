import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { formatter } from "@lingui/format-po";
import { describe, expect, it } from "vitest";
import { PAGES } from "../lingui.config";

type Entry = { translation?: string; obsolete?: boolean };

// The inbox's, that of the pages beside it, and the customer's phone's.
const FOLDERS = ["src/locales", "src/locales/pages", "src/phone/locales"];
/** Shared pieces that only those pages happen to use so far. */
const SHARED = ["src/shared/ui/MoreButton.tsx"];
const ROOT = join(import.meta.dirname, "..");

async function catalogue(folder: string, locale: string): Promise<Record<string, Entry>> {
  const filename = join(ROOT, folder, `${locale}.po`);
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

/** Files that a file imports at once or later, save what the router reads by `page(…)`. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8").replace(/\bpage\(\s*\(\) => import\("[^"]+"\)/g, "");
  const found = source.matchAll(/^(?:import|export)(?! type)[^;]*?"(\.[^"]+)"|import\("(\.[^"]+)"\)/gm);
  return [...found].flatMap(([, now, later]) => {
    const path = resolve(file, "..", now ?? later ?? "");
    return [`${path}.tsx`, `${path}.ts`].filter((name) => existsSync(name));
  });
}

/** What may run while only the first catalogue is there. */
function first(): Set<string> {
  const seen = new Set([join(ROOT, "src/main.tsx")]);
  for (const file of seen) for (const next of importsOf(file)) seen.add(next);
  return seen;
}

describe("the catalogue of the pages beside the inbox", () => {
  const ofPages = (file: string) => PAGES.some((path) => file === path || file.startsWith(`${path}/`));

  it("has no text that is needed before it is there", () => {
    const files = [...first()].map((file) => relative(ROOT, file));
    expect(files).toContain("src/conversations/composer/Composer.tsx");
    expect(files).not.toContain("src/demo/DemoPage.tsx");
    const early = files.filter(
      (file) => ofPages(file) && readFileSync(join(ROOT, file), "utf8").includes("/macro"),
    );
    expect(early).toEqual([]);
  });

  it("is named by paths that are there, and has all that only those pages need", () => {
    expect(PAGES.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const early = first();
    const late = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .map((name) => join(ROOT, "src", name))
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !file.includes("/phone/") && !early.has(file))
      .filter((file) => readFileSync(file, "utf8").includes("/macro"))
      .map((file) => relative(ROOT, file));
    expect(late.filter((file) => !ofPages(file) && !SHARED.includes(file))).toEqual([]);
  });
});
