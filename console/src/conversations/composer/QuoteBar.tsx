import { useLingui } from "@lingui/react/macro";
import { CloseButton } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useKindName } from "../words";
import type { QuoteDraft } from "./compositions";
import classes from "./QuoteBar.module.css";

/** The message that the next one answers. */
export function QuoteBar({ quote, drop }: { quote: QuoteDraft; drop: () => void }) {
  const { t } = useLingui();
  const kindName = useKindName();
  const author = quote.authorName ?? (quote.direction === "out" ? t`Tài khoản` : t`Khách hàng`);
  return (
    <div className={classes.root}>
      <IconArrowBackUp className={classes.icon} size={18} stroke={1.75} aria-hidden />
      <div className={classes.words}>
        <span className={classes.author}>{t`Trả lời ${author}`}</span>
        <span className={classes.text}>{quote.text || kindName(quote.kind)}</span>
      </div>
      <CloseButton className={classes.drop} aria-label={t`Bỏ trả lời tin này`} onClick={drop} />
    </div>
  );
}
