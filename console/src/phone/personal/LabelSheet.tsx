import { useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Sheet } from "../chat/Sheet";
import sheet from "../chat/Sheet.module.css";
import type { Talk } from "./api";
import { Flag } from "./Labels";
import classes from "./Personal.module.css";

type Props = { talk: Talk; set: (text: string, on: boolean) => void; close: () => void };

/** Zalo's labels ("thẻ phân loại") of a thread. */
export function LabelSheet({ talk, set, close }: Props) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const worn = new Set(talk.chat.labels.map((one) => one.text));
  return (
    <Sheet title={t`Thẻ phân loại`} close={close}>
      <ul className={sheet.items}>
        {talk.labels.map(({ text, color }) => (
          <li key={text}>
            <button
              type="button"
              className={sheet.item}
              aria-pressed={worn.has(text)}
              onClick={() => set(text, !worn.has(text))}
            >
              <Flag color={color} />
              <span className={classes.grow}>{text}</span>
              {worn.has(text) && <IconCheck size={20} stroke={2} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      <form
        className={sheet.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!name.trim()) return;
          set(name.trim(), true);
          setName("");
        }}
      >
        <label>
          {t`Thẻ mới`}
          <input
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit" className={sheet.submit} disabled={!name.trim()}>
          {t`Thêm thẻ`}
        </button>
      </form>
    </Sheet>
  );
}
