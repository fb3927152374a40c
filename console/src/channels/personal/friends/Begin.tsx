import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useMe } from "../../../people/session";
import { useProblemText } from "../../../shared/useProblemText";
import { callQuery, useBegin } from "../queries";
import { begunConversation, type FoundPerson, type PersonalAccount } from "../types";
import classes from "./Friends.module.css";

type Props = { account: PersonalAccount; person: FoundPerson; foundBy: number; close: () => void };

/** Opens the conversation with a person, or begins one: nothing is sent until somebody writes. */
export function Begin({ account, person, foundBy, close }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [callId, setCallId] = useState<number | null>(null);
  const begin = useBegin();
  const answer = useQuery(callQuery(callId));
  const waiting =
    begin.isPending || (callId !== null && (answer.isPending || answer.data?.state === "asked"));
  const begun = answer.data ? begunConversation(answer.data) : null;
  useEffect(() => {
    if (begun === null) return;
    close();
    void navigate({
      to: "/conversations/$conversationId",
      params: { conversationId: begun },
      search: { view: "all" },
    });
  }, [begun, close, navigate]);
  const known = person.conversation_id;
  if (known !== null)
    return (
      <Button
        renderRoot={(props) => (
          <Link
            to="/conversations/$conversationId"
            params={{ conversationId: known }}
            search={{ view: "all" }}
            {...props}
          />
        )}
        onClick={close}
      >
        {t`Mở hội thoại`}
      </Button>
    );
  const own = account.sim === "own";
  if (own && account.holder.id !== me.id)
    return (
      <p className={classes.hint}>
        {t`Số này là số riêng. Chỉ ${account.holder.name} mới bắt đầu hội thoại bằng số này được.`}
      </p>
    );
  const failure = begin.error ?? answer.error;
  const refused = answer.data?.state === "failed" ? answer.data.error : null;
  return (
    <>
      <Button
        loading={waiting}
        onClick={() => begin.mutate(foundBy, { onSuccess: ({ id }) => setCallId(id) })}
      >
        {t`Bắt đầu hội thoại`}
      </Button>
      <p className={classes.hint}>
        {own
          ? t`Chưa gửi gì cho khách. ${person.name} được đánh dấu là khách của công việc, tin với người này được ghi từ bây giờ.`
          : t`Chưa gửi gì cho khách. Tin đầu tiên là do bạn viết.`}
      </p>
      {(failure || refused) && (
        <Alert color="red" variant="light" role="alert">
          {refused ?? problemText(failure)}
        </Alert>
      )}
    </>
  );
}
