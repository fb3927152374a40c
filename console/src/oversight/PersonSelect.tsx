import { useLingui } from "@lingui/react/macro";
import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { staffQuery } from "../channels/queries";

type Props = Omit<NativeSelectProps, "value" | "onChange" | "data"> & {
  value: number | undefined;
  choose: (staffId: number | undefined) => void;
  /** What stands there as long as nobody is chosen. */
  nobody: string;
};

/** One of those who work here; whoever works here no longer can still come from the address. */
export function PersonSelect({ value, choose, nobody, ...props }: Props) {
  const { t } = useLingui();
  const staff = useQuery(staffQuery).data?.items ?? [];
  const people = staff.map((one) => ({ value: `${one.id}`, label: `${one.name} · ${one.code}` }));
  if (value !== undefined && !staff.some((one) => one.id === value))
    people.unshift({ value: `${value}`, label: t`Nhân viên số ${value}` });
  return (
    <NativeSelect
      size="md"
      aria-label={t`Nhân viên`}
      rightSection={<IconChevronDown size={16} stroke={1.6} />}
      value={value ?? ""}
      onChange={(event) => choose(Number(event.currentTarget.value) || undefined)}
      data={[{ value: "", label: nobody }, ...people]}
      {...props}
    />
  );
}
