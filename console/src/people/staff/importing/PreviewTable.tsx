import { useLingui } from "@lingui/react/macro";
import { IconAlertCircle } from "@tabler/icons-react";
import type { ImportRow } from "../../../api/account";
import { cellsOf, faultyFirst } from "./faults";
import classes from "./PreviewTable.module.css";

/** The lines of the file; those with something wrong stand first, and say what. On a phone each is a card. */
export function PreviewTable({ rows }: { rows: readonly ImportRow[] }) {
  const { t } = useLingui();
  const names = {
    name: t`Họ và tên`,
    login: t`E-mail hoặc số điện thoại`,
    role: t`Vai trò`,
    team: t`Nhóm`,
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.frame} tabIndex={0} aria-label={t`Xem trước`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t`Dòng`}</th>
            {Object.entries(names).map(([column, name]) => (
              <th key={column} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {faultyFirst(rows).map((row) => {
            const { line } = row;
            return (
              <tr key={line} data-faulty={row.faults.length > 0 || undefined}>
                <td className={classes.line}>
                  <span className={classes.lineWord}>{t`Dòng`} </span>
                  {line}
                </td>
                {cellsOf(row).map(({ column, text, faults }) => (
                  <td key={column} data-name={names[column]}>
                    <span className={classes.text}>{text || "–"}</span>
                    {faults.map((fault) => (
                      <span key={fault} className={classes.fault}>
                        <IconAlertCircle size={14} stroke={1.75} aria-hidden />
                        {fault}
                      </span>
                    ))}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
