import { useLingui } from "@lingui/react/macro";
import { Alert, Button, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { CalendarDay, DayKind, Interval } from "../../api/calendar";
import dialog from "../../shared/ui/Dialog.module.css";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import { IntervalFields } from "./IntervalFields";
import { useSetDay } from "./queries";
import { useCalendarWords } from "./words";

type Props = { team: number | undefined; year: number; day: CalendarDay | null; close: () => void };

/** A date that is otherwise: off, by hours of its own, or an ordinary one after all. */
export function DayDialog({ team, year, day, close }: Props) {
  const { t } = useLingui();
  const { longDay } = useCalendarWords();
  const problemText = useProblemText();
  const setting = useSetDay(team);
  const [date, setDate] = useState(day?.date ?? "");
  const [kind, setKind] = useState<DayKind>(day?.rule?.kind ?? "closed");
  const [name, setName] = useState(day?.rule?.name ?? "");
  const [intervals, setIntervals] = useState<Interval[]>([...(day?.rule?.intervals ?? [])]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = { kind, name: name.trim(), intervals: kind === "open" ? intervals : [] };
    setting.mutate({ date, change }, { onSuccess: close });
  };
  const named = kind === "ordinary" || name.trim() !== "" || day?.public != null;
  return (
    <ModalOrSheet title={day ? longDay(day.date) : t`Thêm ngày`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        {!day && (
          <TextInput
            type="date"
            label={t`Ngày`}
            min={`${year}-01-01`}
            max={`${year}-12-31`}
            required
            withAsterisk={false}
            data-autofocus
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        )}
        <SegmentedControl
          fullWidth
          aria-label={t`Ngày này`}
          value={kind}
          onChange={(value) => setKind(value as DayKind)}
          data={[
            { value: "closed", label: t`Nghỉ` },
            { value: "open", label: t`Giờ riêng` },
            { value: "ordinary", label: t`Làm như thường` },
          ]}
        />
        <TextInput
          label={t`Tên`}
          placeholder={day?.public?.name ?? t`Ví dụ: Kiểm kê, Du lịch công ty`}
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {kind === "open" && <IntervalFields of={t`Ngày này`} intervals={intervals} change={setIntervals} />}
        {setting.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(setting.error)}
          </Alert>
        )}
        <div className={dialog.buttons}>
          <Button
            type="submit"
            loading={setting.isPending}
            disabled={date === "" || !named || (kind === "open" && intervals.length === 0)}
          >
            {t`Lưu`}
          </Button>
          {day?.rule?.own && (
            <Button
              variant="default"
              disabled={setting.isPending}
              onClick={() => setting.mutate({ date, change: null }, { onSuccess: close })}
            >
              {t`Bỏ thiết lập riêng`}
            </Button>
          )}
        </div>
      </form>
    </ModalOrSheet>
  );
}
