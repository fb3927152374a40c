import { useParams, useSearch } from "@tanstack/react-router";
import { ConversationView } from "./ConversationView";

export function ConversationRoute() {
  const { conversationId } = useParams({ from: "/app/conversations/$conversationId" });
  const { view } = useSearch({ from: "/app/conversations" });
  return <ConversationView id={conversationId} view={view} />;
}
