import { useLingui } from "@lingui/react/macro";
import { IconFileUpload } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Capability, ConversationDetail } from "../../api/types";
import classes from "./DropZone.module.css";
import { takesFiles } from "./files";
import { useCompositions } from "./useComposition";

type Props = { conversation: ConversationDetail; area: RefObject<HTMLElement | null> };

/** Files dragged over the whole thread land in the composer. */
export function DropZone({ conversation, area }: Props) {
  const { t } = useLingui();
  const compositions = useCompositions();
  const [over, setOver] = useState(false);
  // Enter and leave come for every element that is crossed; only their sum tells.
  const depth = useRef(0);
  const { id, reply } = conversation;
  const takes = reply.allowed && !reply.blocked && takesFiles(new Set(reply.can as Capability[]));

  useEffect(() => {
    const element = area.current;
    if (!element || !takes) return;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const end = () => {
      depth.current = 0;
      setOver(false);
    };
    const listeners: {
      [name in "dragenter" | "dragover" | "dragleave" | "drop"]: (event: DragEvent) => void;
    } = {
      dragenter: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      },
      dragover: (event) => {
        if (holdsFiles(event)) event.preventDefault();
      },
      dragleave: (event) => {
        if (!holdsFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) end();
      },
      drop: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        end();
        compositions.addFiles(id, [...(event.dataTransfer?.files ?? [])]);
      },
    };
    const names = Object.keys(listeners) as (keyof typeof listeners)[];
    for (const name of names) element.addEventListener(name, listeners[name]);
    return () => {
      end();
      for (const name of names) element.removeEventListener(name, listeners[name]);
    };
  }, [area, compositions, id, takes]);

  if (!over) return null;
  return (
    <div className={classes.root} role="status">
      <IconFileUpload size={32} stroke={1.5} aria-hidden />
      <span>{t`Thả tệp vào đây để gửi cho ${conversation.title}`}</span>
    </div>
  );
}
