/** Only http and https become links: an address of a customer may hold anything. */
export function safeAddress(address: string | null): { href: string; host: string } | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    return { href: url.href, host: url.host.replace(/^www\./, "") };
  } catch {
    return null;
  }
}

/** `tel:` of a number as people write it; null when it holds no number. */
export function phoneAddress(phone: string | null): string | null {
  const digits = phone?.replace(/[^\d+]/g, "") ?? "";
  return digits.replace("+", "").length >= 3 ? `tel:${digits}` : null;
}
