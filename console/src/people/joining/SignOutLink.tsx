import { useLingui } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import classes from "../GatePage.module.css";
import { useSignOut } from "../useSignOut";

/** The way out of a page that lets nobody past it. */
export function SignOutLink() {
  const { t } = useLingui();
  const signOut = useSignOut();
  return (
    <Anchor
      className={classes.link}
      component="button"
      type="button"
      size="sm"
      ta="center"
      onClick={() => signOut.mutate()}
    >
      {t`Đăng xuất`}
    </Anchor>
  );
}
