import { useLingui } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import type { Attachment } from "../../api/types";
import classes from "./BubbleBody.module.css";
import { MessageButtons } from "./MessageButtons";
import { marked } from "./marked";
import { GRID_WIDTH, isPicture, pictureBox } from "./media/boxes";
import { ContactCard } from "./media/ContactCard";
import { FileCard } from "./media/FileCard";
import { LinkCard } from "./media/LinkCard";
import { LocationCard } from "./media/LocationCard";
import { Pictures, Sticker } from "./media/Pictures";
import { VideoClip } from "./media/VideoClip";
import { VoicePlayer } from "./media/VoicePlayer";
import { QuoteBlock } from "./QuoteBlock";
import { saidBy } from "./said";
import { TemplateCard } from "./TemplateCard";
import type { BubbleEntry } from "./timeline";

type Props = Pick<BubbleEntry, "source" | "album"> & { side: "in" | "out"; failed: boolean; title: string };

/** What was said: pictures and cards bare, words and voices in their bubble, what belongs together in one frame. */
export function BubbleBody({ source, album, side, failed, title }: Props) {
  const { t } = useLingui();
  const said = saidBy({ source, ...(album && { album }) });
  const message = "message" in source ? source.message : null;
  const recalled = message?.recalled ?? null;
  const pictures = said.attachments.filter(isPicture);
  const voices = said.attachments.filter((one) => one.type === "audio");
  const others = said.attachments.filter((one) => !isPicture(one) && one.type !== "audio");
  const words = said.template ? null : said.text;
  const bubbled = words || said.request || voices.length > 0 || said.quote;
  const captioned = pictures.length > 0 && Boolean(words);
  const [picture] = pictures;
  // The caption is as wide as its picture, not the other way round.
  const width = !captioned
    ? undefined
    : pictures.length > 1
      ? GRID_WIDTH
      : Math.max(220, pictureBox(picture?.width, picture?.height).width);

  if (recalled && said.unreadable)
    return (
      <div className={classes.root} data-from={side}>
        <div className={classes.bubble} data-tone="quiet" data-side={side} title={title}>
          {recalled.by === "customer" ? t`Khách đã thu hồi tin nhắn này` : t`Tin nhắn đã được thu hồi`}
        </div>
      </div>
    );
  return (
    <div
      className={classes.root}
      data-from={side}
      data-framed={captioned || undefined}
      data-recalled={recalled !== null || undefined}
      style={{ width }}
    >
      {pictures.length > 0 && <Pictures pictures={pictures} />}
      {bubbled && (
        <div className={classes.bubble} data-tone={failed ? "failed" : side}>
          {said.quote && <QuoteBlock quote={said.quote} />}
          {voices.map((voice) => (
            <VoicePlayer key={voice.media_id ?? voice.url} attachment={voice} />
          ))}
          {said.request && (
            <div className={classes.request}>
              <strong>{said.request.title}</strong>
              <span>{said.request.subtitle}</span>
            </div>
          )}
          {words && (
            <div data-side={side} title={title}>
              {marked(words, message?.mentions ?? []).map((piece) =>
                piece.mention ? (
                  <strong
                    key={piece.at}
                    className={classes.mention}
                    data-me={piece.mention === "me" || undefined}
                  >
                    {piece.text}
                  </strong>
                ) : piece.href ? (
                  <Anchor
                    key={piece.at}
                    href={piece.href}
                    target="_blank"
                    rel="noopener noreferrer"
                    inherit
                    underline="always"
                  >
                    {piece.text}
                  </Anchor>
                ) : (
                  <span key={piece.at}>{piece.text}</span>
                ),
              )}
            </div>
          )}
        </div>
      )}
      {others.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what came with a message never changes places.
        <Other key={index} attachment={attachment} />
      ))}
      {said.template && <TemplateCard template={said.template} text={said.text} />}
      {said.buttons.length > 0 && <MessageButtons buttons={said.buttons} />}
      {said.unreadable && (
        <div className={classes.bubble} data-tone="quiet" data-side={side} title={title}>
          {t`Loại tin này chưa hiển thị được ở đây. Nội dung gốc vẫn được giữ.`}
        </div>
      )}
    </div>
  );
}

function Other({ attachment }: { attachment: Attachment }) {
  switch (attachment.type) {
    case "sticker":
      return <Sticker attachment={attachment} />;
    case "video":
      return <VideoClip attachment={attachment} />;
    case "location":
      return <LocationCard attachment={attachment} />;
    case "link":
      return <LinkCard attachment={attachment} />;
    case "contact_card":
      return <ContactCard attachment={attachment} />;
    default:
      return <FileCard attachment={attachment} />;
  }
}
