import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Textarea, TextInput } from "@mantine/core";
import { IconUserQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import dialog from "../../../shared/ui/Dialog.module.css";
import { Face } from "../../../shared/ui/Face";
import { ModalOrSheet } from "../../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../../shared/useProblemText";
import { callQuery, useAsk } from "../queries";
import { type FoundPerson, foundPerson, type PersonalAccount } from "../types";
import { Begin } from "./Begin";
import classes from "./Friends.module.css";

/** A Vietnamese number as people write it, or null. */
export function phoneOf(text: string): string | null {
  const digits = text.replace(/[\s.()-]/g, "");
  return /^(\+84|84|0)\d{9}$/.test(digits) ? digits : null;
}

type Props = { account: PersonalAccount; close: () => void };

/** Finds a person by their number through one account, and offers to become friends. */
export function FindByPhoneDialog({ account, close }: Props) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const [text, setText] = useState("");
  const [callId, setCallId] = useState<number | null>(null);
  const ask = useAsk(account.id);
  const answer = useQuery(callQuery(callId));
  const phone = phoneOf(text);
  const waiting = ask.isPending || (callId !== null && (answer.isPending || answer.data?.state === "asked"));
  const find = (event: FormEvent) => {
    event.preventDefault();
    if (!phone) return;
    setCallId(null);
    ask.mutate({ op: "find_phone", arguments: { phone } }, { onSuccess: ({ id }) => setCallId(id) });
  };
  const data = answer.data;
  const person = data ? foundPerson(data) : null;
  const failure = ask.error ?? answer.error;
  return (
    <ModalOrSheet title={t`Tìm theo số điện thoại`} close={close}>
      <div className={dialog.form}>
        <form className={classes.find} onSubmit={find}>
          <TextInput
            className={classes.field}
            label={t`Số điện thoại của khách`}
            description={t`Tìm bằng tài khoản ${account.name}. Zalo giới hạn số lượt tìm mỗi ngày.`}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            data-autofocus
            value={text}
            error={text.length > 8 && !phone ? t`Số điện thoại Việt Nam có 10 chữ số.` : null}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setCallId(null);
            }}
          />
          <Button type="submit" disabled={!phone} loading={waiting}>
            {t`Tìm`}
          </Button>
        </form>
        <div className={classes.answer} role="status" aria-live="polite">
          {failure && (
            <Alert color="red" variant="light">
              {problemText(failure)}
            </Alert>
          )}
          {data?.state === "failed" && (
            <Alert color="red" variant="light">
              {data.error ?? t`Zalo không trả lời. Hãy thử lại sau.`}
            </Alert>
          )}
          {data?.state === "asked" && data.error && <p className={classes.none}>{data.error}</p>}
          {data?.state === "done" && !person && (
            <p className={classes.none}>
              <IconUserQuestion size={20} stroke={1.6} aria-hidden />
              {t`Không thấy ai. Số này chưa dùng Zalo, hoặc không cho tìm bằng số điện thoại.`}
            </p>
          )}
          {data?.state === "done" && person && callId !== null && (
            <Found key={person.uid} account={account} person={person} foundBy={callId} close={close} />
          )}
        </div>
      </div>
    </ModalOrSheet>
  );
}

type FoundProps = Props & { person: FoundPerson; foundBy: number };

function Found({ account, person, foundBy, close }: FoundProps) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const [greeting, setGreeting] = useState(
    t`Chào anh/chị ${person.name}, em là ${account.holder.name}. Em xin kết bạn để tiện hỗ trợ mình ạ.`,
  );
  const [callId, setCallId] = useState<number | null>(null);
  const ask = useAsk(account.id);
  const answer = useQuery(callQuery(callId));
  const sent = person.requested || answer.data?.state === "done";
  const waiting = ask.isPending || (callId !== null && (answer.isPending || answer.data?.state === "asked"));
  const failure = ask.error ?? answer.error;
  const refused = answer.data?.state === "failed" ? answer.data.error : null;
  return (
    <div className={classes.found}>
      <div className={classes.person}>
        <Face name={person.name} src={person.avatar_url} size={48} />
        <div>
          <p className={classes.name}>{person.name}</p>
          <p className={classes.dim}>
            {person.friend
              ? t`Đã là bạn trên Zalo`
              : sent
                ? t`Đã gửi lời mời kết bạn`
                : t`Chưa là bạn trên Zalo`}
          </p>
        </div>
      </div>
      <Begin account={account} person={person} foundBy={foundBy} close={close} />
      {!person.friend && !sent && (
        <>
          <Textarea
            label={t`Lời chào`}
            autosize
            minRows={2}
            maxRows={5}
            maxLength={150}
            value={greeting}
            onChange={(event) => setGreeting(event.currentTarget.value)}
          />
          <Button
            variant="default"
            loading={waiting}
            disabled={greeting.trim() === ""}
            onClick={() =>
              ask.mutate(
                {
                  op: "friend_request",
                  arguments: { uid: person.uid, text: greeting.normalize("NFC").trim() },
                },
                { onSuccess: ({ id }) => setCallId(id) },
              )
            }
          >
            {t`Gửi lời mời kết bạn`}
          </Button>
        </>
      )}
      {(failure || refused) && (
        <Alert color="red" variant="light" role="alert">
          {refused ?? problemText(failure)}
        </Alert>
      )}
    </div>
  );
}
