import { useCallback, useMemo, useState } from "react";
import { type Phone, phoneOf, type Thread } from "../shared/api";
import { type Reading, useReading } from "../shared/useReading";

const FIRST = 100;
const MORE = 400;

export type ThreadReading = Reading<Thread> & { phone: Phone; more: () => void };

export function useThread(oa: string | null, user: string | null): ThreadReading {
  const phone = useMemo(() => phoneOf(oa ?? "", user ?? ""), [oa, user]);
  // How far back somebody has asked, for the customer whom they look at.
  const [asked, setAsked] = useState({ phone, limit: FIRST });
  const limit = asked.phone === phone ? asked.limit : FIRST;
  const read = useMemo(() => (oa && user ? () => phone.thread(limit) : null), [oa, user, phone, limit]);
  const reading = useReading(read);
  const more = useCallback(() => setAsked({ phone, limit: limit + MORE }), [phone, limit]);
  return { ...reading, phone, more };
}
