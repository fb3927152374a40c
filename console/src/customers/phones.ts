/** A Vietnamese number as people read it aloud: `+84912345678` is `0912 345 678`. Others stay as they are. */
export function phoneInWords(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, "");
  const local = digits.replace(/^\+?84(?=\d{9,10}$)/, "0");
  if (!/^0\d{9}$/.test(local)) return phone;
  return `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}`;
}
