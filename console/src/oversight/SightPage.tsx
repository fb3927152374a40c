import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { IconEye, IconEyeOff, IconEyeQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Problem } from "../api/problem";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { ConversationField } from "./ConversationField";
import filters from "./LogFilters.module.css";
import { Mention } from "./LogRow";
import { PersonSelect } from "./PersonSelect";
import { type Explanation, sightQuery } from "./queries";
import classes from "./SightPage.module.css";
import { readSightSearch, type SightSearch } from "./search";

/** Why somebody sees a conversation, or does not. */
export function SightPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: "/app/admin/visibility" });
  const ask = (change: { [key in keyof SightSearch]?: unknown }) =>
    void navigate({
      to: "/visibility",
      search: (before) => readSightSearch({ ...before, ...change }),
      replace: true,
    });
  return (
    <PageFrame
      title={t`Vì sao xem được?`}
      lead={t`Chọn một nhân viên và một hội thoại để biết người đó có xem được không, thấy đến đâu và vì sao.`}
    >
      <search className={filters.filters}>
        <PersonSelect
          className={filters.person}
          value={search.staff}
          choose={(staff) => ask({ staff })}
          nobody={t`Chọn nhân viên`}
        />
        <ConversationField
          className={filters.person}
          value={search.conversation}
          choose={(conversation) => ask({ conversation })}
        />
      </search>
      {search.staff && search.conversation ? (
        <Answer staffId={search.staff} conversationId={search.conversation} />
      ) : (
        <StatePanel icon={IconEyeQuestion} title={t`Chưa đủ để trả lời`}>
          {t`Mã hội thoại nằm ở đầu mỗi hội thoại, như HT-000123.`}
        </StatePanel>
      )}
    </PageFrame>
  );
}

function Answer({ staffId, conversationId }: { staffId: number; conversationId: number }) {
  const { t } = useLingui();
  const query = useQuery(sightQuery(staffId, conversationId));
  if (query.data) return <Verdict verdict={query.data} />;
  if (query.isPending) return <Skeleton height={160} role="status" aria-label={t`Đang tìm lý do`} />;
  if (query.error instanceof Problem && query.error.status === 404)
    return (
      <StatePanel icon={IconEyeQuestion} title={t`Không có hội thoại hoặc nhân viên như vậy`}>
        {t`Hãy xem lại mã hội thoại.`}
      </StatePanel>
    );
  return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
}

function Verdict({ verdict }: { verdict: Explanation }) {
  const { t } = useLingui();
  const name = verdict.staff.name;
  const Icon = verdict.sees ? IconEye : IconEyeOff;
  return (
    <section className={classes.verdict} data-sees={verdict.sees || undefined} aria-live="polite">
      <span className={classes.icon} aria-hidden>
        <Icon size={22} stroke={1.6} />
      </span>
      <div className={classes.words}>
        <h2 className={classes.answer}>
          {verdict.sees ? t`${name} xem được hội thoại này` : t`${name} không xem được hội thoại này`}
        </h2>
        <p className={classes.level}>{verdict.level_text}</p>
        <p className={classes.level}>
          <Mention conversation={verdict.conversation} contact={verdict.contact} />
        </p>
        <h3 className={classes.why}>{t`Vì sao`}</h3>
        <ul className={classes.reasons}>
          {verdict.reasons.map((reason) => (
            <li key={reason.text}>{reason.text}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
