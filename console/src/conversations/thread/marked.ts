import type { Mention } from "../../api/types";
import { linkify, type Piece } from "./linkify";

/** A piece of a text that may be somebody's name. */
export type MarkedPiece = Piece & { mention: "me" | "other" | null };

/** Cuts a text into plain pieces, web addresses and the names that it mentions. A mention that does not fit is left out. */
export function marked(text: string, mentions: readonly Mention[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let from = 0;
  const plain = (until: number) => {
    for (const piece of linkify(text.slice(from, until)))
      pieces.push({ ...piece, at: piece.at + from, mention: null });
  };
  for (const { pos, len, me } of [...mentions].sort((a, b) => a.pos - b.pos)) {
    if (pos < from || len <= 0 || pos + len > text.length) continue;
    plain(pos);
    pieces.push({ at: pos, text: text.slice(pos, pos + len), href: null, mention: me ? "me" : "other" });
    from = pos + len;
  }
  plain(text.length);
  return pieces;
}
