import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo } from "react";
import { Chat } from "./chat/Chat";
import { useThread } from "./chat/useThread";
import { Accounts } from "./home/Accounts";
import { CustomerList } from "./home/CustomerList";
import { Customers } from "./home/Customers";
import { Welcome } from "./home/Welcome";
import { PersonalPage } from "./personal/PersonalPage";
import { type Place, usePlace } from "./shared/address";
import { type Account, api, streamUrl } from "./shared/api";
import { LineNotice } from "./shared/LineNotice";
import { useLive } from "./shared/live";
import { ToastHost } from "./shared/toast";
import { useMedia } from "./shared/useMedia";
import { type Reading, useReading } from "./shared/useReading";
import { Stage } from "./stage/Stage";

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <ToastHost>
        <Page />
      </ToastHost>
    </I18nProvider>
  );
}

/** Below this width the page itself is the phone; above it there is a frame around it. */
const PHONE = "(max-width: 820px)";

function Page() {
  const place = usePlace();
  const bare = useMedia(PHONE);
  const accounts = useReading(api.accounts);
  if (place.me !== undefined) return <PersonalPage place={place} bare={bare} accounts={accounts} />;
  return <CustomerPage place={place} bare={bare} accounts={accounts} />;
}

type Props = { place: Place; bare: boolean; accounts: Reading<Account[]> };

function CustomerPage({ place, bare, accounts }: Props) {
  const { t } = useLingui();
  // On a desktop the list stands beside the phone, and shows somebody's account before one is chosen.
  const oa = place.oa ?? (bare ? null : (accounts.data?.[0]?.oa_id ?? null));
  const listed = useReading(useMemo(() => (oa ? () => api.customers(oa) : null), [oa]));
  const thread = useThread(place.oa, place.user);
  const list = useCallback(() => {
    listed.again();
    if (!accounts.data) accounts.again();
  }, [listed.again, accounts.again, accounts.data]);
  const line = useLive(streamUrl(place.oa, place.user), thread.again, list);

  const screen =
    place.oa && place.user ? (
      <Chat key={`${place.oa} ${place.user}`} oa={place.oa} user={place.user} thread={thread} />
    ) : !bare ? (
      <Welcome account={accounts.data?.find((one) => one.oa_id === oa) ?? null} />
    ) : place.oa ? (
      <Customers
        account={accounts.data?.find((one) => one.oa_id === place.oa) ?? null}
        oa={place.oa}
        customers={listed.data}
      />
    ) : (
      <Accounts accounts={accounts.data} />
    );
  const phone = (
    <>
      <LineNotice state={line} />
      {screen}
    </>
  );
  if (bare) return <main aria-label={t`Điện thoại của khách`}>{phone}</main>;
  return (
    <Stage
      accounts={accounts.data}
      oa={oa}
      people={oa && <CustomerList key={oa} oa={oa} customers={listed.data} user={place.user} />}
    >
      {phone}
    </Stage>
  );
}
