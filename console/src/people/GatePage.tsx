import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import type { Locale } from "../api/types";
import { activateLocale } from "../shared/i18n/locale";
import { Mark } from "../shared/ui/Mark";
import classes from "./GatePage.module.css";

/** The frame of the pages before sign-in. */
export function GatePage({ title, children }: { title: string; children: ReactNode }) {
  const { t, i18n } = useLingui();
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark size={40} />
          <span>{t`Sổ Khách`}</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
      <SegmentedControl
        size="sm"
        classNames={{ root: classes.languages }}
        aria-label={t`Ngôn ngữ`}
        value={i18n.locale}
        onChange={(value) => void activateLocale(value as Locale)}
        data={[
          { value: "vi", label: t`Tiếng Việt` },
          { value: "en", label: t`English` },
        ]}
      />
    </main>
  );
}
