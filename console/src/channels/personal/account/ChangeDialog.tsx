import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Choice, StaffPicker } from "../../../people/choosing/StaffPicker";
import dialog from "../../../shared/ui/Dialog.module.css";
import { ModalOrSheet } from "../../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../../shared/useProblemText";
import { useChangePersonalAccount } from "../queries";
import type { PersonalAccountDetail, SimKind } from "../types";
import { usePersonalWords } from "../words";

type Props = { account: PersonalAccountDetail; close: () => void };

/** Another holder, another kind of SIM, another way out to the network. */
export function ChangeDialog({ account, close }: Props) {
  const { t } = useLingui();
  const words = usePersonalWords();
  const problemText = useProblemText();
  const change = useChangePersonalAccount(account.id);
  const [holder, setHolder] = useState<Choice>(account.holder);
  const [sim, setSim] = useState<SimKind>(account.sim === "company" ? "company" : "own");
  const [proxy, setProxy] = useState("");
  const [without, setWithout] = useState(false);
  const ready = holder !== null && holder !== "nobody";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    // Null leaves it as it is, nothing at all takes it away.
    const way = without ? "" : proxy.trim() || null;
    change.mutate({ holder_id: holder.id, sim, proxy: way }, { onSuccess: close });
  };
  return (
    <ModalOrSheet title={t`Đổi người giữ, loại SIM`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <StaffPicker label={t`Người giữ tài khoản`} value={holder} choose={setHolder} />
        <Radio.Group
          label={t`Số điện thoại của tài khoản`}
          value={sim}
          onChange={(value) => setSim(value as SimKind)}
        >
          {(["company", "own"] as const).map((kind) => (
            <Radio
              key={kind}
              mt="xs"
              value={kind}
              label={words.sims[kind].name}
              description={words.sims[kind].says}
            />
          ))}
        </Radio.Group>
        {sim !== account.sim && (
          <Alert color="yellow" variant="light" role="status">
            {sim === "own"
              ? t`Từ lúc lưu, chỉ người được đánh dấu là công việc mới được ghi. Tin đã ghi trước đó vẫn còn.`
              : t`Số riêng chỉ thành số của công ty khi chính người giữ kết nối lại: chọn số của công ty, đồng ý và quét mã QR.`}
          </Alert>
        )}
        {account.sim === "own" && ready && holder.id !== account.holder.id && (
          <Alert color="yellow" variant="light" role="status">
            {t`Khi đổi người giữ, mọi đánh dấu công việc kết thúc. Người giữ mới cần quét mã QR trên điện thoại dùng số này rồi mới đánh dấu được.`}
          </Alert>
        )}
        <TextInput
          label={t`Địa chỉ proxy`}
          description={
            account.proxy
              ? t`Đang có một địa chỉ. Bỏ trống để giữ nguyên.`
              : t`Không bắt buộc. Bỏ trống thì dùng mạng của máy chủ.`
          }
          autoComplete="off"
          spellCheck={false}
          disabled={without}
          value={proxy}
          onChange={(event) => setProxy(event.currentTarget.value)}
        />
        {account.proxy && (
          <Checkbox
            label={t`Bỏ proxy, đi ra bằng mạng của máy chủ`}
            checked={without}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />
        )}
        {change.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(change.error)}
          </Alert>
        )}
        <div className={dialog.buttons}>
          <Button variant="default" disabled={change.isPending} onClick={close}>
            {t`Thôi`}
          </Button>
          <Button type="submit" disabled={!ready} loading={change.isPending}>
            {t`Lưu`}
          </Button>
        </div>
      </form>
    </ModalOrSheet>
  );
}
