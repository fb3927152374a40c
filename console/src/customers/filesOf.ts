import type { Attachment, Message } from "../api/types";
import { isPicture } from "../conversations/thread/media/boxes";

/** Those that can be opened, newest first. */
export function sharedOf(messages: readonly Message[]): { pictures: Attachment[]; files: Attachment[] } {
  const all = messages.flatMap((message) => message.attachments).filter((one) => one.url);
  return {
    pictures: all.filter(isPicture).reverse(),
    files: all.filter((one) => one.type === "file").reverse(),
  };
}
