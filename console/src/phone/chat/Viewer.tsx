import { useLingui } from "@lingui/react/macro";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import classes from "./Viewer.module.css";

/** A picture over the whole phone. */
export function Viewer({ src, close }: { src: string; close: () => void }) {
  const { t } = useLingui();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div
      className={classes.viewer}
      role="dialog"
      aria-label={t`Xem ảnh`}
      onClick={close}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <button ref={button} type="button" className={classes.close} aria-label={t`Đóng`} onClick={close}>
        <IconX size={26} stroke={1.8} />
      </button>
      <img src={src} alt={t`Hình ảnh`} />
    </div>
  );
}
