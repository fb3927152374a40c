import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Imported } from "../../../api/account";
import { CopyField } from "../../../shared/ui/CopyField";
import { Section } from "../../../shared/ui/Section";
import { useCopy } from "../../../shared/useCopy";
import classes from "./ImportPage.module.css";

/** Who was added. Whom no mail reaches gets their link from whoever reads this; it is shown here only. */
export function ImportDone({ done }: { done: Imported }) {
  const { t } = useLingui();
  const { copied, copy } = useCopy();
  const { added } = done;
  const byHand = done.people.filter((person) => !person.mailed);
  const all = byHand.map(({ name, login, link }) => [name, login, link].join("\t")).join("\n");
  return (
    <Section
      title={t`${plural(added, { one: "Đã thêm # người", other: "Đã thêm # người" })}`}
      lead={
        byHand.length === 0
          ? t`Thư mời đang được gửi tới tất cả.`
          : t`Hãy gửi riêng cho mỗi người dưới đây đường dẫn của họ. Các đường dẫn chỉ hiện một lần này.`
      }
      actions={
        byHand.length > 0 && (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
            onClick={() => void copy(all)}
          >
            {copied ? t`Đã chép` : t`Chép tất cả`}
          </Button>
        )
      }
    >
      {byHand.length > 0 && (
        <ul className={classes.people}>
          {byHand.map(({ id, name, login, link }) => (
            <li key={id}>
              <CopyField label={name} hint={login} value={link} />
            </li>
          ))}
        </ul>
      )}
      <Button className={classes.confirm} renderRoot={(props) => <Link to="/staff" {...props} />}>
        {t`Về danh sách nhân viên`}
      </Button>
    </Section>
  );
}
