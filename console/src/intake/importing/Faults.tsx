import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { HistoryImport } from "../../api/history";
import { formatNumber } from "../../shared/time/calendar";
import { Section } from "../../shared/ui/Section";
import classes from "./Importing.module.css";

/** What is wrong in which line: the first ones; `all` says how many there are. */
export function Faults({ faults, all }: { faults: HistoryImport["faults"]; all: number }) {
  const { t } = useLingui();
  const shown = formatNumber(faults.length);
  return (
    <Section
      title={t`${plural(all, { one: "# dòng chưa đọc được", other: "# dòng chưa đọc được" })}`}
      {...(all > faults.length && { lead: t`Dưới đây là ${shown} dòng đầu tiên.` })}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul className={classes.faults} tabIndex={0} aria-label={t`Các dòng lỗi`}>
        {faults.map(({ line, path, text }) => {
          const number = formatNumber(line);
          return (
            <li key={`${line} ${path}`}>
              <span className={classes.line}>{t`Dòng ${number}`}</span>
              {text}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
