/** For searching as people type: without marks and case, "Đặt lịch" is found by "dat lich". */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}
