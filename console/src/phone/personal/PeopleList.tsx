import { useLingui } from "@lingui/react/macro";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { phoneInWords } from "../../customers/phones";
import { folded } from "../../shared/folded";
import home from "../home/home.module.css";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import { useToast } from "../shared/toast";
import { people as api, type Person } from "./api";
import classes from "./Personal.module.css";

const LONGEST = 60;

type Props = { people: Person[] | null; me: string };

/** Everybody whose phone one can hold; accounts that Sổ Khách knows stand first. */
export function PeopleList({ people, me }: Props) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const sought = folded(words);
  const shown = (people ?? []).filter(
    (one) => !sought || folded(`${one.name} ${one.phone ?? ""}`).includes(sought),
  );
  return (
    <>
      <div className={home.tools}>
        <label className={home.search}>
          <IconSearch size={18} stroke={1.8} aria-hidden />
          <input
            type="search"
            value={words}
            placeholder={t`Tìm tên, số điện thoại`}
            aria-label={t`Tìm người`}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </label>
      </div>
      <div className={home.screen}>
        <NewPerson />
        {people && shown.length === 0 && <p className={home.empty}>{t`Chưa có ai như vậy.`}</p>}
        <ul className={home.list} aria-label={t`Người dùng Zalo`}>
          {shown.map((one) => (
            <li key={one.uid}>
              <button
                type="button"
                className={home.row}
                aria-current={one.uid === me || undefined}
                onClick={() => go({ oa: null, user: null, me: one.uid })}
              >
                <Avatar name={one.name} src={one.avatar} size={48} />
                <span className={home.words}>
                  <span className={home.name}>{one.name}</span>
                  <span className={home.dim}>{one.phone ? phoneInWords(one.phone) : t`Không có số`}</span>
                </span>
                {one.account && (
                  <span className={classes.mark} data-on={one.connected || undefined}>
                    {one.connected ? t`Đang kết nối` : t`Đã ngắt`}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function NewPerson() {
  const { t } = useLingui();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    try {
      const made = await api.add(name);
      setOpen(false);
      setName("");
      go({ oa: null, user: null, me: made.uid });
    } catch {
      say(t`Chưa tạo được. Hãy thử lại.`);
    }
  };
  if (!open) {
    return (
      <button type="button" className={home.create} onClick={() => setOpen(true)}>
        <span className={home.plus}>
          <IconUserPlus size={22} stroke={1.8} aria-hidden />
        </span>
        {t`Tạo người mới`}
      </button>
    );
  }
  return (
    <form className={home.form} onSubmit={(event) => void create(event)}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the field comes because somebody asked for it.
        autoFocus
        value={name}
        maxLength={LONGEST}
        placeholder={t`Họ và tên`}
        aria-label={t`Tên người mới`}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      />
      <button type="submit" className={home.submit} disabled={!name.trim()}>
        {t`Tạo`}
      </button>
    </form>
  );
}
