import { useLingui } from "@lingui/react/macro";
import { IconUserPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { go } from "../shared/address";
import { api } from "../shared/api";
import { useToast } from "../shared/toast";
import classes from "./home.module.css";

const LONGEST = 60;

/** Somebody new, by name: their chat opens at once. */
export function CreateCustomer({ oa }: { oa: string }) {
  const { t } = useLingui();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    try {
      const made = await api.add(oa, name);
      setOpen(false);
      setName("");
      go({ oa, user: made.user_id });
    } catch {
      say(t`Chưa tạo được khách. Hãy thử lại.`);
    }
  };
  if (!open) {
    return (
      <button type="button" className={classes.create} onClick={() => setOpen(true)}>
        <span className={classes.plus}>
          <IconUserPlus size={22} stroke={1.8} aria-hidden />
        </span>
        {t`Tạo khách mới`}
      </button>
    );
  }
  return (
    <form className={classes.form} onSubmit={(event) => void create(event)}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the field comes because somebody asked for it.
        autoFocus
        value={name}
        maxLength={LONGEST}
        placeholder={t`Họ và tên`}
        aria-label={t`Tên khách mới`}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      />
      <button type="submit" className={classes.submit} disabled={!name.trim()}>
        {t`Tạo`}
      </button>
    </form>
  );
}
