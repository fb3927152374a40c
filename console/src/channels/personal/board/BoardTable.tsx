import { useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useIsPhone } from "../../../shared/breakpoints";
import type { PersonalAccount } from "../types";
import { BoardCard } from "./BoardCard";
import { BoardRow } from "./BoardRow";
import classes from "./BoardTable.module.css";

/** As high as they are in the style sheet: nothing moves while rows come into view. */
const ROW_HEIGHT = 58;
const CARD_HEIGHT = 176;

type Props = {
  rows: readonly PersonalAccount[];
  selected: ReadonlySet<number>;
  /** Null where nobody may act on several at once. */
  select: ((ids: readonly number[], on: boolean) => void) | null;
};

/** Only the rows in view are drawn. The page scrolls, not the table. */
export function BoardTable({ rows, selected, select }: Props) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const list = useRef<HTMLElement>(null);
  const [margin, setMargin] = useState(0);
  // Whatever stands above the rows, a banner say, may come and go.
  useLayoutEffect(() => {
    const page = list.current?.closest("main");
    if (!page || !list.current) return;
    const top = list.current.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;
    if (Math.abs(top - margin) > 1) setMargin(top);
  });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current?.closest("main") ?? null,
    estimateSize: () => (phone ? CARD_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollMargin: margin,
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when rows become cards, and only then.
  useLayoutEffect(() => virtualizer.measure(), [phone]);
  const chosen = rows.filter((row) => selected.has(row.id)).length;
  const all = chosen === rows.length && rows.length > 0;
  const place = (start: number, size: number) => ({
    height: size,
    transform: `translateY(${start - margin}px)`,
  });
  const everyone = select && (
    <Checkbox
      aria-label={t`Chọn tất cả tài khoản đang hiện`}
      checked={all}
      indeterminate={chosen > 0 && !all}
      onChange={() =>
        select(
          rows.map((row) => row.id),
          !all,
        )
      }
    />
  );
  const shown = virtualizer.getVirtualItems().flatMap((item) => {
    const row = rows[item.index];
    return row ? [{ item, row }] : [];
  });
  const choose = (id: number) => (select ? (on: boolean) => select([id], on) : null);
  if (phone)
    return (
      <>
        {everyone && (
          <div className={classes.everyone}>
            {everyone}
            <span aria-hidden>{t`Chọn tất cả`}</span>
          </div>
        )}
        <ul
          ref={(element) => {
            list.current = element;
          }}
          aria-label={t`Tài khoản Zalo cá nhân`}
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {shown.map(({ item, row }) => (
            <li
              key={item.key}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className={classes.item}
              style={place(item.start, item.size)}
            >
              <BoardCard account={row} chosen={selected.has(row.id)} choose={choose(row.id)} />
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <table aria-label={t`Tài khoản Zalo cá nhân`} aria-rowcount={rows.length + 1} className={classes.table}>
      <thead className={classes.sticky}>
        <tr aria-rowindex={1} className={classes.head}>
          <th>{everyone}</th>
          <th>{t`Tài khoản`}</th>
          <th>{t`Người giữ`}</th>
          <th>{t`Tình trạng`}</th>
          <th>{t`Tin cuối`}</th>
          <th>{t`Độ đầy đủ`}</th>
          <th>{t`Hạn mức ngày`}</th>
          <th>{t`Việc cần làm`}</th>
        </tr>
      </thead>
      <tbody
        ref={(element) => {
          list.current = element;
        }}
        className={classes.body}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {shown.map(({ item, row }) => (
          <BoardRow
            key={item.key}
            account={row}
            index={item.index}
            start={item.start - margin}
            chosen={selected.has(row.id)}
            choose={choose(row.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
