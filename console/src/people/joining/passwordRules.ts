import { folded } from "../../shared/folded";

export const PASSWORD_SHORTEST = 10;

export type PasswordRule = "length" | "varied" | "not_login";

/** What of a login, as it was typed, a password must not hold: 0912345678 and +84 912 345 678 are one number. */
function partsOf(login: string): string[] {
  const typed = folded(login).replaceAll(" ", "");
  const national = typed.replace(/\D/g, "").replace(/^84/, "").replace(/^0/, "");
  return [typed, typed.includes("@") ? (typed.split("@")[0] ?? "") : "", national];
}

/** What the server asks of a password, as far as it can be told while somebody types. Without `login` two of three. */
export function passwordRules(password: string, login?: string): { rule: PasswordRule; kept: boolean }[] {
  const plain = folded(password).replaceAll(" ", "");
  const rules: { rule: PasswordRule; kept: boolean }[] = [
    { rule: "length", kept: [...password].length >= PASSWORD_SHORTEST },
    { rule: "varied", kept: new Set(plain).size > 2 },
  ];
  if (login !== undefined) {
    const found = partsOf(login).some((part) => part.length >= 4 && plain.includes(part));
    rules.push({ rule: "not_login", kept: password !== "" && !found });
  }
  return rules;
}
