import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconLayoutList, IconList } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import type { View } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { focusSearch } from "../../shared/keyboard/targets";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";
import { LostNotice } from "../lost/LostNotice";
import { useViewNames, VIEWS } from "../words";
import { ConversationList, type ListProps } from "./ConversationList";
import { setDensity, useDensity } from "./density";
import classes from "./ListPane.module.css";
import { ListSearch } from "./ListSearch";
import { useCounts } from "./useCounts";
import { ViewCount } from "./ViewCount";

export function ListPane({ view, selectedId, place, narrowing, narrow }: ListProps) {
  const { t } = useLingui();
  const names = useViewNames();
  const counts = useCounts(view);
  const navigate = useNavigate();
  const phone = useIsPhone();
  const pane = useRef<HTMLElement>(null);
  // Alone on a phone, it is the page.
  const Pane = phone ? "main" : "section";
  const density = useDensity();
  const other = density === "compact" ? "comfortable" : "compact";
  const densityLabel = density === "compact" ? t`Hiện danh sách thoáng` : t`Hiện danh sách gọn`;
  const toView = (name: View) => void navigate({ to: ".", search: { view: name } });
  useShortcuts({
    "/": (event) => {
      if (focusSearch()) event.preventDefault();
    },
    ...Object.fromEntries(VIEWS.map((name, index) => [String(index + 1), () => toView(name)])),
  });
  return (
    <Pane ref={pane} className={classes.pane} aria-label={t`Hội thoại`}>
      <header className={classes.header}>
        <VisuallyHidden>
          <h1>{t`Hội thoại`}</h1>
        </VisuallyHidden>
        <ListSearch
          view={view}
          narrowing={narrowing}
          narrow={narrow}
          toList={() =>
            pane.current?.querySelector<HTMLElement>("[data-conversation][tabindex='0']")?.focus()
          }
        />
        <Tooltip label={densityLabel} position="right">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={phone ? 44 : 34}
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
            {name !== "all" && <ViewCount count={counts?.[name]} />}
          </Link>
        ))}
      </nav>
      <LostNotice />
      <ConversationList
        view={view}
        selectedId={selectedId}
        place={place}
        narrowing={narrowing}
        narrow={narrow}
      />
    </Pane>
  );
}
