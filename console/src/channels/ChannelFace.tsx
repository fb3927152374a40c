import type { ConversationRow } from "../api/types";
import { Face } from "../shared/ui/Face";
import classes from "./ChannelFace.module.css";

// Short marks on the badge; the full name of the account is in its title.
const MARKS: Record<string, string> = { zalo_oa: "OA", zalo_personal: "Z" };

type Props = { name: string; src: string | null; account: ConversationRow["account"]; size: number };

/** A customer's picture with the badge of the channel they write through. */
export function ChannelFace({ name, src, account, size }: Props) {
  return (
    <span className={classes.root} title={account.name}>
      <Face name={name} src={src} size={size} />
      <span className={classes.badge} data-mark={MARKS[account.channel] ?? "?"} aria-hidden />
    </span>
  );
}
