import { useLingui } from "@lingui/react/macro";
import { ActionIcon, CloseButton, Menu, TextInput, Tooltip } from "@mantine/core";
import { IconFilter, IconFilterFilled, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { View } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { isImeKey } from "../../shared/keyboard/enterKey";
import { SEARCH_ID } from "../../shared/keyboard/targets";
import { flattenList } from "../cache/listPages";
import { listQuery } from "../queries";
import classes from "./ListPane.module.css";
import { accountsOf, type Narrowing } from "./narrowing";

type Props = {
  view: View;
  narrowing: Narrowing;
  narrow: (change: Partial<Narrowing>) => void;
  /** Into the list that was found. */
  toList: () => void;
};

/** The field that finds people by name, and what else narrows the list. */
export function ListSearch({ view, narrowing, narrow, toList }: Props) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const { data } = useInfiniteQuery({ ...listQuery(view), enabled: false });
  const accounts = useMemo(() => (data ? accountsOf(flattenList(data)) : []), [data]);
  const [choosing, setChoosing] = useState(false);
  const filtered = narrowing.unread || narrowing.accountId !== null;
  const label = t`Tìm theo tên, mã, nhãn`;
  const filterLabel = filtered ? t`Bộ lọc đang bật` : t`Lọc danh sách`;
  const size = phone ? 44 : 34;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isImeKey({ isComposing, keyCode })) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (narrowing.words) narrow({ words: "" });
      else event.currentTarget.blur();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      toList();
    }
  };
  return (
    <>
      <TextInput
        id={SEARCH_ID}
        className={classes.search}
        size={phone ? "md" : "sm"}
        // Not type=search: browsers draw a cross of their own.
        type="text"
        role="searchbox"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={narrowing.words}
        onChange={(event) => narrow({ words: event.currentTarget.value })}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSectionPointerEvents="all"
        rightSectionWidth={phone ? 44 : undefined}
        rightSection={
          narrowing.words && (
            <CloseButton
              size={phone ? 44 : "sm"}
              iconSize={16}
              aria-label={t`Xóa ô tìm`}
              onClick={() => {
                narrow({ words: "" });
                document.getElementById(SEARCH_ID)?.focus();
              }}
            />
          )
        }
      />
      <Menu
        opened={choosing}
        onChange={setChoosing}
        position="bottom-end"
        withinPortal
        closeOnItemClick={false}
      >
        <Menu.Target>
          <Tooltip label={filterLabel} position="bottom" disabled={choosing}>
            <ActionIcon
              variant={filtered ? "light" : "subtle"}
              color={filtered ? "brand" : "gray"}
              size={size}
              aria-label={filterLabel}
            >
              {filtered ? <IconFilterFilled size={18} /> : <IconFilter size={18} stroke={1.75} />}
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.CheckboxItem
            className={classes.choice}
            checked={narrowing.unread}
            onChange={(unread) => narrow({ unread })}
          >
            {t`Chưa đọc`}
          </Menu.CheckboxItem>
          {accounts.length > 1 && (
            <>
              <Menu.Label>{t`Tài khoản kênh`}</Menu.Label>
              <Menu.RadioGroup
                value={narrowing.accountId === null ? "" : String(narrowing.accountId)}
                onChange={(value) => narrow({ accountId: value === "" ? null : Number(value) })}
              >
                <Menu.RadioItem className={classes.choice} value="">
                  {t`Tất cả tài khoản`}
                </Menu.RadioItem>
                {accounts.map((account) => (
                  <Menu.RadioItem key={account.id} className={classes.choice} value={String(account.id)}>
                    {account.name}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
