import { useLingui } from "@lingui/react/macro";
import { IconTemplate } from "@tabler/icons-react";
import type { SentTemplate } from "../../api/types";
import { useDates } from "../../shared/time/useDates";
import { safeAddress } from "./media/addresses";
import classes from "./TemplateCard.module.css";

/** The name stands above already. */
function wordsOf(name: string | null, text: string | null): string {
  if (!text) return "";
  return (name && text.startsWith(name) ? text.slice(name.length) : text).trim();
}

/** A message by template: its name, which way it went, what was filled in, and what the customer answered to it. */
export function TemplateCard({ template, text }: { template: SentTemplate; text: string | null }) {
  const { t } = useLingui();
  const dates = useDates();
  const words = template.fields.length > 0 ? null : wordsOf(template.name, text);
  const link = safeAddress(template.link_url);
  const way = () => {
    if (template.via === "phone") return t`Tin mẫu, gửi theo số điện thoại`;
    return template.via === "uid" ? t`Tin mẫu, gửi qua Zalo` : t`Tin mẫu`;
  };
  return (
    <div className={classes.root}>
      <p className={classes.way}>
        <IconTemplate size={15} stroke={1.75} aria-hidden />
        {way()}
      </p>
      {template.name && <p className={classes.name}>{template.name}</p>}
      {words && <p className={classes.text}>{words}</p>}
      {template.fields.length > 0 && (
        <dl className={classes.fields}>
          {template.fields.map((field) => (
            <div key={field.name} className={classes.field}>
              <dt>{field.name}</dt>
              <dd>{field.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {link && (
        <a className={classes.link} href={link.href} target="_blank" rel="noopener noreferrer">
          {t`Xem nội dung mẫu`}
        </a>
      )}
      {template.answers.length > 0 && (
        <ul className={classes.answers} aria-label={t`Khách trả lời mẫu này`}>
          {template.answers.map((answer) => (
            <li key={`${answer.name} ${answer.at}`}>
              <span>{answer.text}</span>
              <time dateTime={answer.at}>{dates.dateTime(answer.at)}</time>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
