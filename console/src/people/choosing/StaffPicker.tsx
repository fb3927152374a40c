import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCheck, IconSearch, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import type { StaffRef } from "../../api/visibility";
import { isImeKey } from "../../shared/keyboard/enterKey";
import { useShown } from "../../shared/keyboard/useShown";
import { Face } from "../../shared/ui/Face";
import option from "../../shared/ui/Option.module.css";
import { useProblemText } from "../../shared/useProblemText";
import { useMe } from "../session";
import { fitting } from "./fitting";
import { choicesQuery } from "./queries";
import classes from "./StaffPicker.module.css";

const ASK_MS = 150;

/** Who was chosen; `null` stands for nobody, where that may be chosen. */
export type Choice = StaffRef | "nobody" | null;

type Props = {
  label: string;
  value: Choice;
  choose: (choice: Choice) => void;
  /** Those only to whom one may give a customer. */
  reach?: boolean;
  without?: readonly number[];
  /** What choosing nobody means; left out where somebody must be. */
  nobody?: string;
};

/** Finds a colleague by part of their name. The field takes all keys: arrows walk, Enter takes. */
export function StaffPicker({ label, value, choose, reach = false, without = [], nobody }: Props) {
  const { t } = useLingui();
  const id = useId();
  const me = useMe();
  const problemText = useProblemText();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.normalize("NFC").trim(), ASK_MS);
  const [at, setAt] = useState(0);
  const query = useQuery(choicesQuery(asked, reach));
  const people = fitting(query.data?.items ?? [], typed, without);
  const options: { key: string; choice: Exclude<Choice, null>; name: string }[] = [
    ...people.map((one) => ({ key: String(one.id), choice: one, name: one.name })),
    ...(nobody && typed.trim() === "" ? [{ key: "nobody", choice: "nobody" as const, name: nobody }] : []),
  ];
  const active = options[Math.min(at, options.length - 1)];
  const open = value === null;
  useShown(open && active ? `${id}-${active.key}` : undefined);
  const take = (choice: Choice) => {
    choose(choice);
    setTyped("");
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isImeKey({ isComposing, keyCode }) || !open) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (options.length > 0) setAt((at + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active) take(active.choice);
    }
  };
  const shown = value === null ? typed : value === "nobody" ? (nobody ?? "") : value.name;
  return (
    <div className={classes.root}>
      <TextInput
        label={label}
        role="combobox"
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open && active ? `${id}-${active.key}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        placeholder={t`Tìm theo tên`}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSection={value && <IconCheck size={18} stroke={2} aria-hidden />}
        value={shown}
        onChange={(event) => {
          if (value) choose(null);
          setTyped(value ? "" : event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div className={classes.list} id={id} role="listbox" aria-label={label} aria-busy={query.isFetching}>
          {options.map(({ key, choice, name }) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the active choice.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
            <div
              key={key}
              id={`${id}-${key}`}
              role="option"
              aria-selected={key === active?.key}
              className={option.option}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(choice)}
            >
              {choice === "nobody" ? (
                <IconUsers className={classes.nobody} size={18} stroke={1.6} aria-hidden />
              ) : (
                <Face name={name} size={28} />
              )}
              {choice !== "nobody" && choice.id === me.id ? t`${name} (bạn)` : name}
            </div>
          ))}
        </div>
      )}
      {open && options.length === 0 && query.data && !query.isFetching && (
        <p className={classes.none} role="status">{t`Không tìm thấy ai có tên này`}</p>
      )}
      {query.isError && (
        <p className={classes.problem} role="alert">
          {problemText(query.error)}
        </p>
      )}
    </div>
  );
}
