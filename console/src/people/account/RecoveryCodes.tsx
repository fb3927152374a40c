import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useCopy } from "../../shared/useCopy";
import classes from "./RecoveryCodes.module.css";

type Props = { codes: readonly string[]; done: () => void };

/** The only time that they can be read. */
export function RecoveryCodes({ codes, done }: Props) {
  const { t } = useLingui();
  const { copied, copy } = useCopy();
  const text = codes.join("\n");
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <div className={classes.all}>
      <p className={classes.text}>
        {t`Cất các mã dự phòng này ở nơi an toàn. Khi không có điện thoại, mỗi mã thay được mã 6 số một lần. Chúng chỉ hiện một lần này.`}
      </p>
      <ul className={classes.codes} aria-label={t`Mã dự phòng`}>
        {codes.map((code) => (
          <li key={code}>
            <code translate="no">{code}</code>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
          onClick={() => void copy(text)}
        >
          {copied ? t`Đã chép` : t`Chép tất cả`}
        </Button>
        <Button
          component="a"
          variant="default"
          href={address}
          download="so-khach-ma-du-phong.txt"
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t`Tải về`}
        </Button>
      </div>
      <Button onClick={done}>{t`Tôi đã cất mã`}</Button>
    </div>
  );
}
