import { expect, it } from "vitest";
import { attachment, message } from "../../tests/fixtures";
import { sharedOf } from "./filesOf";

it("shows the newest first, and only what can be opened", () => {
  const found = sharedOf([
    message(1, { attachments: [attachment("image", { media_id: 1, url: "/api/media/1" })] }),
    message(2, { attachments: [attachment("file", { media_id: 2, url: "/api/media/2" })] }),
    message(3, { attachments: [attachment("image", { media_id: 3, state: "refused", url: null })] }),
    message(4, { attachments: [attachment("gif", { media_id: 4, url: "/api/media/4" })] }),
    message(5, { attachments: [attachment("sticker", { media_id: 5, url: "/api/media/5" })] }),
  ]);
  expect(found.pictures.map((one) => one.media_id)).toEqual([4, 1]);
  expect(found.files.map((one) => one.media_id)).toEqual([2]);
});
