import { useLingui } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import { ImageAttachment, StickerAttachment } from "./attachments";
import classes from "./BubbleBody.module.css";
import { linkify } from "./linkify";
import type { BubbleEntry } from "./timeline";

type Props = { source: BubbleEntry["source"]; side: "in" | "out"; failed: boolean; title: string };

/** What was said: pictures and stickers bare, text in its bubble. */
export function BubbleBody({ source, side, failed, title }: Props) {
  const { t } = useLingui();
  const message = "message" in source ? source.message : null;
  const text = "pending" in source ? source.pending.text : source.message.text;
  const unreadable = message?.kind === "unsupported" || (!text && message?.attachments.length === 0);
  return (
    <>
      {message?.attachments.map((attachment) =>
        attachment.type === "sticker" ? (
          <StickerAttachment key={attachment.url} attachment={attachment} />
        ) : (
          <ImageAttachment key={attachment.url} attachment={attachment} />
        ),
      )}
      {text && (
        <div className={classes.bubble} data-side={side} data-failed={failed || undefined} title={title}>
          {linkify(text).map((piece) =>
            piece.href ? (
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
      {unreadable && (
        <div className={classes.bubble} data-side={side} data-quiet title={title}>
          {t`Loại tin này chưa hiển thị được ở đây. Nội dung gốc vẫn được giữ.`}
        </div>
      )}
    </>
  );
}
