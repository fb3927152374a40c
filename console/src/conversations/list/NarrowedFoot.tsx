import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { View } from "../../api/types";
import { focusSearch } from "../../shared/keyboard/targets";
import { formatNumber } from "../../shared/time/calendar";
import { StatePanel } from "../../shared/ui/StatePanel";
import classes from "./NarrowedFoot.module.css";
import { type Narrowing, NOT_NARROWED } from "./narrowing";

type FootProps = { found: number; among: number; busy: boolean; further?: () => void };

/** How much was found, among how many, and the way further back. */
export function NarrowedFoot({ found, among, busy, further }: FootProps) {
  const { t } = useLingui();
  const many = formatNumber(among);
  return (
    <div className={classes.foot}>
      <span role="status">
        {busy
          ? t`Đang tìm trong hội thoại cũ hơn…`
          : t`${plural(found, { one: "# kết quả", other: "# kết quả" })} trong ${many} hội thoại`}
      </span>
      {further && (
        <Button variant="subtle" size="compact-sm" className={classes.further} onClick={further}>
          {t`Tìm tiếp`}
        </Button>
      )}
    </div>
  );
}

type NothingProps = { view: View; narrow: (change: Partial<Narrowing>) => void; children: ReactNode };

/** Nothing fits: what else one can do. */
export function NothingFound({ view, narrow, children }: NothingProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const elsewhere = () => void navigate({ to: ".", search: { view: "all" as const } });
  const anew = () => {
    narrow(NOT_NARROWED);
    focusSearch();
  };
  return (
    <div className={classes.nothing}>
      <StatePanel
        icon={IconSearchOff}
        title={t`Không tìm thấy hội thoại nào`}
        action={
          view === "all"
            ? { label: t`Bỏ tìm kiếm và bộ lọc`, onClick: anew }
            : { label: t`Tìm trong Tất cả`, onClick: elsewhere }
        }
      >
        {t`Thử tên ngắn hơn, không dấu cũng được, hoặc mã KH-, HT-.`}
      </StatePanel>
      {children}
    </div>
  );
}
