import { useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./Sheet.module.css";

type Props = { title: string; close: () => void; children: ReactNode };

/** What comes up from the foot of the phone. */
export function Sheet({ title, close, children }: Props) {
  const { t } = useLingui();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in the sheet closes it, too.
    <div
      className={classes.veil}
      onPointerDown={(event) => event.target === event.currentTarget && close()}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <section ref={box} className={classes.sheet} role="dialog" aria-label={title} tabIndex={-1}>
        <header className={classes.head}>
          <h2>{title}</h2>
          <button type="button" aria-label={t`Đóng`} onClick={close}>
            <IconX size={22} stroke={1.8} />
          </button>
        </header>
        {children}
      </section>
    </div>
  );
}
