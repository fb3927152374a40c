import { useLingui } from "@lingui/react/macro";
import { linkify } from "../../conversations/thread/linkify";
import { CardPart, FilePart, LinkPart, LocationPart } from "./Cards";
import classes from "./Content.module.css";
import { ListCard, RequestCard, TemplateCard } from "./Forms";
import { Picture, Sticker, Video } from "./Media";
import { firstPayload, text } from "./parts";
import type { Shown } from "./timeline";
import { Voice } from "./Voice";

/** What is looked at rather than read stands without a bubble. */
export function isBare(message: Shown): boolean {
  const looked = ["image", "gif", "sticker", "video"].includes(message.type);
  return looked && !message.text && !message.quote && !message.extra.buttons?.length;
}

export function Content({ message }: { message: Shown }) {
  const { type, extra } = message;
  const payload = firstPayload(message.attachments);
  if (extra.request_user_info) return <RequestCard request={extra.request_user_info} />;
  if (extra.template) return <TemplateCard message={message} />;
  switch (type) {
    case "image":
    case "gif":
      return (
        <>
          <Picture payload={payload} moving={type === "gif"} preview={message.preview} />
          <Words text={message.text} />
        </>
      );
    case "sticker":
      return <Sticker payload={payload} preview={message.preview} />;
    case "audio":
      return <Voice url={text(payload, "url")} />;
    case "video":
      return <Video payload={payload} pending={Boolean(message.pending)} />;
    case "file":
      return <FilePart payload={payload} />;
    case "location":
      return <LocationPart payload={payload} />;
    case "link":
      return <LinkPart payload={payload} words={message.text} />;
    case "business_card":
      return <CardPart payload={payload} />;
    case "recalled":
      return <Recalled />;
    case "list":
      return <ListCard message={message} />;
    default:
      return <Words text={message.text} />;
  }
}

function Recalled() {
  const { t } = useLingui();
  return <p className={classes.recalled}>{t`Tin nhắn đã được thu hồi`}</p>;
}

export function Words({ text: words }: { text: string | null }) {
  if (!words) return null;
  return (
    <p className={classes.words}>
      {linkify(words).map(({ at, text: piece, href }) =>
        href ? (
          <a key={at} href={href} target="_blank" rel="noopener noreferrer">
            {piece}
          </a>
        ) : (
          <span key={at}>{piece}</span>
        ),
      )}
    </p>
  );
}
