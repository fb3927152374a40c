import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { complete, mentionAt, type Typing } from "./mentions";

const MOST_SHOWN = 8;

/** Somebody who can be named behind an @. */
export type Named = { id: number | string; name: string };

type Options<P extends Named> = {
  input: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  mention: (person: P) => void;
  /** Who fits what was typed, the nearest first; null: nobody types a name now. */
  usePeople: (sought: string | null) => readonly P[];
};

/** The list of people behind an @: it follows what is typed, takes the arrows, Enter and Tab, and Escape puts it away. */
export function useMentioning<P extends Named>({ input, text, write, mention, usePeople }: Options<P>) {
  const [typing, setTyping] = useState<Typing | null>(null);
  const [putAway, setPutAway] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const caret = useRef<number | null>(null);
  const sought = typing?.typed.normalize("NFC").trim() ?? "";
  const found = usePeople(typing ? sought : null);
  const people = typing && typing.from !== putAway ? found.slice(0, MOST_SHOWN) : [];
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
  const take = (person: P) => {
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
