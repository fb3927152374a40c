import { useLingui } from "@lingui/react/macro";
import { go } from "../shared/address";
import type { Account, Customer } from "../shared/api";
import { CustomerList } from "./CustomerList";
import { ScreenHead } from "./ScreenHead";

/** The second screen: as whom to write. */
export function Customers({
  account,
  oa,
  customers,
}: {
  account: Account | null;
  oa: string;
  customers: Customer[] | null;
}) {
  const { t } = useLingui();
  return (
    <>
      <ScreenHead title={account?.name ?? t`Chọn khách`} back={() => go({ oa: null, user: null })} />
      <CustomerList oa={oa} customers={customers} />
    </>
  );
}
