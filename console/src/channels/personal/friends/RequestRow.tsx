import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useDates } from "../../../shared/time/useDates";
import { Face } from "../../../shared/ui/Face";
import { useProblemText } from "../../../shared/useProblemText";
import { useAnswerRequest } from "../queries";
import type { FriendAnswer, FriendRequest, PersonalAccount } from "../types";
import classes from "./Friends.module.css";

type Props = { account: PersonalAccount; request: FriendRequest };

const TONES: Partial<Record<FriendRequest["state"], string>> = { failed: "bad", accepted: "good" };

/** One request, what may be done with it, and what came of that. */
export function RequestRow({ account, request }: Props) {
  const { t } = useLingui();
  const dates = useDates();
  const problemText = useProblemText();
  const answer = useAnswerRequest(account.id);
  const words = useRequestWords();
  const { name, person, direction, state, note, conversation_id: conversation } = request;
  const at = dates.dateTime(request.at);
  const ask = (verb: FriendAnswer) => answer.mutate({ person, answer: verb });
  const sent = answer.isPending ? answer.variables.answer : null;
  const open = state === "open" || state === "failed";
  const standing = words(request);
  return (
    <li aria-label={name}>
      <Face name={name} src={request.avatar_url} size={40} />
      <div className={classes.request}>
        <p className={classes.name}>
          {conversation === null ? (
            name
          ) : (
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: conversation }}
              search={{ view: "all" }}
            >
              {name}
            </Link>
          )}
        </p>
        <p className={classes.dim}>
          {direction === "in" ? t`Mời kết bạn · ${at}` : t`Đã gửi lời mời · ${at}`}
        </p>
        {note && <p className={classes.note}>{note}</p>}
        <div role="status" aria-live="polite">
          {standing && (
            <p className={classes.standing} data-tone={TONES[state]}>
              {standing}
            </p>
          )}
        </div>
        {answer.error && (
          <p className={classes.standing} data-tone="bad" role="alert">
            {problemText(answer.error)}
          </p>
        )}
      </div>
      {open && (
        <div className={classes.answers}>
          {direction === "in" ? (
            <>
              <Button
                size="compact-md"
                aria-label={t`Đồng ý kết bạn với ${name}`}
                loading={sent === "accept"}
                disabled={sent === "reject"}
                onClick={() => ask("accept")}
              >
                {t`Đồng ý`}
              </Button>
              <Button
                size="compact-md"
                variant="default"
                aria-label={t`Từ chối lời mời của ${name}`}
                loading={sent === "reject"}
                disabled={sent === "accept"}
                onClick={() => ask("reject")}
              >
                {t`Từ chối`}
              </Button>
            </>
          ) : (
            <Button
              size="compact-md"
              variant="default"
              aria-label={t`Thu hồi lời mời gửi ${name}`}
              loading={sent === "undo"}
              onClick={() => ask("undo")}
            >
              {t`Thu hồi`}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function useRequestWords() {
  const { t } = useLingui();
  return ({ state, direction, answer, error }: FriendRequest): string | null => {
    const theirs = direction === "in";
    switch (state) {
      case "open":
        return null;
      case "asked":
        if (error) return error;
        if (answer === "accept") return t`Đang đồng ý…`;
        return answer === "reject" ? t`Đang từ chối…` : t`Đang thu hồi…`;
      case "failed":
        return error ?? t`Zalo không trả lời. Hãy thử lại sau.`;
      case "accepted":
        return t`Đã là bạn bè trên Zalo`;
      case "declined":
        return theirs ? t`Đã từ chối` : t`Khách đã từ chối`;
      case "withdrawn":
        return theirs ? t`Khách đã thu hồi lời mời` : t`Đã thu hồi`;
      default:
        return error;
    }
  };
}
