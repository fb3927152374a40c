import { useLingui } from "@lingui/react/macro";
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { formatNumber } from "../../../shared/time/calendar";
import { GROUPS } from "../states";
import type { PersonalAccount } from "../types";
import { usePersonalWords } from "../words";
import classes from "./BoardFilters.module.css";
import { countGroups, holdersOf } from "./rows";
import { type BoardSearch, readBoardSearch } from "./search";

const PAUSE_MS = 150;

/** They stand in the address, so that a filtered board can be sent to a colleague. */
export function BoardFilters({ accounts }: { accounts: readonly PersonalAccount[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const given = useSearch({ from: "/app/admin/personal-accounts" });
  const words = usePersonalWords();
  const counts = countGroups(accounts);
  const [typed, setTyped] = useState(given.search ?? "");
  const narrow = (change: { [key in keyof BoardSearch]?: unknown }) =>
    void navigate({
      to: "/personal-accounts",
      search: (before) => readBoardSearch({ ...before, ...change }),
      replace: true,
    });
  const look = useDebouncedCallback((search: string) => narrow({ search }), PAUSE_MS);
  // The filters were cleared from elsewhere.
  useEffect(
    () => setTyped((before) => (given.search === undefined && before.trim() ? "" : before)),
    [given.search],
  );
  const holders = holdersOf(accounts);
  const chips = [
    { group: undefined, name: t`Tất cả`, count: accounts.length },
    ...GROUPS.map((group) => ({ group, name: words.groups[group], count: counts[group] })),
  ];
  return (
    <search className={classes.filters}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame. */}
      <div className={classes.chips} role="group" aria-label={t`Tình trạng`}>
        {chips.map(({ group, name, count }) => (
          <button
            key={group ?? "all"}
            type="button"
            className={classes.chip}
            data-group={group}
            data-any={count > 0 || undefined}
            aria-pressed={given.state === group}
            onClick={() => narrow({ state: group })}
          >
            {name}
            <span className={classes.count}>{formatNumber(count)}</span>
          </button>
        ))}
      </div>
      <div className={classes.fields}>
        <TextInput
          size="sm"
          className={classes.words}
          type="search"
          aria-label={t`Tìm tài khoản`}
          placeholder={t`Tìm theo tên, số điện thoại, người giữ`}
          leftSection={<IconSearch size={16} stroke={1.6} />}
          maxLength={100}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            look(event.currentTarget.value);
          }}
        />
        {(holders.length > 1 || given.holder !== undefined) && (
          <NativeSelect
            size="sm"
            className={classes.choice}
            aria-label={t`Người giữ`}
            value={given.holder ?? ""}
            onChange={(event) => narrow({ holder: Number(event.currentTarget.value) || undefined })}
            data={[
              { value: "", label: t`Mọi người giữ` },
              ...holders.map(({ id, name }) => ({ value: `${id}`, label: name })),
            ]}
          />
        )}
        <NativeSelect
          size="sm"
          className={classes.choice}
          aria-label={t`Thứ tự`}
          value={given.order ?? "trouble"}
          onChange={(event) => narrow({ order: event.currentTarget.value })}
          data={[
            { value: "trouble", label: t`Cần xử lý trước` },
            { value: "name", label: t`Theo tên` },
            { value: "recent", label: t`Tin mới nhất trước` },
            { value: "completeness", label: t`Thiếu tin nhiều trước` },
          ]}
        />
      </div>
    </search>
  );
}
