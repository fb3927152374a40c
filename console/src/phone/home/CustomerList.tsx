import { useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useNow } from "../../shared/time/ticker";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import type { Customer } from "../shared/api";
import { picked, tradesOf, waits } from "../shared/pick";
import { useWords } from "../shared/words";
import { CreateCustomer } from "./CreateCustomer";
import classes from "./home.module.css";

type Props = { oa: string; customers: Customer[] | null; user?: string | null };

/** The customers of an account: who they are, what they said last, who waits. */
export function CustomerList({ oa, customers, user = null }: Props) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const [trade, setTrade] = useState<string | null>(null);
  const { trade: tradeName } = useWords();
  const all = customers ?? [];
  const trades = tradesOf(all);
  const shown = picked(all, { words, trade: trade && trades.includes(trade) ? trade : null });
  return (
    <>
      <div className={classes.tools}>
        <label className={classes.search}>
          <IconSearch size={18} stroke={1.8} aria-hidden />
          <input
            type="search"
            value={words}
            placeholder={t`Tìm tên, nơi ở, lời nhắn`}
            aria-label={t`Tìm khách`}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        {trades.length > 1 && (
          <div className={classes.chips}>
            <button
              type="button"
              className={classes.chip}
              aria-pressed={!trade}
              onClick={() => setTrade(null)}
            >
              {t`Tất cả`}
            </button>
            {trades.map((key) => (
              <button
                key={key}
                type="button"
                className={classes.chip}
                aria-pressed={trade === key}
                onClick={() => setTrade(trade === key ? null : key)}
              >
                {tradeName({ running: true, trade: key })}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className={classes.screen}>
        <CreateCustomer oa={oa} />
        {!customers && [1, 2, 3, 4].map((one) => <div key={one} className={classes.bone} />)}
        {customers && shown.length === 0 && (words || trade) && (
          <p className={classes.empty}>{t`Không có khách nào như vậy.`}</p>
        )}
        <ul className={classes.list} aria-label={t`Khách hàng`}>
          {shown.map((one) => (
            <li key={one.user_id}>
              <CustomerRow
                customer={one}
                current={one.user_id === user}
                open={() => go({ oa, user: one.user_id })}
              />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function CustomerRow({
  customer,
  current,
  open,
}: {
  customer: Customer;
  current: boolean;
  open: () => void;
}) {
  const { t } = useLingui();
  const { about, said, stamp } = useWords();
  const now = useNow();
  const { last } = customer;
  const words = last && said(last.type, last.text);
  return (
    <button type="button" className={classes.row} aria-current={current || undefined} onClick={open}>
      <Avatar name={customer.name} src={customer.avatar} size={48} />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>{customer.name}</span>
          {last && <span className={classes.time}>{stamp(last.time, now)}</span>}
        </span>
        <span className={classes.line}>
          <span className={classes.dim} style={{ flex: 1 }}>
            {words ? (last.src === 1 ? words : t`OA: ${words}`) : t`Chưa nhắn gì`}
          </span>
          {waits(customer) && <span className={classes.waits}>{t`Đang chờ`}</span>}
        </span>
        <span className={classes.about}>{about(customer)}</span>
      </span>
    </button>
  );
}
