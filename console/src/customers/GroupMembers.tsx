import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { participantsQuery } from "../conversations/composer/members";
import { useMe } from "../people/session";
import { formatNumber } from "../shared/time/calendar";
import { Face } from "../shared/ui/Face";
import classes from "./GroupMembers.module.css";

const SHOWN = 6;
const UID = /^\d{8,}$/;

/** Who is in a group, whether they wrote or not. */
export function GroupMembers({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  const me = useMe();
  const [all, setAll] = useState(false);
  const { data } = useQuery({
    ...participantsQuery(conversationId),
    enabled: me.permissions.includes("conversation:reply"),
  });
  if (!data || data.items.length === 0) return null;
  const count = formatNumber(data.items.length);
  const shown = all ? data.items : data.items.slice(0, SHOWN);
  return (
    <section className={classes.root} aria-label={t`Thành viên`}>
      <h3 className={classes.title}>{t`Thành viên (${count})`}</h3>
      <ul className={classes.list}>
        {shown.map((one) => {
          // Zalo has not said yet how they are called.
          const name = UID.test(one.name) ? t`Chưa rõ tên` : one.name;
          return (
            <li key={one.identity_id} className={classes.person}>
              <Face name={name} src={one.avatar_url} size={28} />
              <span className={classes.name}>{name}</span>
            </li>
          );
        })}
      </ul>
      {data.items.length > SHOWN && (
        <UnstyledButton className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t`Thu gọn` : t`Xem cả ${count} người`}
        </UnstyledButton>
      )}
    </section>
  );
}
