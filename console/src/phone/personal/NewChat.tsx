import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { phoneInWords } from "../../customers/phones";
import { folded } from "../../shared/folded";
import { Sheet } from "../chat/Sheet";
import sheet from "../chat/Sheet.module.css";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import type { Person } from "./api";

const MOST = 50;

/** Whom to write to: by name or phone number. */
export function NewChat({ me, people, close }: { me: string; people: Person[] | null; close: () => void }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const sought = folded(words.replace(/^0(?=\d)/, "84"));
  const shown = (people ?? [])
    .filter((one) => one.uid !== me && folded(`${one.name} ${one.phone ?? ""}`).includes(sought))
    .slice(0, MOST);
  return (
    <Sheet title={t`Tin nhắn mới`} close={close}>
      <div className={sheet.form}>
        <label>
          {t`Tên hoặc số điện thoại`}
          <input type="search" value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        </label>
      </div>
      <ul className={sheet.items}>
        {shown.map((one) => (
          <li key={one.uid}>
            <button
              type="button"
              className={sheet.item}
              onClick={() => go({ oa: null, user: null, me, thread: one.uid, group: false })}
            >
              <Avatar name={one.name} src={one.avatar} size={40} />
              <span className={sheet.words}>
                {one.name}
                {one.phone && <span className={sheet.hint}>{phoneInWords(one.phone)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
