import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Locale } from "../../../api/types";
import { useIsTouch } from "../../../shared/breakpoints";
import { isImeKey } from "../../../shared/keyboard/enterKey";
import classes from "./EmojiPicker.module.css";
import { type Emoji, emojiNamed, findEmojis, GROUPS, type GroupName } from "./emojis";
import { recentEmojis, rememberEmoji } from "./recent";

type Props = { pick: (char: string) => void; close: () => void };

/** A field to search in, and all emojis below it. It stays open: one is seldom enough. */
export default function EmojiPicker({ pick, close }: Props) {
  const { t } = useLingui();
  const touch = useIsTouch();
  const names = useGroupNames();
  const [words, setWords] = useState("");
  // Not while it is open: what is under the pointer must not move.
  const [recent] = useState(() => recentEmojis().flatMap((char) => emojiNamed(char) ?? []));
  const found = useMemo(() => findEmojis(words), [words]);
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // The popover looks for a field to focus before this one has been loaded.
  useEffect(() => {
    if (!touch) field.current?.focus({ preventScroll: true });
  }, [touch]);
  const take = (char: string) => {
    rememberEmoji(char);
    pick(char);
  };
  const searching = words.trim() !== "";
  const groups = searching
    ? [{ name: "found" as const, emojis: found }]
    : [...(recent.length > 0 ? [{ name: "recent" as const, emojis: recent }] : []), ...GROUPS];

  const onFieldKey = (event: KeyboardEvent) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isImeKey({ isComposing, keyCode })) return;
    const [first] = found;
    if (event.key === "Enter" && first) {
      event.preventDefault();
      take(first.char);
      close();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      buttonsOf(grid.current)[0]?.focus();
    }
  };

  return (
    <div className={classes.root}>
      <TextInput
        ref={field}
        size={touch ? "md" : "sm"}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        aria-label={t`Tìm biểu tượng cảm xúc`}
        placeholder={t`Tìm: cảm ơn, giao hàng…`}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onFieldKey}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame. */}
      <div
        ref={grid}
        className={classes.scroll}
        role="group"
        aria-label={t`Biểu tượng cảm xúc`}
        onKeyDown={(event) => {
          if (walk(event.key, grid.current, field.current)) event.preventDefault();
        }}
      >
        {groups.map((group, index) => (
          <section key={group.name} aria-label={names[group.name]}>
            <p className={classes.name} aria-hidden>
              {names[group.name]}
            </p>
            <div className={classes.grid}>
              {group.emojis.map((emoji, at) => (
                <EmojiButton key={emoji.char} emoji={emoji} stop={index === 0 && at === 0} take={take} />
              ))}
            </div>
          </section>
        ))}
        {searching && found.length === 0 && (
          <p className={classes.none} role="status">
            {t`Không có biểu tượng nào như vậy. Thử một từ khác.`}
          </p>
        )}
      </div>
    </div>
  );
}

type ButtonProps = { emoji: Emoji; stop: boolean; take: (char: string) => void };

function EmojiButton({ emoji, stop, take }: ButtonProps) {
  const { i18n } = useLingui();
  const locale: Locale = i18n.locale === "en" ? "en" : "vi";
  const [name] = emoji.names[locale];
  return (
    <button
      type="button"
      className={classes.emoji}
      data-emoji
      tabIndex={stop ? 0 : -1}
      aria-label={name}
      title={name}
      onClick={() => take(emoji.char)}
    >
      <span aria-hidden>{emoji.char}</span>
    </button>
  );
}

function useGroupNames(): Record<GroupName | "recent" | "found", string> {
  const { t } = useLingui();
  return {
    recent: t`Vừa dùng`,
    found: t`Kết quả`,
    faces: t`Mặt cười`,
    people: t`Cử chỉ và người`,
    signs: t`Trái tim và dấu hiệu`,
    nature: t`Cây cỏ, con vật, thời tiết`,
    food: t`Đồ ăn, thức uống`,
    objects: t`Đồ vật, mua bán`,
  };
}

function buttonsOf(grid: HTMLElement | null): HTMLElement[] {
  return [...(grid?.querySelectorAll<HTMLElement>("[data-emoji]") ?? [])];
}

/** Moves the focus by an arrow, Home or End; up from the first row leads back to the field. */
function walk(key: string, grid: HTMLElement | null, field: HTMLElement | null): boolean {
  const buttons = buttonsOf(grid);
  const here = buttons.indexOf(document.activeElement as HTMLElement);
  const now = buttons[here];
  if (!now) return false;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step) {
    buttons[here + step]?.focus();
    return true;
  }
  if (key === "Home" || key === "End") {
    buttons.at(key === "Home" ? 0 : -1)?.focus();
    return true;
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return false;
  // Rows are not equally long, so the one that lies nearest below or above is taken.
  const down = key === "ArrowDown";
  const beyond = (down ? buttons.slice(here + 1) : buttons.slice(0, here).reverse()).filter(
    (one) => one.offsetTop !== now.offsetTop,
  );
  const row = beyond.filter((one) => one.offsetTop === beyond[0]?.offsetTop);
  const away = (one: HTMLElement) => Math.abs(one.offsetLeft - now.offsetLeft);
  const nearest = row.sort((a, b) => away(a) - away(b))[0];
  if (nearest) nearest.focus();
  else if (!down) field?.focus();
  return true;
}
