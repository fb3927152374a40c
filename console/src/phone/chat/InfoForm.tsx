import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { Info, Thread } from "../shared/api";
import { useDeeds } from "./context";
import { Sheet } from "./Sheet";
import classes from "./Sheet.module.css";

/** The form for details, with what the account knows already. */
export function InfoForm({ thread, close }: { thread: Thread; close: () => void }) {
  const { t } = useLingui();
  const { attempt, phone, say } = useDeeds();
  const { shared, customer, account } = thread;
  const [info, setInfo] = useState<Info>({
    name: shared.name ?? customer.name,
    phone: shared.phone ?? "",
    city: shared.city ?? customer.life?.city ?? "",
    ward: shared.ward ?? "",
    address: shared.address ?? "",
  });
  const fields = [
    ["name", t`Họ và tên`, "name"],
    ["phone", t`Số điện thoại`, "tel"],
    ["address", t`Địa chỉ`, "street-address"],
    ["ward", t`Phường, xã`, "address-level3"],
    ["city", t`Tỉnh, thành phố`, "address-level1"],
  ] as const;
  const ready = info.name.trim() !== "" && info.phone.replace(/\D/g, "").length >= 9;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    close();
    void attempt(async () => {
      await phone.fillIn(info);
      say(t`Đã gửi thông tin cho ${account.name}`);
    });
  };
  return (
    <Sheet title={t`Thông tin liên hệ`} close={close}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.lead}>{t`${account.name} sẽ nhận được những gì bạn điền ở đây.`}</p>
        {fields.map(([key, label, hint]) => (
          <label key={key}>
            {label}
            <input
              value={info[key]}
              type={key === "phone" ? "tel" : "text"}
              maxLength={200}
              autoComplete={hint}
              onChange={(event) => setInfo({ ...info, [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" className={classes.submit} disabled={!ready}>
          {t`Gửi thông tin`}
        </button>
      </form>
    </Sheet>
  );
}
