/** A phone number or an e-mail address as the card shows it. */
export type Line = { key: string; kind: "phone" | "email"; text: string; masked: boolean };

type Shown = { text: string; masked: boolean };
type Told = { phones: readonly Shown[]; emails: readonly Shown[]; details_phone: Shown | null };
type Full = { phones: readonly string[]; emails: readonly string[]; details_phone: string | null };

/** Digits alone, as a number is the same number however it is spaced; what is masked is its own. */
function sameness({ kind, text }: Pick<Line, "kind" | "text">): string {
  return `${kind} ${kind === "phone" ? text.replace(/[^\d•*]/g, "").replace(/^84/, "0") : text.toLowerCase()}`;
}

/** Each once, phones first. Once they were revealed, those in full take the place of the masked ones. */
export function linesOf(told: Told, full: Full | null): Line[] {
  const open = (text: string) => ({ text, masked: false });
  const phones = full
    ? [...full.phones, full.details_phone].filter((one) => one !== null).map(open)
    : [...told.phones, ...(told.details_phone ? [told.details_phone] : [])];
  const emails = full ? full.emails.map(open) : told.emails;
  const all = [
    ...phones.map((one) => ({ ...one, kind: "phone" as const })),
    ...emails.map((one) => ({ ...one, kind: "email" as const })),
  ];
  const found = new Map<string, Line>();
  for (const one of all) {
    const key = sameness(one);
    if (!found.has(key)) found.set(key, { ...one, key });
  }
  return [...found.values()];
}
