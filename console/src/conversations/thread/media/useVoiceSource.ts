import { useEffect, useRef } from "react";
import type { Attachment } from "../../../api/types";
import { unpackVoice } from "./amr";

/** Where the sound of a voice message comes from. `src` is undefined when the browser cannot play it as it is: then
 * `prepare` unpacks it into the element, before it is played for the first time. */
export function useVoiceSource(attachment: Attachment) {
  const unpacked = useRef<string>(undefined);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
      if (unpacked.current) URL.revokeObjectURL(unpacked.current);
      unpacked.current = undefined;
    };
  }, []);
  const url = `/api/media/${attachment.media_id}/audio`;
  const packed = attachment.content_type === "audio/amr";
  const prepare = async (element: HTMLAudioElement) => {
    if (!packed || unpacked.current) return;
    const made = await unpackVoice(url);
    if (!alive.current || unpacked.current) {
      URL.revokeObjectURL(made);
      return;
    }
    unpacked.current = made;
    element.src = made;
  };
  return { src: packed ? undefined : url, prepare };
}
