import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

/** Puts text where the caret stands in a controlled field, in place of what is selected, and the caret behind it. */
export function useInsertion(
  input: RefObject<HTMLTextAreaElement | null>,
  value: string,
  write: (value: string) => void,
): (text: string) => void {
  const caret = useRef<number | null>(null);
  const latest = useRef(value);
  // A field that nobody was in yet says that its caret is at the start; a draft goes on at its end.
  const entered = useRef(false);
  useEffect(() => {
    const field = input.current;
    const enter = () => {
      entered.current = true;
    };
    field?.addEventListener("focus", enter);
    return () => field?.removeEventListener("focus", enter);
  }, [input]);
  useLayoutEffect(() => {
    latest.current = value;
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [input, value]);
  return useCallback(
    (text: string) => {
      const before = latest.current;
      const field = entered.current ? input.current : null;
      const from = field?.selectionStart ?? before.length;
      const until = field?.selectionEnd ?? before.length;
      caret.current = from + text.length;
      write(before.slice(0, from) + text + before.slice(until));
    },
    [input, write],
  );
}
