import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { LanguageSwitch, SchemeSwitch } from "../stage/Switches";
import classes from "./home.module.css";

type Props = { title: string; back?: () => void; children?: ReactNode };

export function ScreenHead({ title, back, children }: Props) {
  const { t } = useLingui();
  return (
    <header className={classes.head}>
      {back && (
        <button type="button" className={classes.back} aria-label={t`Quay lại`} onClick={back}>
          <IconArrowLeft size={24} stroke={1.8} />
        </button>
      )}
      <h1 className={classes.title}>{title}</h1>
      {children}
      <span className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
      </span>
    </header>
  );
}
