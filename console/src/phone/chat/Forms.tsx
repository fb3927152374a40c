import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconChevronRight, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useState } from "react";
import { phoneAddress, safeAddress } from "../../conversations/thread/media/addresses";
import type { Message, Payload, TemplateButton } from "../shared/api";
import { Words } from "./Content";
import classes from "./Content.module.css";
import { useDeeds } from "./context";
import { picture, text } from "./parts";

function Cover({ address }: { address: string | null }) {
  const [broken, setBroken] = useState(false);
  const src = picture(address);
  if (!src || broken) return null;
  return <img className={classes.cover} src={src} alt="" onError={() => setBroken(true)} />;
}

/** The account asks for details; the form opens over the chat. */
export function RequestCard({
  request,
}: {
  request: { title: string; subtitle: string; image_url: string };
}) {
  const { t } = useLingui();
  const { askInfo } = useDeeds();
  return (
    <div className={classes.form}>
      <Cover address={request.image_url} />
      <p className={classes.title}>{request.title}</p>
      <p className={classes.sub}>{request.subtitle}</p>
      <button type="button" className={classes.act} onClick={askInfo}>
        {t`Cung cấp thông tin`}
      </button>
    </div>
  );
}

/** The first row large, the others under it, as Zalo draws a list. */
export function ListCard({ message }: { message: Message }) {
  const [lead, ...rows] = message.attachments.map((part) => part.payload);
  if (!lead) return <Words text={message.text} />;
  return (
    <div className={classes.form}>
      <Cover address={text(lead, "thumbnail")} />
      <Words text={message.text} />
      <Row payload={lead} large />
      {rows.length > 0 && (
        <ul className={classes.rows}>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a message never move.
            <li key={index}>
              <Row payload={row} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ payload, large = false }: { payload: Payload; large?: boolean }) {
  const address = safeAddress(text(payload, "url"));
  const thumbnail = large ? null : picture(text(payload, "thumbnail"));
  const inside = (
    <>
      <span className={classes.facts}>
        <span className={classes.title}>{text(payload, "title")}</span>
        {text(payload, "description") && <span className={classes.meta}>{text(payload, "description")}</span>}
      </span>
      {thumbnail ? <img src={thumbnail} alt="" /> : address && <IconChevronRight size={18} aria-hidden />}
    </>
  );
  if (!address) return <span className={classes.item}>{inside}</span>;
  return (
    <a className={classes.item} href={address.href} target="_blank" rel="noopener noreferrer">
      {inside}
    </a>
  );
}

const CALLS = 2;

export function TemplateCard({ message }: { message: Message }) {
  const { zns, template } = message.extra;
  return (
    <div className={classes.form}>
      <p className={classes.title}>{template?.name}</p>
      <div className={classes.sub}>
        <Words text={message.text} />
      </div>
      {zns?.asks === "rating" && <Stars message={message} />}
      {zns?.buttons.map((button) => (
        <TemplateAct key={`${button.type} ${button.title}`} button={button} />
      ))}
    </div>
  );
}

function TemplateAct({ button }: { button: TemplateButton }) {
  const href = button.type === CALLS ? phoneAddress(button.content) : safeAddress(button.content)?.href;
  if (!href) return <span className={classes.act}>{button.title}</span>;
  const away = href.startsWith("http") ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return (
    <a className={classes.act} href={href} {...away}>
      {button.title}
    </a>
  );
}

function Stars({ message }: { message: Message }) {
  const { t } = useLingui();
  const { attempt, phone } = useDeeds();
  const given = message.extra.zns?.answer?.rate ?? 0;
  return (
    <>
      <div className={classes.stars}>
        {[1, 2, 3, 4, 5].map((rate) => (
          <button
            key={rate}
            type="button"
            disabled={given > 0}
            aria-label={t`${plural(rate, { one: "# sao", other: "# sao" })}`}
            onClick={() => void attempt(() => phone.rate(message.msg_id, rate))}
          >
            {rate <= given ? <IconStarFilled size={26} /> : <IconStar size={26} stroke={1.6} />}
          </button>
        ))}
      </div>
      {given > 0 && <p className={classes.done}>{t`Cảm ơn bạn đã đánh giá`}</p>}
    </>
  );
}
