import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import classes from "./ConnectPage.module.css";

export function Preparation() {
  return (
    <ul className={classes.list}>
      <li>
        <Trans>
          Mở{" "}
          <Anchor
            href="https://developers.zalo.me/apps"
            target="_blank"
            rel="noreferrer"
            underline="always"
            inherit
          >
            developers.zalo.me
          </Anchor>
          , chọn ứng dụng của công ty. Ứng dụng phải đang hoạt động.
        </Trans>
      </li>
      <li>
        <Trans>Ở mục Official Account của ứng dụng: liên kết OA và xin đủ quyền gọi API.</Trans>
      </li>
    </ul>
  );
}
