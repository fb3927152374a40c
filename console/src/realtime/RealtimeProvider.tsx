import { useIsMutating, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useCompositions } from "../conversations/composer/useComposition";
import { forgetUnwatched } from "../conversations/lost/forget";
import { useDropConversation } from "../conversations/lost/useDropConversation";
import { lostOf } from "../conversations/lost/useLost";
import { useOutbox } from "../conversations/outbox/useOutbox";
import { typingOf } from "../conversations/thread/typing";
import { sessionQuery, useMe } from "../people/session";
import { SIGN_OUT } from "../people/useSignOut";
import { applyChanges } from "./apply";
import { collect, isAny, noChanges } from "./changes";
import { Connection, type ConnectionState } from "./connection";

const BATCH_MS = 250;
const RETRY_MS = 4_000;
/** Without a socket (some office proxies refuse them) the console still moves, only slower. */
const POLL_MS = 20_000;

const StateContext = createContext<ConnectionState>("connecting");

/** How the line to the server stands. */
export function useConnection(): ConnectionState {
  return useContext(StateContext);
}

function openSocket(cursor: number | null): WebSocket {
  const url = new URL("/api/realtime", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (cursor !== null) url.searchParams.set("cursor", String(cursor));
  return new WebSocket(url);
}

/** Keeps what is on the screen true: one socket for the whole console. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const outbox = useOutbox();
  const compositions = useCompositions();
  const drop = useDropConversation();
  const myId = useMe().id;
  // Who is leaving reads nothing more: it would be refused, or stay behind for the next who signs in here.
  const leaving = useIsMutating({ mutationKey: SIGN_OUT }) > 0;
  const [state, setState] = useState<ConnectionState>("connecting");

  useEffect(() => {
    if (leaving) return;
    let changes = noChanges();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running = false;
    let over = false;

    // One reading at a time; what comes meanwhile waits together for the next.
    const flush = async () => {
      timer = undefined;
      const batch = changes;
      changes = noChanges();
      running = true;
      try {
        await applyChanges(client, batch, myId);
      } catch {
        // The cursor has moved on, so what could not be read now is owed in full.
        changes.everything = true;
      }
      running = false;
      if (isAny(changes)) schedule(changes.everything ? RETRY_MS : BATCH_MS);
    };
    const schedule = (delay = BATCH_MS) => {
      if (!over && !running && timer === undefined) timer = setTimeout(() => void flush(), delay);
    };

    const connection = new Connection(
      {
        events: (events) => {
          // What is out of sight goes at once, not with the next reading.
          for (const event of events) {
            if (event.kind === "conversation.hidden") drop(event.conversation_id);
            if (event.kind === "conversation.changed") {
              lostOf(client).remove(event.conversation_id);
              typingOf(client).clear(event.conversation_id);
            }
          }
          collect(changes, events);
          schedule();
        },
        typing: ({ conversation_id, name }) => typingOf(client).hear(conversation_id, name),
        stale: () => {
          changes.everything = true;
          schedule();
        },
        signedOut: () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
        accessChanged: () => {
          lostOf(client).clear();
          forgetUnwatched(client);
          void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
        },
        state: (now) => {
          setState(now);
          if (now !== "open") return;
          outbox.resume();
          compositions.resume();
        },
      },
      { open: openSocket, random: Math.random },
    );
    connection.start();

    const back = () => {
      connection.nudge();
      outbox.resume();
    };
    const gone = () => connection.cut();
    const seen = () => {
      if (document.visibilityState === "visible") connection.nudge();
    };
    window.addEventListener("online", back);
    window.addEventListener("offline", gone);
    document.addEventListener("visibilitychange", seen);
    return () => {
      over = true;
      clearTimeout(timer);
      connection.stop();
      window.removeEventListener("online", back);
      window.removeEventListener("offline", gone);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [client, outbox, compositions, drop, leaving, myId]);

  useEffect(() => {
    if (state !== "lost" || leaving) return;
    const poll = setInterval(() => {
      const everything = { ...noChanges(), everything: true };
      if (document.visibilityState !== "visible") return;
      outbox.resume();
      void applyChanges(client, everything, myId);
    }, POLL_MS);
    return () => clearInterval(poll);
  }, [client, outbox, leaving, myId, state]);

  return <StateContext value={state}>{children}</StateContext>;
}
