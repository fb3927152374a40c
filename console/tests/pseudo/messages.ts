import type { Delivery } from "../../src/api/types";
import { ago, attachment, message, reply } from "../fixtures";

const states: Delivery["state"][] = ["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"];

const stateless = { media_id: null, state: "none", url: null } as const;
const everyKind = [
  ...(["image", "gif", "sticker", "audio", "video", "file"] as const).flatMap((type, index) =>
    (["stored", "pending", "failed", "refused"] as const).map((state, step) => {
      const stored = state === "stored";
      const media_id = 100 + index * 10 + step;
      return message(100 + index * 10 + step, {
        kind: type,
        text: null,
        attachments: [
          attachment(type, {
            media_id,
            state,
            url: stored ? `/api/media/${media_id}` : null,
            size_bytes: 12_345,
          }),
        ],
      });
    }),
  ),
  message(200, {
    kind: "image",
    attachments: [1, 2, 3].map((media_id) =>
      attachment("image", { media_id, url: `/api/media/${media_id}` }),
    ),
  }),
  message(201, {
    kind: "location",
    text: null,
    attachments: [
      attachment("location", { ...stateless, latitude: 10.9, longitude: 106.7 }),
      attachment("location", stateless),
    ],
  }),
  message(202, {
    kind: "link",
    text: null,
    attachments: [attachment("link", { ...stateless, title: "Σελίδα" }), attachment("link", stateless)],
  }),
  message(203, {
    kind: "contact_card",
    text: null,
    attachments: [
      attachment("contact_card", { ...stateless, title: "Λαν", phone: "0912345678" }),
      attachment("contact_card", stateless),
    ],
  }),
  message(204, {
    quote: { message_id: 4, author_name: null, direction: "in", kind: "image", text: null },
    reactions: [{ icon: "/-heart", count: 2, names: [], mine: true }],
  }),
  reply(205, "seen", {
    quote: { message_id: null, author_name: null, direction: "out", kind: null, text: null },
    buttons: [{ title: "Ναι", type: "oa.query.show", payload: "Ναι" }],
    reactions: [{ icon: ":o", count: 1, names: ["Λαν"], mine: false }],
  }),
  ...([null, "uid", "phone"] as const).map((via, index) =>
    reply(206 + index, "delivered", {
      kind: "template",
      text: null,
      template: {
        template_id: "1",
        name: "Πρότυπο",
        via,
        fields: [{ name: "τιμή", value: "1" }],
        link_url: null,
        answers: [{ name: "α", text: "Πέντε", at: ago(2) }],
      },
    }),
  ),
];

/** One message of each kind, in each state that a page shows differently. */
export const everyMessage = [
  message(1, { kind: "event", text: null, event: { name: "follow", text: "Ακολουθεί" } }),
  message(2, { kind: "event", text: null, event: { name: "user_call_oa", text: "Κλήση" } }),
  message(3, { kind: "event", text: null }),
  message(4, { sent_at: ago(60 * 24 * 9) }),
  message(5, { sent_at: ago(60 * 24) }),
  message(6, { kind: "unsupported", text: null }),
  ...(["image", "sticker"] as const).map((type, index) =>
    message(7 + index, {
      kind: type,
      text: null,
      attachments: [attachment(type, { media_id: index, url: `/api/media/${index}` })],
    }),
  ),
  message(9, { direction: "out", author: { kind: "channel", id: null, name: null, avatar_url: null } }),
  message(91, {
    direction: "out",
    author: { kind: "channel", id: null, external_id: "12345678", name: null, avatar_url: null },
  }),
  message(10, {
    direction: "out",
    author: { kind: "channel", id: null, name: "Διαχειριστής", avatar_url: null },
  }),
  message(11, { direction: "out", author: { kind: "system", id: null, name: null, avatar_url: null } }),
  message(12, { direction: "out", author: { kind: "staff", id: 9, name: null, avatar_url: null } }),
  ...states.map((state, index) => reply(20 + index, state)),
  ...everyKind,
];
