import { useLingui } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { ConversationRow, View } from "../../api/types";
import { ChannelFace } from "../../channels/ChannelFace";
import { TagChip } from "../../customers/TagChip";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { TickMark } from "../thread/TickMark";
import { troubleOfRow } from "../thread/ticks";
import { usePreview, useSpeaker } from "../words";
import classes from "./ConversationRowLink.module.css";
import type { Density } from "./density";
import { WaitingTime } from "./WaitingTime";

const MOST_TAGS = 2;

type Props = {
  row: ConversationRow;
  view: View;
  selected: boolean;
  /** Where the Tab key enters the list. */
  stop: boolean;
  density: Density;
};

export const ConversationRowLink = memo(function ConversationRowLink({
  row,
  view,
  selected,
  stop,
  density,
}: Props) {
  const { t } = useLingui();
  const preview = usePreview();
  const unread = row.unread_count > 0;
  const last = row.last_message;
  const speaker = useSpeaker()(row);
  const trouble = troubleOfRow(row);
  return (
    <Link
      to="/conversations/$conversationId"
      params={{ conversationId: row.id }}
      search={{ view }}
      state={{ fromList: true }}
      className={classes.row}
      tabIndex={stop ? 0 : -1}
      data-conversation={row.id}
      data-selected={selected || undefined}
      data-unread={unread || undefined}
      data-density={density}
      aria-current={selected ? "true" : undefined}
      draggable={false}
    >
      <ChannelFace
        name={row.title}
        src={row.contact?.avatar_url ?? null}
        account={row.account}
        size={density === "compact" ? 32 : 40}
      />
      <span className={classes.text}>
        <span className={classes.line}>
          <span className={classes.name}>{row.title}</span>
          {row.waiting_since ? (
            <WaitingTime since={row.waiting_since} />
          ) : (
            last && <Stamp at={last.sent_at} />
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.preview}>
            {trouble && (
              <>
                <span className={classes.trouble}>
                  <TickMark tick={trouble} words />
                </span>{" "}
              </>
            )}
            {speaker && <span className={classes.speaker}>{`${speaker}: `}</span>}
            {preview(row)}
          </span>
          {row.access === "pool" && <span className={classes.way}>{t`Chờ nhận`}</span>}
          {row.access === "mention" && <span className={classes.way}>{t`Nhắc bạn`}</span>}
          {row.tags.slice(0, MOST_TAGS).map((tag) => (
            <TagChip key={tag.id} tag={tag} small />
          ))}
          {unread && (
            <span className={classes.dot}>
              <VisuallyHidden>{t`Chưa đọc`}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

function Stamp({ at }: { at: string }) {
  const dates = useDates();
  const now = useNow();
  return (
    <time className={classes.stamp} dateTime={at}>
      {dates.stamp(at, now)}
    </time>
  );
}
