import { v5 } from "uuid";
import type { Upload } from "../../api/types";
import type { Pending } from "./outbox";

/** One of the messages that a sending becomes. */
export type PendingPart = {
  /** The client id that the server gives this part: the sending's own for the first, uuid5 of it and n after that. */
  key: string;
  whole: Pending;
  text: string;
  media: Upload | null;
  /** The quote goes with the first, the words of a failure with the last, the buttons with the text. */
  first: boolean;
  last: boolean;
};

export function partId(clientId: string, index: number): string {
  return index === 0 ? clientId : v5(String(index), clientId);
}

/**
 * How a sending looks until the server says what it became: words before files, unless they can stand under the first
 * picture. (Words too long for one message are one here, and several once the server has cut them.)
 */
export function partsOf(pending: Pending): PendingPart[] {
  const { media, text } = pending;
  const [first, ...rest] = media;
  const picture = first?.type === "image" || first?.type === "gif";
  const captioned = first && picture && text !== "" && pending.buttons.length === 0 && !pending.quote;
  const files = (captioned ? rest : media).map((one) => ({ text: "", media: one }));
  const bodies: { text: string; media: Upload | null }[] = captioned
    ? [{ text, media: first }, ...files]
    : [...(text ? [{ text, media: null }] : []), ...files];
  // A template or a question is a message without either.
  if (bodies.length === 0) bodies.push({ text: "", media: null });
  return bodies.map((body, index) => ({
    ...body,
    key: partId(pending.clientId, index),
    whole: pending,
    first: index === 0,
    last: index === bodies.length - 1,
  }));
}
