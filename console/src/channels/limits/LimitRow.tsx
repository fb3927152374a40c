import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { ChannelLimit } from "../../api/admin";
import { useDates } from "../../shared/time/useDates";
import classes from "./ChannelLimitsPage.module.css";
import { useLimitValue } from "./useLimitValue";

export function LimitRow({ limit, edit }: { limit: ChannelLimit; edit?: () => void }) {
  const { t } = useLingui();
  const dates = useDates();
  const shown = useLimitValue();
  const { source, text, changed_by: by } = limit;
  const stated = dates.date(limit.as_of);
  const standard = shown(limit, limit.default_value);
  const changed = limit.changed_at ? dates.dateTime(limit.changed_at) : null;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <p className={classes.text}>{text}</p>
        <p className={classes.meta}>
          {changed ? t`Theo ${source}, ngày ${stated}: ${standard}` : t`Theo ${source}, ngày ${stated}`}
        </p>
        {changed && <p className={classes.changed}>{t`${by ?? ""} đã sửa lúc ${changed}`}</p>}
      </div>
      <p className={classes.value} data-changed={changed !== null || undefined}>
        {shown(limit, limit.value)}
      </p>
      {edit && (
        <Tooltip label={t`Sửa`}>
          <ActionIcon
            className={classes.edit}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t`Sửa: ${text}`}
            onClick={edit}
          >
            <IconPencil size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
