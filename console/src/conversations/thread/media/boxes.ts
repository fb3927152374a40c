import type { Attachment } from "../../../api/types";

const LONGEST_SIDE = 300;
const SHORTEST_SIDE = 48;
const UNKNOWN = { width: 240, height: 180 };
export const GRID_WIDTH = 320;
export const MOST_TILES = 9;

export type Box = { width: number; height: number };

/** The box of a picture before it has loaded, so that the thread does not move when it comes. */
export function pictureBox(width?: number | null, height?: number | null): Box {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const side = (px: number) => Math.max(SHORTEST_SIDE, Math.round(px * scale));
  return { width: side(width), height: side(height) };
}

/** How many columns a grid of so many pictures has; the first spans the row where one would be left alone. */
export function gridOf(count: number): { columns: number; wideFirst: boolean } {
  if (count <= 4) return { columns: 2, wideFirst: count === 3 };
  return { columns: 3, wideFirst: false };
}

/** What is looked at rather than read: it stands bare, without a bubble. */
export function isPicture(attachment: Attachment): boolean {
  return attachment.type === "image" || attachment.type === "gif";
}
