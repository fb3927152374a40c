import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { formatNumber } from "../../shared/time/calendar";
import classes from "./Composer.module.css";

/** From here on it is worth knowing how long the text is. */
const NEAR = 0.9;

/** Says when a text is so long that it will leave as several messages. */
export function LengthNote({ text, most }: { text: string; most: number | null }) {
  const { t } = useLingui();
  if (most === null || text.length < most * NEAR) return null;
  const length = `${formatNumber(text.length)}/${formatNumber(most)}`;
  const parts = Math.ceil(text.length / most);
  return (
    <p className={classes.length} role="status">
      {parts > 1
        ? t`${length} ký tự, sẽ gửi thành ${plural(parts, { one: "# tin", other: "# tin" })}`
        : t`${length} ký tự`}
    </p>
  );
}
