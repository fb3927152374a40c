import { useLingui } from "@lingui/react/macro";
import { Anchor, Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { ConversationDetail, Template } from "../../api/types";
import { formatNumber } from "../../shared/time/calendar";
import { uuid } from "../../shared/uuid";
import { useOutbox } from "../outbox/useOutbox";
import { safeAddress } from "../thread/media/addresses";
import { TemplateCard } from "../thread/TemplateCard";
import classes from "./TemplateDialog.module.css";
import { inputModeOf, missingParams } from "./templates";

type Props = { template: Template; conversation: ConversationDetail; done: () => void };

export function TemplateForm({ template, conversation, done }: Props) {
  const { t } = useLingui();
  const outbox = useOutbox();
  const [data, setData] = useState<Record<string, string>>({});
  const [via, setVia] = useState<"uid" | "phone">(template.via[0] ?? "uid");
  const [tried, setTried] = useState(false);
  const missing = missingParams(template, data);
  const price = via === "phone" ? (template.price_phone_dong ?? template.price_dong) : template.price_dong;
  const preview = safeAddress(template.preview_url);
  const filled = Object.fromEntries(
    template.params.flatMap(({ name }) => {
      const value = data[name]?.normalize("NFC").trim();
      return value ? [[name, value] as const] : [];
    }),
  );

  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0) return;
    const { template_id: templateId, name } = template;
    outbox.send(conversation.id, uuid(), "", { template: { templateId, name, data: filled, via } });
    done();
  };

  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <div className={classes.fields}>
        {template.via.length > 1 && (
          <SegmentedControl
            fullWidth
            aria-label={t`Cách gửi`}
            value={via}
            onChange={(value) => setVia(value as "uid" | "phone")}
            data={[
              { value: "uid", label: t`Qua Zalo` },
              { value: "phone", label: t`Theo số điện thoại` },
            ]}
          />
        )}
        {template.params.map((param) => (
          <TextInput
            key={param.name}
            label={param.name}
            withAsterisk={param.required}
            required={param.required}
            {...(param.max_length !== null && { maxLength: param.max_length })}
            inputMode={inputModeOf(param.type)}
            value={data[param.name] ?? ""}
            onChange={(event) => setData({ ...data, [param.name]: event.currentTarget.value })}
            error={tried && missing.includes(param.name) ? t`Hãy điền ô này` : undefined}
          />
        ))}
        {template.params.length === 0 && <p className={classes.none}>{t`Mẫu này không có chỗ cần điền.`}</p>}
      </div>
      <div className={classes.preview}>
        <p className={classes.caption}>{t`Khách sẽ nhận`}</p>
        <TemplateCard
          template={{
            template_id: template.template_id,
            name: template.name,
            via,
            fields: template.params.map(({ name }) => ({ name, value: filled[name] ?? "…" })),
            link_url: null,
            answers: [],
          }}
          text={null}
        />
        {preview && (
          <Anchor href={preview.href} target="_blank" rel="noopener noreferrer" size="sm">
            {t`Xem mẫu trên Zalo`} <IconExternalLink size={14} aria-hidden />
          </Anchor>
        )}
      </div>
      <div className={classes.foot}>
        <span className={classes.price}>
          {price === null ? t`Zalo không cho biết giá` : t`Giá ${formatNumber(price)} đ mỗi tin`}
        </span>
        <Button type="submit">{t`Gửi tin mẫu`}</Button>
      </div>
    </form>
  );
}
