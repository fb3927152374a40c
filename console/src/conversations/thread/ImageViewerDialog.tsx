import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Anchor, Modal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect } from "react";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useDates } from "../../shared/time/useDates";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import classes from "./ImageViewerDialog.module.css";
import { useSwipe } from "./useSwipe";

type Props = {
  pictures: { url: string; name: string | null; at: string }[];
  url: string;
  show: (url: string) => void;
  close: () => void;
};

export default function ImageViewerDialog({ pictures, url, show, close }: Props) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const dates = useDates();
  const index = pictures.findIndex((picture) => picture.url === url);
  const before = pictures[index - 1];
  const after = pictures[index + 1];
  const current = pictures[index];
  const toBefore = () => before && show(before.url);
  const toAfter = () => after && show(after.url);
  useHotkeys([
    ["ArrowLeft", toBefore],
    ["ArrowRight", toAfter],
    ["Home", () => pictures[0] && show(pictures[0].url)],
    ["End", () => show(pictures.at(-1)?.url ?? url)],
  ]);
  const { drawn, handlers } = useSwipe({ left: toAfter, right: toBefore, down: close });
  const neighbours = [before?.url, after?.url].filter(Boolean).join(" ");
  useEffect(() => {
    // In the browser's cache by the time somebody turns to them.
    for (const one of neighbours.split(" ").filter(Boolean)) new Image().src = one;
  }, [neighbours]);
  return (
    <Modal
      opened
      onClose={close}
      fullScreen
      title={current ? dates.dateTime(current.at) : t`Hình ảnh`}
      closeButtonProps={closeButton}
      classNames={{ content: classes.content, header: classes.header, body: classes.body }}
    >
      <div className={classes.stage} {...handlers}>
        <img
          className={classes.picture}
          src={url}
          alt={t`Hình ảnh`}
          style={{ transform: `translate(${drawn.x}px, ${drawn.y}px)` }}
          draggable={false}
        />
      </div>
      {before && (
        <ActionIcon
          className={classes.before}
          variant="default"
          size={44}
          radius="xl"
          aria-label={t`Ảnh trước`}
          onClick={toBefore}
        >
          <IconChevronLeft size={22} />
        </ActionIcon>
      )}
      {after && (
        <ActionIcon
          className={classes.after}
          variant="default"
          size={44}
          radius="xl"
          aria-label={t`Ảnh sau`}
          onClick={toAfter}
        >
          <IconChevronRight size={22} />
        </ActionIcon>
      )}
      <div className={classes.foot}>
        {pictures.length > 1 && index >= 0 && (
          <span className={classes.count}>{t`Ảnh ${index + 1} trong ${pictures.length}`}</span>
        )}
        <Anchor href={url} download={current?.name ?? true}>
          {t`Tải về`}
        </Anchor>
        <Anchor href={url} target="_blank" rel="noopener noreferrer">
          {t`Mở ảnh gốc`}
        </Anchor>
      </div>
    </Modal>
  );
}
