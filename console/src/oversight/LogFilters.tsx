import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { ConversationField } from "./ConversationField";
import classes from "./LogFilters.module.css";
import { PersonSelect } from "./PersonSelect";
import type { LogSearch } from "./search";

type Props = {
  search: LogSearch;
  narrow: (change: { [key in keyof LogSearch]?: unknown }) => void;
  /** Whether the log knows conversations. */
  conversations?: boolean;
  children?: ReactNode;
};

/** They stand in the address, so that a filtered log can be sent to a colleague. */
export function LogFilters({ search, narrow, conversations = false, children }: Props) {
  const { t } = useLingui();
  const any = Object.keys(search).length > 0;
  return (
    <search className={classes.filters}>
      <PersonSelect
        className={classes.person}
        value={search.staff}
        choose={(staff) => narrow({ staff })}
        nobody={t`Mọi nhân viên`}
      />
      {conversations && (
        <ConversationField
          className={classes.words}
          value={search.conversation}
          choose={(conversation) => narrow({ conversation })}
        />
      )}
      {children}
      <TextInput
        className={classes.day}
        size="md"
        type="date"
        aria-label={t`Từ ngày`}
        max={search.until}
        value={search.from ?? ""}
        onChange={(event) => narrow({ from: event.currentTarget.value })}
      />
      <TextInput
        className={classes.day}
        size="md"
        type="date"
        aria-label={t`Đến hết ngày`}
        min={search.from}
        value={search.until ?? ""}
        onChange={(event) => narrow({ until: event.currentTarget.value })}
      />
      {any && (
        <Button
          variant="subtle"
          size="md"
          className={classes.clear}
          onClick={() =>
            narrow({
              staff: undefined,
              conversation: undefined,
              road: undefined,
              action: undefined,
              from: undefined,
              until: undefined,
            })
          }
        >
          {t`Bỏ lọc`}
        </Button>
      )}
    </search>
  );
}
