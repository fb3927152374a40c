import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { HistoryState } from "../../api/history";
import type { Field, Missing } from "./plan";

export const FIELD_WORDS: Record<Field, MessageDescriptor> = {
  time: msg`Thời gian`,
  text: msg`Nội dung`,
  thread: msg`Mã khách hoặc mã hội thoại`,
  phone: msg`Số điện thoại khách`,
  name: msg`Tên khách hoặc tên nhóm`,
  direction: msg`Chiều tin (đến hay đi)`,
  sender: msg`Người gửi`,
  staff: msg`Nhân viên viết`,
  external_id: msg`Mã tin nhắn`,
  group: msg`Có phải nhóm không`,
  kind: msg`Loại tin`,
  attachment: msg`Đường dẫn tệp đính kèm`,
  file_name: msg`Tên tệp đính kèm`,
  account: msg`Tài khoản kênh`,
};

export const MISSING_WORDS: Record<Missing, MessageDescriptor> = {
  time: msg`Hãy chọn cột thời gian.`,
  text: msg`Hãy chọn cột nội dung, hoặc cột tệp đính kèm.`,
  thread: msg`Hãy chọn cột mã khách, số điện thoại hoặc tên khách.`,
  direction: msg`Hãy chọn cột chiều tin, người gửi hoặc nhân viên viết.`,
  account: msg`Hãy chọn tài khoản kênh mà các hội thoại này thuộc về.`,
};

export const STATE_WORDS: Record<HistoryState, MessageDescriptor> = {
  uploaded: msg`Chờ chọn cột`,
  checking: msg`Đang kiểm tra`,
  checked: msg`Chờ bắt đầu`,
  running: msg`Đang nhập`,
  done: msg`Đã nhập`,
  failed: msg`Chưa nhập được`,
  undoing: msg`Đang hoàn tác`,
  undone: msg`Đã hoàn tác`,
  discarded: msg`Đã bỏ`,
};
