import { useLingui } from "@lingui/react/macro";
import { IconRefresh, IconX } from "@tabler/icons-react";
import { useBytes } from "../../shared/useBytes";
import { useProblemText } from "../../shared/useProblemText";
import cards from "../thread/media/cards.module.css";
import { fileKind } from "../thread/media/fileKinds";
import type { UploadItem } from "./compositions";
import classes from "./UploadTray.module.css";

type Props = {
  items: readonly UploadItem[];
  retry: (key: string) => void;
  remove: (key: string) => void;
};

/** Files that go with the next message: how far each has come, and why one has not. */
export function UploadTray({ items, retry, remove }: Props) {
  const { t } = useLingui();
  return (
    <ul className={classes.root} aria-label={t`Tệp sẽ gửi`}>
      {items.map((item) => (
        <Item key={item.key} item={item} retry={() => retry(item.key)} remove={() => remove(item.key)} />
      ))}
    </ul>
  );
}

type ItemProps = { item: UploadItem; retry: () => void; remove: () => void };

function Item({ item, retry, remove }: ItemProps) {
  const { t } = useLingui();
  const size = useBytes();
  const problemText = useProblemText();
  const { icon: Icon, tone } = fileKind(item.name, item.type);
  const picture = item.previewUrl ?? item.media?.thumbnail_url;
  const percent = Math.round(item.progress * 100);
  const failed = item.state === "failed";
  return (
    <li className={classes.item} data-state={item.state} data-picture={Boolean(picture) || undefined}>
      {picture ? (
        <img className={classes.picture} src={picture} alt={item.name} />
      ) : (
        <span className={cards.sign} data-tone={tone}>
          <Icon size={22} stroke={1.6} aria-hidden />
        </span>
      )}
      {(!picture || failed) && (
        <span className={classes.words}>
          <span className={classes.name}>{item.name}</span>
          {failed ? (
            <span className={classes.problem} role="alert">
              {problemText(item.error)}
            </span>
          ) : (
            <span className={classes.meta}>
              {item.state === "uploading" ? t`Đang tải lên ${percent}%` : size(item.sizeBytes)}
            </span>
          )}
        </span>
      )}
      {item.state === "uploading" && (
        <progress className={classes.progress} max={1} value={item.progress} aria-label={item.name} />
      )}
      {failed && (
        <button type="button" className={classes.again} aria-label={t`Tải lại ${item.name}`} onClick={retry}>
          <IconRefresh size={16} stroke={2} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className={classes.remove}
        aria-label={t`Bỏ tệp ${item.name}`}
        title={t`Bỏ tệp này`}
        onClick={remove}
      >
        <IconX size={14} stroke={2.25} aria-hidden />
      </button>
    </li>
  );
}
