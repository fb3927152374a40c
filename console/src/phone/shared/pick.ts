import { folded } from "../../shared/folded";
import type { Customer } from "./api";

export type Wanted = { words: string; trade: string | null };

/** Whose last words nobody has answered. */
export function waits(customer: Customer): boolean {
  return customer.last?.src === 1;
}

/** Those who fit, in the order given. */
export function picked(customers: readonly Customer[], { words, trade }: Wanted): Customer[] {
  const sought = folded(words);
  return customers.filter(
    (one) =>
      (!trade || one.life?.trade === trade) &&
      (!sought || folded(`${one.name} ${one.life?.city ?? ""} ${one.last?.text ?? ""}`).includes(sought)),
  );
}

/** The trades that occur, in a steady order. */
export function tradesOf(customers: readonly Customer[]): string[] {
  return [...new Set(customers.flatMap((one) => one.life?.trade ?? []))].sort();
}
