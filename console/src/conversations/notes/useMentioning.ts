import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { StaffRef } from "../../api/visibility";
import { fitting } from "../../people/choosing/fitting";
import { choicesQuery } from "../../people/choosing/queries";
import { complete, mentionAt, type Typing } from "./mentions";

const ASK_MS = 120;
const MOST_SHOWN = 8;

type Options = {
  input: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  mention: (person: StaffRef) => void;
  myId: number;
};

/** The list of colleagues behind an @: it follows what is typed, takes the arrows, Enter and Tab, and Escape puts it away. */
export function useMentioning({ input, text, write, mention, myId }: Options) {
  const [typing, setTyping] = useState<Typing | null>(null);
  const [putAway, setPutAway] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const caret = useRef<number | null>(null);
  const sought = typing?.typed.normalize("NFC").trim() ?? "";
  const [asked] = useDebouncedValue(sought, ASK_MS);
  const query = useQuery({ ...choicesQuery(asked, false), enabled: typing !== null });
  const people =
    typing && typing.from !== putAway
      ? fitting(query.data?.items ?? [], sought, [myId]).slice(0, MOST_SHOWN)
      : [];
  const active = people[Math.min(at, people.length - 1)];

  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  /** To be told of every move of the caret, and of every letter. */
  const follow = () => {
    const field = input.current;
    const next = field ? mentionAt(field.value, field.selectionStart) : null;
    setTyping(next);
    if (next?.typed !== typing?.typed) setAt(0);
    // A key that puts the list away may also tell of the caret.
    setPutAway((from) => (next?.from === from ? from : null));
  };
  const take = (person: StaffRef) => {
    const field = input.current;
    if (!field || !typing) return;
    const done = complete(text, field.selectionStart, typing, person.name);
    caret.current = done.caret;
    mention(person);
    write(done.text);
    setTyping(null);
    // The name that stands there now is not typed on.
    setPutAway(typing.from);
    field.focus();
  };
  /** Whether the list took the key. The caller has let those of an input method pass already. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (people.length === 0 || !typing) return false;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const step = key === "ArrowDown" ? 1 : -1;
      setAt((Math.min(at, people.length - 1) + step + people.length) % people.length);
    } else if ((key === "Enter" || key === "Tab") && active && !event.shiftKey) take(active);
    else if (key === "Escape") setPutAway(typing.from);
    else return false;
    event.preventDefault();
    return true;
  };
  return { people, active, at: Math.min(at, people.length - 1), follow, take, onKey };
}
