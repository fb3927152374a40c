import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Anchor, Modal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useDates } from "../../shared/time/useDates";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import classes from "./ImageViewerDialog.module.css";

type Props = {
  pictures: { url: string; name: string | null; at: string }[];
  url: string;
  show: (url: string) => void;
  close: () => void;
};

export default function ImageViewerDialog({ pictures, url, show, close }: Props) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const dates = useDates();
  const index = pictures.findIndex((picture) => picture.url === url);
  const before = pictures[index - 1];
  const after = pictures[index + 1];
  const current = pictures[index];
  useHotkeys([
    ["ArrowLeft", () => before && show(before.url)],
    ["ArrowRight", () => after && show(after.url)],
  ]);
  return (
    <Modal
      opened
      onClose={close}
      fullScreen
      title={current ? dates.dateTime(current.at) : t`Hình ảnh`}
      closeButtonProps={closeButton}
      classNames={{ content: classes.content, header: classes.header, body: classes.body }}
    >
      <img className={classes.picture} src={url} alt={t`Hình ảnh`} />
      {before && (
        <ActionIcon
          className={classes.before}
          variant="default"
          size={44}
          radius="xl"
          aria-label={t`Ảnh trước`}
          onClick={() => show(before.url)}
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
          onClick={() => show(after.url)}
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
