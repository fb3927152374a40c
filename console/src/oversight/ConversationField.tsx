import { useLingui } from "@lingui/react/macro";
import { TextInput, type TextInputProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { conversationCode, conversationIdOf } from "./search";

const PAUSE_MS = 300;

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  value: number | undefined;
  choose: (conversationId: number | undefined) => void;
};

/** A conversation by its code, as it stands in its header. */
export function ConversationField({ value, choose, ...props }: Props) {
  const { t } = useLingui();
  const [words, setWords] = useState(value ? conversationCode(value) : "");
  const look = useDebouncedCallback((typed: string) => choose(conversationIdOf(typed)), PAUSE_MS);
  // Another was chosen elsewhere.
  useEffect(
    () =>
      setWords((before) =>
        conversationIdOf(before) === value ? before : value ? conversationCode(value) : before && "",
      ),
    [value],
  );
  const odd = words.trim() !== "" && conversationIdOf(words) === undefined;
  return (
    <TextInput
      size="md"
      aria-label={t`Mã hội thoại`}
      placeholder={t`Mã hội thoại, như HT-000123`}
      maxLength={20}
      value={words}
      error={odd && t`Mã có dạng HT-000123`}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        look(event.currentTarget.value);
      }}
      {...props}
    />
  );
}
