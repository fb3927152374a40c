import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { Interval } from "../../api/calendar";
import classes from "./Hours.module.css";
import { clock, interval, minuteOf } from "./time";

const MOST = 6;
const MORNING = interval(8 * 60, 12 * 60);
const LAST_MINUTE = 23 * 60;

/** What is offered next: the afternoon after a morning, an hour later after that. */
function following(intervals: readonly Interval[]): Interval {
  const last = intervals.at(-1);
  if (!last) return MORNING;
  if (last.closes_minute <= 13 * 60) return interval(13 * 60 + 30, 17 * 60 + 30);
  const opens = Math.min(last.closes_minute + 60, LAST_MINUTE);
  return interval(opens, Math.min(opens + 120, 1439));
}

type Props = { of: string; intervals: readonly Interval[]; change: (intervals: Interval[]) => void };

/** The hours of one day, each from one clock to another. `of` names the day to who cannot see it. */
export function IntervalFields({ of, intervals, change }: Props) {
  const { t } = useLingui();
  const put = (at: number, opens: number | null, closes: number | null) => {
    if (opens === null || closes === null) return;
    change(intervals.map((one, index) => (index === at ? interval(opens, closes) : one)));
  };
  return (
    <div className={classes.intervals}>
      {intervals.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place.
        <span key={index} className={classes.interval}>
          <input
            type="time"
            className={classes.clock}
            aria-label={t`${of}: mở lúc (khoảng ${index + 1})`}
            value={clock(one.opens_minute)}
            onChange={(event) =>
              put(index, minuteOf(event.currentTarget.value), one.closes_minute % (24 * 60))
            }
          />
          <span aria-hidden>–</span>
          <input
            type="time"
            className={classes.clock}
            aria-label={t`${of}: đóng lúc (khoảng ${index + 1})`}
            value={clock(one.closes_minute)}
            onChange={(event) => put(index, one.opens_minute, minuteOf(event.currentTarget.value))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t`${of}: bỏ khoảng ${index + 1}`}
            onClick={() => change(intervals.filter((_, at) => at !== index))}
          >
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </span>
      ))}
      {intervals.length < MOST && (
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconPlus size={14} stroke={1.75} />}
          aria-label={t`${of}: thêm giờ`}
          onClick={() => change([...intervals, following(intervals)])}
        >
          {t`Thêm giờ`}
        </Button>
      )}
    </div>
  );
}
