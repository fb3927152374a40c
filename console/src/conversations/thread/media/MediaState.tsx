import { useLingui } from "@lingui/react/macro";
import { IconPhotoOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Attachment } from "../../../api/types";
import type { Box } from "./boxes";
import classes from "./MediaState.module.css";

type Props = { attachment: Attachment; box: Box; icon?: ReactNode; broken?: boolean };

/** In the place of a picture or video that is not here: on its way, or why not. It keeps the size. */
export function MediaState({ attachment, box, icon, broken = false }: Props) {
  const { t } = useLingui();
  const pending = attachment.state === "pending" && !broken;
  const words = () => {
    if (pending) return attachment.state_text ?? t`Đang tải về…`;
    return (broken ? null : attachment.state_text) ?? t`Chưa tải được`;
  };
  return (
    <div className={classes.root} style={box} data-state={pending ? "pending" : "missing"}>
      {icon ?? (!pending && <IconPhotoOff size={22} stroke={1.5} aria-hidden />)}
      <span>{words()}</span>
    </div>
  );
}
