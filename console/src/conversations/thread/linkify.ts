export type Piece = { at: number; text: string; href: string | null };

const LINK = /https?:\/\/[^\s<>"']+/gi;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}…]+$/;

/** Cuts a text into plain pieces and web addresses. Only http and https become links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const href = match[0].replace(TRAILING, "");
    if (match.index > from) pieces.push({ at: from, text: text.slice(from, match.index), href: null });
    pieces.push({ at: match.index, text: href, href });
    from = match.index + href.length;
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from), href: null });
  return pieces;
}
