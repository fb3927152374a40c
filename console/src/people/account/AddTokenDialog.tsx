import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Modal, NativeSelect, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useIsPhone } from "../../shared/breakpoints";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { CopyField } from "../../shared/ui/CopyField";
import dialog from "../../shared/ui/Dialog.module.css";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./AddTokenDialog.module.css";
import { useAddToken } from "./queries";
import { scopeGroups } from "./scopes";

const DAY_MS = 24 * 3600_000;
const LASTS_DAYS = [30, 90, 180, 365] as const;

type Props = { scopes: readonly string[]; close: () => void };

/** Name, what it may do, how long; then the token itself, which nobody can read again. */
export function AddTokenDialog({ scopes, close }: Props) {
  const { t, i18n } = useLingui();
  const closeButton = useCloseButton();
  const phone = useIsPhone();
  const problemText = useProblemText();
  useReturnFocus();
  const adding = useAddToken();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<number>(90);
  const lasts: Record<(typeof LASTS_DAYS)[number], string> = {
    30: t`30 ngày`,
    90: t`90 ngày`,
    180: t`6 tháng`,
    365: t`1 năm`,
  };
  if (adding.data)
    return (
      <Modal
        opened
        onClose={close}
        title={t`Đã tạo mã API`}
        size={520}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <div className={dialog.form}>
          <p className={dialog.text}>
            {t`Mã chỉ hiện một lần này. Ai có mã đều làm được những việc bạn đã chọn, hãy cất như mật khẩu.`}
          </p>
          <CopyField label={t`Mã API`} value={adding.data.token} />
          <Button className={dialog.submit} onClick={close} data-autofocus>
            {t`Tôi đã chép`}
          </Button>
        </div>
      </Modal>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires_at = new Date(Date.now() + days * DAY_MS).toISOString();
    adding.mutate({ name: name.trim(), scopes: [...chosen], expires_at });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Tạo mã API`}
      size={560}
      fullScreen={phone}
      closeButtonProps={closeButton}
    >
      <form className={dialog.form} onSubmit={submit}>
        <TextInput
          label={t`Tên`}
          description={t`Chương trình nào sẽ dùng, ví dụ "Phần mềm kế toán".`}
          autoComplete="off"
          maxLength={100}
          data-autofocus
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t`Dùng được trong`}
          size="md"
          rightSection={<IconChevronDown size={16} stroke={1.6} />}
          value={days}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={LASTS_DAYS.map((one) => ({ value: `${one}`, label: lasts[one] }))}
        />
        <p className={classes.hint}>
          {t`Mã chỉ thấy những gì bạn thấy, và chỉ làm được những việc được chọn dưới đây.`}
        </p>
        {scopeGroups(scopes).map((group) => (
          <fieldset key={group.name.id} className={classes.group}>
            <legend>{i18n._(group.name)}</legend>
            {group.scopes.map(({ scope, name: words }) => (
              <Checkbox
                key={scope}
                className={classes.scope}
                label={words ? i18n._(words) : <code translate="no">{scope}</code>}
                checked={chosen.includes(scope)}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope),
                  )
                }
              />
            ))}
          </fieldset>
        ))}
        {adding.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(adding.error)}
          </Alert>
        )}
        <div className={dialog.foot}>
          <Button
            type="submit"
            className={dialog.submit}
            disabled={name.trim() === "" || chosen.length === 0}
            loading={adding.isPending}
          >
            {t`Tạo mã API`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
