import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef } from "react";
import classes from "./CopyField.module.css";

type Props = { label: string; hint?: string; value: string };

/** A value to carry elsewhere: one press copies it, and it stays selectable where the browser refuses to copy. */
export function CopyField({ label, hint, value }: Props) {
  const { t } = useLingui();
  const shown = useRef<HTMLElement>(null);
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () => {
    if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
    clipboard.copy(value);
  };
  return (
    <div className={classes.field}>
      <p className={classes.label}>{label}</p>
      {hint && <p className={classes.hint}>{hint}</p>}
      <div className={classes.row}>
        <code ref={shown} className={classes.value} translate="no">
          {value}
        </code>
        <Tooltip label={clipboard.copied ? t`Đã chép` : t`Chép`}>
          <ActionIcon
            className={classes.copy}
            variant="subtle"
            size={36}
            aria-label={t`Chép ${label}`}
            onClick={copy}
          >
            {clipboard.copied ? <IconCheck size={18} /> : <IconCopy size={18} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
        <VisuallyHidden role="status">{clipboard.copied ? t`Đã chép` : ""}</VisuallyHidden>
      </div>
    </div>
  );
}
