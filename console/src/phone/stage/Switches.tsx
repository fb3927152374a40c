import { useLingui } from "@lingui/react/macro";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { useState } from "react";
import { speak } from "../shared/language";
import { isDark, toggleScheme } from "../shared/scheme";
import classes from "./Switches.module.css";

export function LanguageSwitch() {
  const { t, i18n } = useLingui();
  const other = i18n.locale === "en" ? "vi" : "en";
  return (
    <button
      type="button"
      className={classes.button}
      title={t`Đổi ngôn ngữ`}
      onClick={() => void speak(other)}
    >
      {i18n.locale === "en" ? "EN" : "VI"}
    </button>
  );
}

export function SchemeSwitch() {
  const { t } = useLingui();
  const [dark, setDark] = useState(isDark);
  const words = dark ? t`Dùng nền sáng` : t`Dùng nền tối`;
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={words}
      title={words}
      onClick={() => {
        toggleScheme();
        setDark(isDark());
      }}
    >
      {dark ? <IconSun size={20} stroke={1.8} /> : <IconMoon size={20} stroke={1.8} />}
    </button>
  );
}
