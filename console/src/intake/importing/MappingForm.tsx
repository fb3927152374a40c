import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { HistoryImport, Plan } from "../../api/history";
import { channelAccountsQuery } from "../../channels/queries";
import { type Choice, StaffPicker } from "../../people/choosing/StaffPicker";
import { useDates } from "../../shared/time/useDates";
import { Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./Importing.module.css";
import { examplesOf, FIELDS, firstPlan, missingOf, sendersOf, withColumn } from "./plan";
import { useCheck } from "./queries";
import { FIELD_WORDS, MISSING_WORDS } from "./words";

/** Which column is which; nothing is imported by that, only looked at. */
export function MappingForm({ found }: { found: HistoryImport }) {
  const accounts = useQuery(channelAccountsQuery);
  // What is chosen at first depends on the accounts that there are.
  return accounts.data ? <Form found={found} accounts={accounts.data.items} /> : null;
}

type Account = { id: number; name: string };

function Form({ found, accounts }: { found: HistoryImport; accounts: readonly Account[] }) {
  const { t, i18n } = useLingui();
  const problemText = useProblemText();
  const { zone } = useDates();
  const check = useCheck(found.id);
  const [plan, setPlan] = useState<Plan>(() => firstPlan(found, accounts));
  const [custodian, setCustodian] = useState<Choice>(found.custodian ?? "nobody");
  const missing = missingOf(plan);
  const senders = sendersOf(found, plan);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const custodianId = custodian && custodian !== "nobody" ? custodian.id : null;
    if (missing.length === 0) check.mutate({ ...plan, custodianId, zone });
  };
  const toggle = (sender: string, on: boolean) =>
    setPlan({ ...plan, ours: on ? [...plan.ours, sender] : plan.ours.filter((one) => one !== sender) });
  return (
    <Section
      title={t`Cột nào là gì?`}
      lead={t`Các cột đã được đoán theo tên. Hãy xem lại rồi bấm Xem trước.`}
    >
      <form className={classes.form} onSubmit={submit}>
        <div className={classes.fields}>
          {FIELDS.map((field) => {
            const examples = examplesOf(found, plan.columns[field]).join(" · ");
            return (
              <NativeSelect
                key={field}
                label={i18n._(FIELD_WORDS[field])}
                description={examples ? examples.slice(0, 80) : undefined}
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={plan.columns[field] ?? ""}
                onChange={(event) => setPlan(withColumn(plan, field, event.currentTarget.value || null))}
                data={[
                  { value: "", label: t`Không có` },
                  ...found.columns.map((column) => ({ value: column, label: column })),
                ]}
              />
            );
          })}
        </div>
        {senders.length > 0 && (
          <fieldset className={classes.senders}>
            <legend>{t`Ai là bên mình?`}</legend>
            <p
              className={classes.hint}
            >{t`Tin của những người được đánh dấu là tin gửi đi. Còn lại là của khách.`}</p>
            <div className={classes.choices}>
              {senders.map((sender) => (
                <Checkbox
                  key={sender}
                  label={sender}
                  checked={plan.ours.includes(sender)}
                  onChange={(event) => toggle(sender, event.currentTarget.checked)}
                />
              ))}
            </div>
          </fieldset>
        )}
        <div className={classes.fields}>
          <NativeSelect
            label={t`Nhập vào tài khoản`}
            value={plan.accountId ?? ""}
            onChange={(event) => setPlan({ ...plan, accountId: Number(event.currentTarget.value) || null })}
            data={[
              { value: "", label: plan.columns.account ? t`Theo cột tài khoản` : t`Chọn tài khoản` },
              ...accounts.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <NativeSelect
            label={t`Ngày trong tệp viết theo`}
            value={plan.monthFirst ? "month" : "day"}
            onChange={(event) => setPlan({ ...plan, monthFirst: event.currentTarget.value === "month" })}
            data={[
              { value: "day", label: t`ngày/tháng/năm` },
              { value: "month", label: t`tháng/ngày/năm` },
            ]}
          />
          <StaffPicker
            label={t`Người phụ trách khách mới`}
            value={custodian}
            choose={setCustodian}
            nobody={t`Chưa ai phụ trách`}
          />
        </div>
        {missing.length > 0 && (
          <ul className={classes.missing}>
            {missing.map((one) => (
              <li key={one}>{i18n._(MISSING_WORDS[one])}</li>
            ))}
          </ul>
        )}
        {check.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(check.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button
            type="submit"
            variant={found.state === "checked" ? "default" : "filled"}
            disabled={missing.length > 0}
            loading={check.isPending}
          >
            {t`Xem trước`}
          </Button>
        </div>
      </form>
    </Section>
  );
}
