import { useLingui } from "@lingui/react/macro";
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDates } from "../../../shared/time/useDates";
import { Face } from "../../../shared/ui/Face";
import { Nothing, Section } from "../../../shared/ui/Section";
import { useProblemText } from "../../../shared/useProblemText";
import { friendsQuery, useMark } from "../queries";
import type { PrivateExtent } from "../types";
import classes from "./Private.module.css";

const ASK_MS = 200;

type Props = { accountId: number; extent: PrivateExtent };

/** Friends and groups of the account by name, each with one button. What is marked stands first. */
export function PeopleSection({ accountId, extent }: Props) {
  const { t } = useLingui();
  const dates = useDates();
  const problemText = useProblemText();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.normalize("NFC").trim(), ASK_MS);
  const friends = useQuery(friendsQuery(accountId, asked));
  const mark = useMark(accountId);
  const people = extent.items.filter((one) => one.kind === "work");
  const keyOf = (id: string, group: boolean) => `${group ? "g" : ""}${id}`;
  const known = new Set(people.map((one) => keyOf(one.person, one.group)));
  const found = (friends.data?.items ?? []).filter((one) => !known.has(keyOf(one.id, one.group)));
  const reading = friends.data?.readable && !friends.data.read_at;
  const busy = (id: string) => mark.isPending && mark.variables.person === id;
  return (
    <Section title={t`Khách của công việc`} lead={t`Chỉ bạn chọn được, và chỉ bạn thấy danh bạ bên dưới.`}>
      {people.length === 0 ? (
        <Nothing>{t`Chưa đánh dấu ai, nên chưa ghi lại cuộc trò chuyện nào.`}</Nothing>
      ) : (
        <ul className={classes.people}>
          {people.map((one) => {
            const at = dates.date(one.at);
            return (
              <li key={keyOf(one.person, one.group)}>
                <Face name={one.name} size={32} />
                <span className={classes.name}>
                  {one.name}
                  <span className={classes.dim}>{t`từ ${at}`}</span>
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t`Thôi ghi: ${one.name}`}
                  loading={busy(one.person)}
                  onClick={() => mark.mutate({ person: one.person, group: one.group, kind: "private" })}
                >
                  {t`Thôi ghi`}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <TextInput
        type="search"
        label={t`Tìm trong danh bạ Zalo của bạn`}
        placeholder={t`Nhập tên`}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {mark.error && (
        <p className={classes.problem} role="alert">
          {problemText(mark.error)}
        </p>
      )}
      {(friends.isPending || (reading && found.length === 0)) && <Skeleton height={132} />}
      {friends.isError && !friends.data && (
        <p className={classes.problem} role="alert">
          {problemText(friends.error)}
        </p>
      )}
      {reading && <p className={classes.dim} role="status">{t`Đang đọc danh bạ từ Zalo…`}</p>}
      {friends.data && !reading && found.length === 0 && (
        <Nothing>{asked ? t`Không thấy ai có tên này.` : t`Không còn ai khác trong danh bạ.`}</Nothing>
      )}
      {found.length > 0 && (
        <ul className={classes.people} aria-label={t`Danh bạ Zalo`} aria-busy={friends.isPlaceholderData}>
          {found.map((one) => (
            <li key={keyOf(one.id, one.group)}>
              <Face name={one.name} size={32} />
              <span className={classes.name}>
                {one.name}
                {one.group && <span className={classes.dim}>{t`Nhóm`}</span>}
              </span>
              <Button
                size="compact-sm"
                variant="light"
                aria-label={t`Là công việc: ${one.name}`}
                loading={busy(one.id)}
                onClick={() => mark.mutate({ person: one.id, group: one.group, kind: "work" })}
              >
                {t`Là công việc`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
