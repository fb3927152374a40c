import { useLingui } from "@lingui/react/macro";
import { Stack } from "@mantine/core";
import { useTitle } from "../../shared/useTitle";
import { SecondFactorSetup } from "../account/SecondFactorSetup";
import { GatePage } from "../GatePage";
import classes from "../GatePage.module.css";
import { SignOutLink } from "./SignOutLink";
import { useGoOn } from "./useGoOn";

/** Whose role asks for a second factor sets it up before all else. */
export function SecondFactorPage() {
  const { t } = useLingui();
  const goOn = useGoOn("/second-factor");
  useTitle(t`Bật xác thực hai lớp`);
  return (
    <GatePage title={t`Bật xác thực hai lớp`}>
      <p className={classes.intro}>
        {t`Công ty yêu cầu vai trò của bạn đăng nhập bằng cả mật khẩu và mã trên điện thoại.`}
      </p>
      <Stack gap="md">
        <SecondFactorSetup done={() => void goOn()} />
        <SignOutLink />
      </Stack>
    </GatePage>
  );
}
