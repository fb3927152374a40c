import { useLingui } from "@lingui/react/macro";
import { Button, Radio, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Choice, StaffPicker } from "../../../people/choosing/StaffPicker";
import { useMe } from "../../../people/session";
import steps from "../../connect/ConnectPage.module.css";
import type { SimKind } from "../types";
import { usePersonalWords } from "../words";
import classes from "./Connect.module.css";
import type { Who } from "./ConnectPersonalPage";

const SIMS: readonly SimKind[] = ["company", "own"];

type Props = { manages: boolean; submit: (who: Who) => void };

/** Who holds the account, and on whose SIM it stands. */
export function WhoStep({ manages, submit }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const words = usePersonalWords();
  const [holder, setHolder] = useState<Choice>(manages ? null : { id: me.id, name: me.name });
  const [sim, setSim] = useState<SimKind | null>(null);
  const [proxy, setProxy] = useState("");
  const ready = holder !== null && holder !== "nobody" && sim !== null;
  return (
    <form
      className={steps.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (ready) submit({ holder, sim, proxy });
      }}
    >
      {manages ? (
        <StaffPicker label={t`Người giữ tài khoản`} value={holder} choose={setHolder} />
      ) : (
        <p className={classes.plain}>{t`Bạn (${me.name}) là người giữ tài khoản này.`}</p>
      )}
      <Radio.Group
        label={t`Số điện thoại của tài khoản`}
        value={sim ?? ""}
        onChange={(value) => setSim(value as SimKind)}
      >
        <div className={classes.choices}>
          {SIMS.map((kind) => (
            <Radio.Card key={kind} value={kind} className={classes.choice} aria-label={words.sims[kind].name}>
              <Radio.Indicator />
              <span className={classes.choiceWords}>
                <strong>{words.sims[kind].name}</strong>
                <span>{words.sims[kind].says}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {manages && (
        <details className={classes.more}>
          <summary>{t`Đi qua máy chủ trung gian (không bắt buộc)`}</summary>
          <TextInput
            label={t`Địa chỉ proxy`}
            description={t`Mỗi tài khoản nên đi ra Internet từ một địa chỉ cố định. Bỏ trống thì dùng mạng của máy chủ.`}
            autoComplete="off"
            spellCheck={false}
            value={proxy}
            onChange={(event) => setProxy(event.currentTarget.value)}
          />
        </details>
      )}
      <Button type="submit" className={steps.submit} disabled={!ready}>
        {t`Tiếp tục`}
      </Button>
    </form>
  );
}
