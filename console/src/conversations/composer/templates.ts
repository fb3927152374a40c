import type { Template } from "../../api/types";

/** Names of the fields that must not stay empty, and are. */
export function missingParams(template: Pick<Template, "params">, data: Record<string, string>): string[] {
  return template.params
    .filter(({ name, required }) => required && !data[name]?.trim())
    .map(({ name }) => name);
}

/** The keyboard that a phone shows for a field of this type. */
export function inputModeOf(type: string): "numeric" | "tel" | "url" | "text" {
  const kind = type.toLowerCase();
  if (/number|currency|quantity/.test(kind)) return "numeric";
  if (/phone/.test(kind)) return "tel";
  return /url/.test(kind) ? "url" : "text";
}
