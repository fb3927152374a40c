import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(__dirname, "..", "..");
const MANTINE = join(SOURCES, "..", "node_modules", "@mantine", "core", "styles");

/** Components of Mantine that any source uses. */
function used(): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: "utf-8" })) {
    if (!file.endsWith(".tsx")) continue;
    const text = readFileSync(join(SOURCES, file), "utf-8");
    for (const [, list = ""] of text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g))
      for (const name of list.split(",")) names.add(name.trim());
  }
  return [...names];
}

test("every part of Mantine that is used has its style, in the layer below our own", () => {
  const styles = readFileSync(join(dirname(__filename), "styles.ts"), "utf-8");
  const styled = used().filter((name) => existsSync(join(MANTINE, `${name}.layer.css`)));
  expect(styled.length).toBeGreaterThan(15);
  expect(styled.filter((name) => !styles.includes(`/${name}.layer.css"`))).toEqual([]);
  expect(styles).not.toMatch(/@mantine\/core\/styles\/\w+\.css/);
});
