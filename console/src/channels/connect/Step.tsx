import { useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import classes from "./ConnectPage.module.css";

type Props = { number: number; title: string; state: "done" | "now" | "later"; children: ReactNode };

export function Step({ number, title, state, children }: Props) {
  const { t } = useLingui();
  const id = useId();
  return (
    <li className={classes.step} data-state={state} aria-current={state === "now" ? "step" : undefined}>
      <span className={classes.number} aria-hidden>
        {state === "done" ? <IconCheck size={16} stroke={2} /> : number}
      </span>
      <section className={classes.body} aria-labelledby={id}>
        <h2 id={id} className={classes.title} title={state === "done" ? t`Đã xong` : undefined}>
          {title}
        </h2>
        {children}
      </section>
    </li>
  );
}
