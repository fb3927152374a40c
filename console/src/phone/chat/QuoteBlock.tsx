import { useLingui } from "@lingui/react/macro";
import type { Quote } from "../shared/api";
import { useWords } from "../shared/words";
import classes from "./QuoteBlock.module.css";

/** What is answered to. A press leads to it, when it is in the thread. */
export function QuoteBlock({ quote, other }: { quote: Quote; other: string }) {
  const { t } = useLingui();
  const { said } = useWords();
  const jump = () => {
    const there = document.querySelector(`[data-message="${CSS.escape(quote.msg_id)}"]`);
    there?.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  return (
    <button type="button" className={classes.quote} onClick={jump}>
      <span className={classes.who}>{quote.src === 1 ? t`Bạn` : other}</span>
      <span className={classes.words}>{said(quote.type, quote.text)}</span>
    </button>
  );
}
