import type { NewButton } from "../../api/types";
import { phoneAddress, safeAddress } from "../thread/media/addresses";

/** What Zalo takes; the server has the last word. */
export const BUTTON_LIMITS = { count: 5, title: 100, query: 1_000, sms: 160 } as const;

/** Whether nothing is missing that its kind needs. */
export function isComplete(button: NewButton): boolean {
  if (button.title.trim() === "") return false;
  switch (button.type) {
    case "oa.open.url":
      return safeAddress(button.payload) !== null;
    case "oa.open.phone":
      return phoneAddress(button.payload) !== null;
    case "oa.open.sms":
      return phoneAddress(button.payload) !== null && (button.content ?? "").trim() !== "";
    default:
      return button.payload.trim() !== "";
  }
}
