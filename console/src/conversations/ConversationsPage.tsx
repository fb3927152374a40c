import { Outlet, useParams, useSearch } from "@tanstack/react-router";
import { useIsPhone } from "../shared/breakpoints";
import classes from "./ConversationsPage.module.css";
import { ListPane } from "./list/ListPane";

/** The inbox: list, thread, customer. On a phone one of them at a time. */
export function ConversationsPage() {
  const phone = useIsPhone();
  const { view } = useSearch({ from: "/app/conversations" });
  const selectedId = useParams({ strict: false }).conversationId ?? null;
  return (
    <div className={classes.page}>
      {(!phone || selectedId === null) && <ListPane view={view} selectedId={selectedId} />}
      {(!phone || selectedId !== null) && <Outlet />}
    </div>
  );
}
