import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconLayoutList, IconList } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { View } from "../../api/types";
import { ConnectionNotice } from "../../realtime/ConnectionNotice";
import { useIsPhone } from "../../shared/breakpoints";
import { useViewNames, VIEWS } from "../words";
import { ConversationList } from "./ConversationList";
import { setDensity, useDensity } from "./density";
import classes from "./ListPane.module.css";

export function ListPane({ view, selectedId }: { view: View; selectedId: number | null }) {
  const { t } = useLingui();
  const names = useViewNames();
  // Alone on a phone, it is the page.
  const Pane = useIsPhone() ? "main" : "section";
  const density = useDensity();
  const other = density === "compact" ? "comfortable" : "compact";
  const densityLabel = density === "compact" ? t`Hiện danh sách thoáng` : t`Hiện danh sách gọn`;
  return (
    <Pane className={classes.pane} aria-label={t`Hội thoại`}>
      <header className={classes.header}>
        <h1 className={classes.title}>{t`Hội thoại`}</h1>
        <Tooltip label={densityLabel} position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={densityLabel}
            onClick={() => setDensity(other)}
          >
            {density === "compact" ? <IconLayoutList size={18} /> : <IconList size={18} />}
          </ActionIcon>
        </Tooltip>
      </header>
      <nav className={classes.views} aria-label={t`Mục hội thoại`}>
        {VIEWS.map((name) => (
          <Link
            key={name}
            to="."
            search={{ view: name }}
            className={classes.view}
            data-active={name === view || undefined}
            aria-current={name === view ? "true" : undefined}
          >
            {names[name]}
          </Link>
        ))}
      </nav>
      <ConnectionNotice />
      <ConversationList view={view} selectedId={selectedId} />
    </Pane>
  );
}
