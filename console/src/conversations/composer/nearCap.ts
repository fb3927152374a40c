import type { Reply } from "../../api/types";

const NEAR = 0.8;

export type ReplyCap = NonNullable<Reply["caps"]>[number];

/** The cap of the account that is nearest to its end, once that is near; what waits already says so by itself. */
export function nearCap({ allowed, blocked, waits, caps }: Reply): ReplyCap | null {
  if (!allowed || blocked || waits) return null;
  const share = ({ used, limit }: ReplyCap) => (limit > 0 ? used / limit : 1);
  const [first] = [...(caps ?? [])].sort((a, b) => share(b) - share(a));
  return first && share(first) >= NEAR ? first : null;
}
