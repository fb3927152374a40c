import { useEffect, useState } from "react";
import type { Customer, Phone } from "../shared/api";

const RENEWAL_MS = 30_000;

/** Whether the visitor writes in the place of somebody who lives by themselves. Held for as long as this page is open
 * and says so again and again. */
export function useTakeover(phone: Phone, customer: Customer | null) {
  const [mine, setMine] = useState(false);
  const lives = customer?.life?.running ?? false;
  useEffect(() => {
    if (!mine) return;
    const renew = () => void phone.takeOver(true).catch(() => undefined);
    renew();
    const timer = setInterval(renew, RENEWAL_MS);
    return () => {
      clearInterval(timer);
      void phone.takeOver(false).catch(() => undefined);
    };
  }, [mine, phone]);
  return {
    /** Nobody needs to hold somebody who does not live. */
    lives,
    mine,
    take: () => lives && setMine(true),
    release: () => setMine(false),
  };
}
