import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { useMe } from "../../people/session";
import { focusComposer, focusNote } from "../../shared/keyboard/targets";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";
import { may } from "../custody/actions";
import { ClaimStrip } from "../custody/ClaimStrip";
import { NoteComposer } from "../notes/NoteComposer";
import { hasNoteDraft } from "../notes/noteDraft";
import { Closed } from "./Closed";
import { Composer } from "./Composer";
import classes from "./Composer.module.css";
import { DropZone } from "./DropZone";
import { type Mode, ModeTabs } from "./ModeTabs";
import { useComposition } from "./useComposition";

type Props = { conversation: ConversationDetail; area: RefObject<HTMLElement | null> };

/**
 * Where one writes: to the customer, or to colleagues. Each has a field, a draft and a way of its own, so that switching
 * never takes words along.
 */
export function ComposerArea({ conversation, area }: Props) {
  const me = useMe();
  const replies = may(conversation, "reply");
  const notes = may(conversation, "note");
  const [wanted, setWanted] = useState<Mode>("reply");
  const mode: Mode = notes && (wanted === "note" || !replies) ? "note" : "reply";
  const { quote, uploads } = useComposition(conversation.id);
  const focusing = useRef(false);

  // Before the field is there it cannot have the focus.
  useEffect(() => {
    if (!focusing.current) return;
    focusing.current = false;
    if (mode === "note") focusNote();
    else focusComposer();
  }, [mode]);

  const to = (next: Mode) => {
    if (next === mode) {
      if (next === "note") focusNote();
      else focusComposer();
      return;
    }
    focusing.current = true;
    setWanted(next);
  };

  // Who answers a message, or drops a file on the thread, writes to the customer.
  const quoted = quote?.messageId ?? null;
  const files = uploads.length;
  useEffect(() => {
    if (quoted === null && files === 0) return;
    focusing.current = true;
    setWanted("reply");
  }, [quoted, files]);

  useShortcuts({
    r: (event) => {
      if (!replies) return;
      event.preventDefault();
      to("reply");
    },
    g: (event) => {
      if (!notes) return;
      event.preventDefault();
      to("note");
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "/" || !(event.ctrlKey || event.metaKey) || !replies || !notes) return;
    event.preventDefault();
    to(mode === "note" ? "reply" : "note");
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields in it take the keys.
    <footer className={classes.root} onKeyDown={onKeyDown}>
      <div className={classes.inner}>
        {conversation.access === "pool" && may(conversation, "claim") && (
          <ClaimStrip conversation={conversation} />
        )}
        {replies && notes && (
          <ModeTabs
            mode={mode}
            choose={to}
            begun={mode === "reply" && hasNoteDraft(me.id, conversation.id)}
          />
        )}
        {!replies && <Closed />}
        {mode === "note" && <NoteComposer conversationId={conversation.id} />}
        {mode === "reply" && replies && <Composer conversation={conversation} />}
        {replies && <DropZone conversation={conversation} area={area} />}
      </div>
    </footer>
  );
}
