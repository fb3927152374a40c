import { useCallback, useMemo, useState } from "react";
import { type Reading, useReading } from "../shared/useReading";
import { type Talk, type TalkPhone, talkOf } from "./api";

const FIRST = 100;
const MORE = 400;

export type TalkReading = Reading<Talk> & { phone: TalkPhone; more: () => void };

export function useTalkReading(me: string, thread: string | null, group: boolean): TalkReading {
  const phone = useMemo(() => talkOf(me, thread ?? "", group), [me, thread, group]);
  // How far back somebody has asked, in the thread that they look at.
  const [asked, setAsked] = useState({ phone, limit: FIRST });
  const limit = asked.phone === phone ? asked.limit : FIRST;
  const read = useMemo(() => (me && thread ? () => phone.read(limit) : null), [me, thread, phone, limit]);
  const reading = useReading(read);
  const more = useCallback(() => setAsked({ phone, limit: limit + MORE }), [phone, limit]);
  return { ...reading, phone, more };
}
