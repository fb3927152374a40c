import { useLingui } from "@lingui/react/macro";
import { IconArrowBackUp, IconCheck, IconCopy, IconEraser, IconMoodPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Message } from "../../api/types";
import { useCopy } from "../../shared/useCopy";
import classes from "./MessageActions.module.css";
import { REACTIONS } from "./reactionIcons";
import { useMessageActions } from "./useMessageActions";

/** Beside a message under the pointer or the focus: react, answer, copy. One stop of the Tab key; arrows go on. */
export function MessageActions({ message }: { message: Message }) {
  const { t } = useLingui();
  const { reacts, quotes, copies, recalls, react, quote, recall, mine } = useMessageActions(message);
  const { copied, copy } = useCopy();
  const [picking, setPicking] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!picking) return;
    root.current?.querySelector<HTMLElement>("[data-pick]")?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setPicking(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [picking]);

  if (!reacts && !quotes && !copies && !recalls) return null;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Escape" && picking) {
      event.preventDefault();
      setPicking(false);
      opener.current?.focus();
      return;
    }
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const row = picking ? "[data-pick]" : "[data-action]";
    const buttons = [...(root.current?.querySelectorAll<HTMLElement>(row) ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    buttons.at((here + step + buttons.length) % buttons.length)?.focus();
  };

  const tools = [
    ...(reacts
      ? [
          {
            key: "react",
            label: t`Thả cảm xúc`,
            icon: IconMoodPlus,
            run: () => setPicking(!picking),
            expanded: picking,
          },
        ]
      : []),
    ...(quotes ? [{ key: "quote", label: t`Trả lời tin này`, icon: IconArrowBackUp, run: quote }] : []),
    ...(copies
      ? [
          {
            key: "copy",
            label: copied ? t`Đã chép` : t`Sao chép`,
            icon: copied ? IconCheck : IconCopy,
            run: () => void copy(message.text ?? ""),
          },
        ]
      : []),
    ...(recalls ? [{ key: "recall", label: t`Thu hồi`, icon: IconEraser, run: recall }] : []),
  ];

  return (
    <div
      ref={root}
      className={classes.root}
      role="toolbar"
      aria-label={t`Thao tác với tin nhắn`}
      data-open={picking || undefined}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setPicking(false);
      }}
    >
      {tools.map(({ key, label, icon: Icon, run, ...rest }, index) => (
        <button
          key={key}
          ref={key === "react" ? opener : undefined}
          type="button"
          className={classes.tool}
          data-action={key}
          aria-label={label}
          title={label}
          tabIndex={index === 0 ? 0 : -1}
          aria-expanded={"expanded" in rest ? rest.expanded : undefined}
          onClick={run}
        >
          <Icon size={17} stroke={1.75} aria-hidden />
        </button>
      ))}
      {picking && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame.
        <div className={classes.picker} role="group" aria-label={t`Chọn cảm xúc`}>
          <ReactionButtons
            mine={mine}
            pick={(icon) => {
              react(icon);
              setPicking(false);
              opener.current?.focus();
            }}
          />
        </div>
      )}
    </div>
  );
}

type ButtonsProps = { mine: string | null; pick: (icon: string | null) => void };

export function ReactionButtons({ mine, pick }: ButtonsProps) {
  const { i18n } = useLingui();
  return REACTIONS.map(({ icon, emoji, name }) => (
    <button
      key={icon}
      type="button"
      className={classes.pick}
      data-pick
      aria-label={i18n._(name)}
      title={i18n._(name)}
      aria-pressed={mine === icon}
      onClick={() => pick(mine === icon ? null : icon)}
    >
      <span aria-hidden>{emoji}</span>
    </button>
  ));
}
