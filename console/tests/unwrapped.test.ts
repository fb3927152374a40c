import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const SHOWN = ["alt", "aria-label", "description", "label", "placeholder", "title"];
const LETTER = /\p{L}/u;

function insideOf(node: ts.Node, tags: string[]): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isJsxElement(up) && tags.includes(up.openingElement.tagName.getText())) return true;
  }
  return false;
}

/** Texts in JSX that no catalogue knows: the branches that no test renders are read here. */
function unwrapped(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && LETTER.test(node.text) && !insideOf(node, ["Trans", "Kbd"])) {
      found.push(`${name}: ${node.text.trim()}`);
    }
    if (ts.isJsxAttribute(node) && SHOWN.includes(node.name.getText())) {
      const given = node.initializer;
      const value = given && ts.isJsxExpression(given) ? given.expression : given;
      if (value && ts.isStringLiteral(value) && LETTER.test(value.text)) found.push(`${name}: ${value.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("sources", () => {
  it("have no text outside the catalogues", () => {
    const root = join(import.meta.dirname, "../src");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".tsx"));
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => unwrapped(file, readFileSync(join(root, file), "utf8")))).toEqual([]);
  }, 30_000);

  it("are really read", () => {
    const source = "<div title='Xem' alt={'Ảnh'}><Trans>Tốt</Trans><p>Chào <Kbd>r</Kbd></p>{x}</div>";
    expect(unwrapped("a.tsx", source)).toEqual(["a.tsx: Xem", "a.tsx: Ảnh", "a.tsx: Chào"]);
  });
});
