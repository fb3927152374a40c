import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Attachment } from "../api/types";
import { flattenThread } from "../conversations/cache/threadPages";
import { threadQuery } from "../conversations/queries";
import { ImageViewerProvider, useImageViewer } from "../conversations/thread/ImageViewer";
import { FileCard } from "../conversations/thread/media/FileCard";
import { sharedOf } from "./filesOf";
import classes from "./SharedFiles.module.css";

const MOST_PICTURES = 9;
const MOST_FILES = 5;

/** The newest pictures and files of the conversation, out of what the thread has read so far. */
export function SharedFiles({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  // The thread reads; this only looks.
  const { data } = useInfiniteQuery({ ...threadQuery(conversationId), enabled: false });
  const messages = useMemo(() => (data ? flattenThread(data) : []), [data]);
  const { pictures, files } = useMemo(() => sharedOf(messages), [messages]);
  if (pictures.length === 0 && files.length === 0) return null;
  return (
    <ImageViewerProvider messages={messages}>
      <section className={classes.root} aria-label={t`Ảnh và tệp`}>
        <h3 className={classes.title}>{t`Ảnh và tệp`}</h3>
        {pictures.length > 0 && (
          <div className={classes.grid}>
            {pictures.slice(0, MOST_PICTURES).map((one) => (
              <Tile key={one.media_id ?? one.url} picture={one} />
            ))}
          </div>
        )}
        {files.slice(0, MOST_FILES).map((one) => (
          <FileCard key={one.media_id ?? one.url} attachment={one} />
        ))}
      </section>
    </ImageViewerProvider>
  );
}

function Tile({ picture }: { picture: Attachment }) {
  const { t } = useLingui();
  const open = useImageViewer();
  const { url } = picture;
  if (!url) return null;
  return (
    <button type="button" className={classes.tile} aria-label={t`Xem ảnh`} onClick={() => open(url)}>
      <img src={picture.thumbnail_url ?? url} alt="" loading="lazy" />
    </button>
  );
}
