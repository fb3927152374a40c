import { useLingui } from "@lingui/react/macro";
import { IconMapOff } from "@tabler/icons-react";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { StatePanel } from "../shared/ui/StatePanel";
import classes from "./PageError.module.css";

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={classes.page}>
      <ErrorPanel error={error} retry={retry} />
    </main>
  );
}

export function NotFound() {
  const { t } = useLingui();
  const router = useRouter();
  return (
    <main className={classes.page}>
      <StatePanel
        icon={IconMapOff}
        title={t`Không có trang này`}
        action={{ label: t`Về hội thoại`, onClick: () => void router.navigate({ to: "/" }) }}
      >
        {t`Đường dẫn có thể đã cũ hoặc gõ nhầm.`}
      </StatePanel>
    </main>
  );
}
