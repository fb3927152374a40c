import { useLingui } from "@lingui/react/macro";
import { Tooltip, VisuallyHidden } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import classes from "./ModeTabs.module.css";

export type Mode = "reply" | "note";

type Props = {
  mode: Mode;
  choose: (mode: Mode) => void;
  /** A note was begun and is not before one's eyes. */
  begun: boolean;
};

/** To whom one writes. The words and the colour of what is below follow. */
export function ModeTabs({ mode, choose, begun }: Props) {
  const { t } = useLingui();
  const other: Mode = mode === "reply" ? "note" : "reply";
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    choose(other);
  };
  return (
    <div className={classes.tabs} role="tablist" aria-label={t`Viết cho ai`} onKeyDown={onKeyDown}>
      {(["reply", "note"] as const).map((one) => (
        <Tooltip key={one} label={t`Ctrl + / để đổi`} openDelay={600}>
          <button
            type="button"
            role="tab"
            className={classes.tab}
            data-mode={one}
            aria-selected={one === mode}
            tabIndex={one === mode ? 0 : -1}
            onClick={() => choose(one)}
          >
            {one === "note" && <IconLock size={14} stroke={1.9} aria-hidden />}
            {one === "reply" ? t`Trả lời` : t`Ghi chú nội bộ`}
            {one === "note" && begun && (
              <span className={classes.begun}>
                <VisuallyHidden>{t`Có ghi chú viết dở`}</VisuallyHidden>
              </span>
            )}
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
