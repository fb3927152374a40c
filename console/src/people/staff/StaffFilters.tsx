import { useLingui } from "@lingui/react/macro";
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ROLES, useRoleWords } from "../roles";
import { teamsQuery } from "./queries";
import classes from "./StaffFilters.module.css";
import { readStaffSearch, type StaffSearch } from "./search";
import { teamOptions } from "./teamOptions";

const PAUSE_MS = 200;

/** They stand in the address, so that a filtered list can be sent to a colleague. */
export function StaffFilters() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const given = useSearch({ from: "/app/admin/staff" });
  const teams = useQuery(teamsQuery);

  const roles = useRoleWords();
  const [words, setWords] = useState(given.search ?? "");
  const narrow = (change: { [key in keyof StaffSearch]?: unknown }) =>
    void navigate({
      to: "/staff",
      search: (before) => readStaffSearch({ ...before, ...change }),
      replace: true,
    });
  const look = useDebouncedCallback((search: string) => narrow({ search }), PAUSE_MS);
  // The filters were cleared from elsewhere.
  useEffect(
    () => setWords((before) => (given.search === undefined && before.trim() ? "" : before)),
    [given.search],
  );
  const type = (value: string) => {
    setWords(value);
    look(value);
  };
  return (
    <search className={classes.filters}>
      <TextInput
        size="sm"
        className={classes.words}
        type="search"
        aria-label={t`Tìm nhân viên`}
        placeholder={t`Tìm theo tên, e-mail, số điện thoại`}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        maxLength={200}
        value={words}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        size="sm"
        className={classes.team}
        aria-label={t`Chi nhánh hoặc nhóm`}
        value={given.team ?? ""}
        onChange={(event) => narrow({ team: Number(event.currentTarget.value) || undefined })}
        data={[{ value: "", label: t`Mọi nhóm` }, ...teamOptions(teams.data?.items ?? [])]}
      />
      <NativeSelect
        size="sm"
        className={classes.choice}
        aria-label={t`Vai trò`}
        value={given.role ?? ""}
        onChange={(event) => narrow({ role: event.currentTarget.value })}
        data={[
          { value: "", label: t`Mọi vai trò` },
          ...ROLES.map((role) => ({ value: role, label: roles[role].name })),
        ]}
      />
      <NativeSelect
        size="sm"
        className={classes.choice}
        aria-label={t`Trạng thái`}
        value={given.state ?? "active"}
        onChange={(event) => narrow({ state: event.currentTarget.value })}
        data={[
          { value: "active", label: t`Đang làm việc` },
          { value: "unconfirmed", label: t`Chưa xác nhận lưu hội thoại` },
          { value: "suspended", label: t`Đã tạm ngưng` },
          { value: "all", label: t`Tất cả` },
        ]}
      />
    </search>
  );
}
