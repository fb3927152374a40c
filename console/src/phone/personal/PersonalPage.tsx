import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo } from "react";
import { ScreenHead } from "../home/ScreenHead";
import { go, type Place } from "../shared/address";
import type { Account } from "../shared/api";
import { LineNotice } from "../shared/LineNotice";
import { useLive } from "../shared/live";
import { type Reading, useReading } from "../shared/useReading";
import { Stage } from "../stage/Stage";
import { people, personalStreamUrl, zaloOf } from "./api";
import { PeopleList } from "./PeopleList";
import classes from "./Personal.module.css";
import { TalkScreen } from "./TalkScreen";
import { useTalkReading } from "./useTalkReading";
import { ZaloHome } from "./ZaloHome";

type Props = { place: Place; bare: boolean; accounts: Reading<Account[]> };

/** The phone of somebody with a personal account: a staff's own, or that of somebody who writes to one. */
export function PersonalPage({ place, bare, accounts }: Props) {
  const { t } = useLingui();
  const me = place.me ?? "";
  const thread = place.thread ?? null;
  const group = place.group ?? false;
  const everybody = useReading(people.list);
  const zalo = useMemo(() => zaloOf(me), [me]);
  const state = useReading(useMemo(() => (me ? zalo.state : null), [me, zalo]));
  const talk = useTalkReading(me, thread, group);
  const list = useCallback(() => {
    everybody.again();
    state.again();
    talk.again();
    if (!accounts.data) accounts.again();
  }, [everybody.again, state.again, talk.again, accounts.again, accounts.data]);
  const line = useLive(personalStreamUrl(me, thread, group), talk.again, list);

  const chosen = <PeopleList people={everybody.data} me={me} />;
  const home = () => go({ oa: null, user: null });
  const screen =
    me && thread ? (
      <TalkScreen key={`${me} ${thread}`} me={me} reading={talk} />
    ) : me ? (
      <ZaloHome key={me} zalo={zalo} reading={state} people={everybody.data} />
    ) : bare ? (
      <>
        <ScreenHead title={t`Zalo cá nhân`} back={home} />
        {chosen}
      </>
    ) : (
      <>
        <ScreenHead title={t`Zalo`} />
        <p className={classes.welcome}>{t`Chọn ở bên phải người mà bạn cầm điện thoại.`}</p>
      </>
    );
  const phone = (
    <>
      <LineNotice state={line} />
      {screen}
    </>
  );
  if (bare) return <main aria-label={t`Điện thoại Zalo cá nhân`}>{phone}</main>;
  return (
    <Stage accounts={accounts.data} oa={null} personal people={chosen}>
      {phone}
    </Stage>
  );
}
