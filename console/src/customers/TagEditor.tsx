import { useLingui } from "@lingui/react/macro";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Tag } from "../api/types";
import { folded } from "../shared/folded";
import { isImeKey } from "../shared/keyboard/enterKey";
import { useProblemText } from "../shared/useProblemText";
import { tagsQuery } from "./queries";
import { TagChip } from "./TagChip";
import classes from "./TagEditor.module.css";
import { suggest } from "./tagSuggestions";
import { useTagging } from "./useTagging";

type Props = { contactId: number; conversationId: number; tags: readonly Tag[]; may: boolean };

/** The customer's tags; who may, adds one by its first letters and takes one off. */
export function TagEditor({ contactId, conversationId, tags, may }: Props) {
  const { t } = useLingui();
  const tagging = useTagging(contactId, conversationId);
  const problemText = useProblemText();
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <div className={classes.root}>
      {tags.length === 0 && !may && <span className={classes.none}>{t`Chưa có nhãn`}</span>}
      {tags.map((tag) => (
        <TagChip key={tag.id} tag={tag}>
          {may && (
            <button
              type="button"
              className={classes.off}
              aria-label={t`Bỏ nhãn ${tag.name}`}
              disabled={tagging.isPending}
              onClick={() => tagging.mutate({ remove: tag.id })}
            >
              <IconX size={13} stroke={2} aria-hidden />
            </button>
          )}
        </TagChip>
      ))}
      {may && !adding && (
        <button ref={opener} type="button" className={classes.add} onClick={() => setAdding(true)}>
          <IconPlus size={14} stroke={2} aria-hidden />
          {t`Thêm nhãn`}
        </button>
      )}
      {may && adding && (
        <TagInput
          has={tags}
          add={(name) => tagging.mutate({ add: name })}
          close={(refocus) => {
            setAdding(false);
            if (refocus) setTimeout(() => opener.current?.focus());
          }}
        />
      )}
      {tagging.error && (
        <p className={classes.problem} role="alert">
          {problemText(tagging.error)}
        </p>
      )}
    </div>
  );
}

type InputProps = { has: readonly Tag[]; add: (name: string) => void; close: (refocus: boolean) => void };

function TagInput({ has, add, close }: InputProps) {
  const { t } = useLingui();
  const id = useId();
  const all = useQuery(tagsQuery).data?.items ?? [];
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const name = wanted.normalize("NFC").trim();
  const found = suggest(all, has, wanted);
  const exact = [...all, ...has].some((tag) => folded(tag.name) === folded(name));
  const choices = [
    ...found.map((tag) => ({ key: String(tag.id), name: tag.name, tag, label: tag.name })),
    ...(name && !exact ? [{ key: "new", name, tag: null, label: t`Tạo nhãn "${name}"` }] : []),
  ];
  const active = choices[Math.min(at, choices.length - 1)];
  const take = (chosen: string) => {
    add(chosen);
    setWanted("");
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isImeKey({ isComposing, keyCode })) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close(true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (choices.length > 0) setAt((at + step + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active) take(active.name);
    }
  };
  return (
    <div className={classes.adding}>
      <input
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked for this field.
        autoFocus
        className={classes.input}
        role="combobox"
        aria-label={t`Nhãn mới`}
        aria-expanded={choices.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${id}-${active.key}` : undefined}
        placeholder={t`Tên nhãn`}
        value={wanted}
        onChange={(event) => {
          setWanted(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => close(false)}
      />
      {choices.length > 0 && (
        <div className={classes.choices} id={id} role="listbox" aria-label={t`Gợi ý nhãn`}>
          {choices.map((choice) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the active choice.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
            <div
              key={choice.key}
              id={`${id}-${choice.key}`}
              role="option"
              aria-selected={choice === active}
              className={classes.choice}
              // Before the field loses the focus, and closes.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(choice.name)}
            >
              {choice.tag ? <TagChip tag={choice.tag} /> : choice.label}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
