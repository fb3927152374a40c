import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import type { Quote } from "../../api/types";
import { useKindName } from "../words";
import classes from "./QuoteBlock.module.css";
import { useThreadTools } from "./threadTools";

/** What a message answers: who said it, and its first words. A click leads to it. */
export function QuoteBlock({ quote }: { quote: Quote }) {
  const { t } = useLingui();
  const kindName = useKindName();
  const { jumpTo } = useThreadTools();
  const id = quote.message_id;
  const author = quote.author_name ?? (quote.direction === "out" ? t`Tài khoản` : t`Khách hàng`);
  const words = (
    <>
      <span className={classes.author}>{author}</span>
      <span className={classes.text}>
        {quote.text || (quote.kind ? kindName(quote.kind) : t`Tin không còn ở đây`)}
      </span>
    </>
  );
  if (id === null) return <div className={classes.root}>{words}</div>;
  return (
    <UnstyledButton className={classes.root} title={t`Tới tin được trả lời`} onClick={() => jumpTo(id)}>
      {words}
    </UnstyledButton>
  );
}
