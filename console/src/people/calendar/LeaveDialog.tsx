import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useContext, useState } from "react";
import type { LeaveList } from "../../api/calendar";
import { dayKey } from "../../shared/time/calendar";
import { ZoneContext } from "../../shared/time/useDates";
import dialog from "../../shared/ui/Dialog.module.css";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import { type Choice, StaffPicker } from "../choosing/StaffPicker";
import { useMe } from "../session";
import { useAddLeave } from "./queries";
import classes from "./Shifts.module.css";
import { dayAfter, minuteOf, wallTime } from "./time";

type Props = { manageable: LeaveList["manageable"]; close: () => void };

/** When somebody is away, whole days as a rule, and who stands in for them. */
export function LeaveDialog({ manageable, close }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const zone = useContext(ZoneContext);
  const problemText = useProblemText();
  const adding = useAddLeave();
  const tomorrow = dayAfter(dayKey(Date.now(), zone), 1);
  const [who, setWho] = useState(me.id);
  const [first, setFirst] = useState(tomorrow);
  const [last, setLast] = useState(tomorrow);
  const [partly, setPartly] = useState(false);
  const [opens, setOpens] = useState("08:00");
  const [closes, setCloses] = useState("12:00");
  const [deputy, setDeputy] = useState<Choice>(null);
  const [note, setNote] = useState("");
  const from = partly ? minuteOf(opens) : 0;
  const until = partly ? minuteOf(closes) : 24 * 60;
  const ready = first !== "" && last !== "" && from !== null && until !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    adding.mutate(
      {
        staff_id: who === me.id ? null : who,
        from_at: wallTime(first, from, zone),
        until_at: wallTime(last, until, zone),
        deputy_id: deputy === null || deputy === "nobody" ? null : deputy.id,
        note: note.trim(),
      },
      { onSuccess: close },
    );
  };
  const move = (day: string) => {
    setFirst(day);
    if (last < day) setLast(day);
  };
  return (
    <ModalOrSheet title={t`Thêm lịch nghỉ`} size={520} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        {manageable.length > 0 && (
          <NativeSelect
            label={t`Người nghỉ`}
            size="md"
            rightSection={<IconChevronDown size={16} stroke={1.6} />}
            value={who}
            onChange={(event) => setWho(Number(event.currentTarget.value))}
            data={[
              { value: `${me.id}`, label: t`Tôi` },
              ...manageable.map(({ id, name }) => ({ value: `${id}`, label: name })),
            ]}
          />
        )}
        <div className={classes.times}>
          <TextInput
            type="date"
            label={t`Từ ngày`}
            required
            withAsterisk={false}
            data-autofocus
            value={first}
            onChange={(event) => move(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t`Đến hết ngày`}
            required
            withAsterisk={false}
            min={first}
            value={last}
            onChange={(event) => setLast(event.currentTarget.value)}
          />
        </div>
        <Checkbox
          label={t`Chỉ nghỉ một phần ngày`}
          checked={partly}
          onChange={(event) => setPartly(event.currentTarget.checked)}
        />
        {partly && (
          <div className={classes.times}>
            <TextInput
              type="time"
              label={t`Từ lúc`}
              value={opens}
              onChange={(event) => setOpens(event.currentTarget.value)}
            />
            <TextInput
              type="time"
              label={t`Đến lúc`}
              value={closes}
              onChange={(event) => setCloses(event.currentTarget.value)}
            />
          </div>
        )}
        <StaffPicker
          label={t`Người trực thay`}
          value={deputy}
          choose={setDeputy}
          without={[who]}
          nobody={t`Không có ai`}
        />
        <Textarea
          label={t`Ghi chú`}
          description={t`Người trực thay không thấy ghi chú này.`}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {adding.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(adding.error)}
          </Alert>
        )}
        <Button type="submit" className={dialog.submit} disabled={!ready} loading={adding.isPending}>
          {t`Thêm lịch nghỉ`}
        </Button>
      </form>
    </ModalOrSheet>
  );
}
