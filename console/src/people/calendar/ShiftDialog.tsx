import { useLingui } from "@lingui/react/macro";
import { Alert, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { ShiftList } from "../../api/calendar";
import dialog from "../../shared/ui/Dialog.module.css";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import { useAddShift } from "./queries";
import classes from "./Shifts.module.css";
import { interval, minuteOf, wallTime } from "./time";
import { useCalendarWords } from "./words";

type Props = {
  people: ShiftList["people"];
  day: string;
  person: number | null;
  zone: string;
  close: () => void;
};

/** Somebody's shift on a day; one that ends before it begins ends on the next day. */
export function ShiftDialog({ people, day, person, zone, close }: Props) {
  const { t } = useLingui();
  const { longDay } = useCalendarWords();
  const problemText = useProblemText();
  const adding = useAddShift();
  const [who, setWho] = useState(person ?? people[0]?.id ?? 0);
  const [opens, setOpens] = useState("08:00");
  const [closes, setCloses] = useState("17:30");
  const from = minuteOf(opens);
  const until = minuteOf(closes);
  const span = from !== null && until !== null ? interval(from, until) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!span) return;
    const times = {
      from_at: wallTime(day, span.opens_minute, zone),
      until_at: wallTime(day, span.closes_minute, zone),
    };
    adding.mutate({ staff_id: who, ...times }, { onSuccess: close });
  };
  return (
    <ModalOrSheet title={t`Thêm ca: ${longDay(day)}`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <NativeSelect
          label={t`Nhân viên`}
          size="md"
          rightSection={<IconChevronDown size={16} stroke={1.6} />}
          value={who}
          onChange={(event) => setWho(Number(event.currentTarget.value))}
          data={people.map(({ id, name }) => ({ value: `${id}`, label: name }))}
        />
        <div className={classes.times}>
          <TextInput
            type="time"
            label={t`Bắt đầu`}
            required
            withAsterisk={false}
            data-autofocus
            value={opens}
            onChange={(event) => setOpens(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t`Kết thúc`}
            required
            withAsterisk={false}
            value={closes}
            onChange={(event) => setCloses(event.currentTarget.value)}
          />
        </div>
        {span && span.closes_minute > 24 * 60 && (
          <p className={dialog.text}>{t`Ca này kết thúc vào hôm sau.`}</p>
        )}
        {adding.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(adding.error)}
          </Alert>
        )}
        <Button type="submit" className={dialog.submit} disabled={!span} loading={adding.isPending}>
          {t`Thêm ca`}
        </Button>
      </form>
    </ModalOrSheet>
  );
}
