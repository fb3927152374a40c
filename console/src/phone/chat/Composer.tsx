import { useLingui } from "@lingui/react/macro";
import { IconMoodSmile, IconPhoto, IconPlus, IconSend2, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { sendsOnKey } from "../../shared/keyboard/enterKey";
import type { Order, Quote } from "../shared/api";
import { useIsTouch } from "../shared/useMedia";
import { useWords } from "../shared/words";
import classes from "./Composer.module.css";
import { orderOf } from "./outbox";
import { Tray } from "./Tray";

type Props = {
  /** To whom. */
  name: string;
  label: string;
  disabled: boolean;
  quote: Quote | null;
  unquote: () => void;
  /** The visitor begins to write. */
  begins: () => void;
  send: (order: Order) => void;
  sendFile: (file: File) => void;
};

const TALLEST_PX = 120;

export function Composer({ name, label, disabled, quote, unquote, begins, send, sendFile }: Props) {
  const { t } = useLingui();
  const { said } = useWords();
  const touch = useIsTouch();
  const [words, setWords] = useState("");
  const [tray, setTray] = useState<"stickers" | "more" | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const photos = useRef<HTMLInputElement>(null);
  const ready = words.trim() !== "" && !disabled;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the words that change the height.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, TALLEST_PX)}px`;
  }, [words]);
  useLayoutEffect(() => {
    if (quote) field.current?.focus();
  }, [quote]);

  const submit = () => {
    if (!ready) return;
    send(orderOf(words));
    setWords("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey, keyCode } = event;
    const { isComposing } = event.nativeEvent;
    if (!sendsOnKey({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode }, touch)) return;
    event.preventDefault();
    submit();
  };
  const give = (order: Order) => {
    begins();
    send(order);
    setTray(null);
  };
  const giveFiles = (files: Iterable<File>) => {
    begins();
    for (const file of files) sendFile(file);
    setTray(null);
  };
  const toggle = (which: "stickers" | "more") => setTray(tray === which ? null : which);
  return (
    <footer className={classes.foot}>
      {quote && (
        <div className={classes.quote}>
          <span className={classes.quoted}>
            <b>{quote.src === 1 ? t`Bạn` : name}</b>
            <span>{said(quote.type, quote.text)}</span>
          </span>
          <button type="button" className={classes.tool} aria-label={t`Bỏ trả lời`} onClick={unquote}>
            <IconX size={18} stroke={1.8} />
          </button>
        </div>
      )}
      <div className={classes.bar}>
        <button
          type="button"
          className={classes.tool}
          aria-label={t`Nhãn dán`}
          aria-expanded={tray === "stickers"}
          disabled={disabled}
          onClick={() => toggle("stickers")}
        >
          <IconMoodSmile size={26} stroke={1.7} />
        </button>
        <textarea
          ref={field}
          className={classes.field}
          rows={1}
          value={words}
          placeholder={t`Nhập tin nhắn`}
          aria-label={label}
          enterKeyHint={touch ? "enter" : "send"}
          disabled={disabled}
          onChange={(event) => {
            begins();
            setWords(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setTray(null)}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (files.length === 0) return;
            event.preventDefault();
            giveFiles(files);
          }}
        />
        {!ready && (
          <>
            <button
              type="button"
              className={classes.tool}
              aria-label={t`Gửi thêm`}
              aria-expanded={tray === "more"}
              disabled={disabled}
              onClick={() => toggle("more")}
            >
              <IconPlus size={26} stroke={1.7} />
            </button>
            <button
              type="button"
              className={classes.tool}
              aria-label={t`Ảnh từ máy`}
              disabled={disabled}
              onClick={() => photos.current?.click()}
            >
              <IconPhoto size={26} stroke={1.7} />
            </button>
          </>
        )}
        {ready && (
          <button type="button" className={classes.send} aria-label={t`Gửi`} onClick={submit}>
            <IconSend2 size={26} stroke={1.8} />
          </button>
        )}
        <input
          ref={photos}
          type="file"
          accept="image/jpeg,image/png,image/gif,video/mp4,video/quicktime"
          multiple
          hidden
          data-testid="photos"
          onChange={(event) => {
            giveFiles(event.currentTarget.files ?? []);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {tray && <Tray kind={tray} give={give} giveFiles={giveFiles} />}
    </footer>
  );
}
