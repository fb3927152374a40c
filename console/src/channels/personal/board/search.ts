import { GROUPS, type Group } from "../states";

const ORDERS = ["trouble", "name", "recent", "completeness"] as const;
export type Order = (typeof ORDERS)[number];

/** What the address of the board says: which accounts, in which order. */
export type BoardSearch = {
  state?: Group;
  holder?: number;
  search?: string;
  order?: Exclude<Order, "trouble">;
};

/** Keeps what this page knows, and leaves the rest out. */
export function readBoardSearch(given: Record<string, unknown>): BoardSearch {
  const words = typeof given.search === "number" ? `${given.search}` : given.search;
  const state = GROUPS.find((one) => one === given.state);
  const order = ORDERS.find((one) => one === given.order);
  const read: BoardSearch = {};
  if (state) read.state = state;
  if (Number.isSafeInteger(given.holder) && (given.holder as number) > 0)
    read.holder = given.holder as number;
  if (typeof words === "string" && words.trim()) read.search = words;
  if (order && order !== "trouble") read.order = order;
  return read;
}
