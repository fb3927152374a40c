import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Device } from "../../api/account";
import { deviceName } from "../../oversight/device";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { Nothing } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./DeviceList.module.css";
import { devicesQuery, useEndDevice } from "./queries";

/** Where one is signed in, or with `staffId` somebody; ending one cuts it off at once. */
export function DeviceList({ staffId }: { staffId: number | null }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const query = useQuery(devicesQuery(staffId));
  const ending = useEndDevice(staffId);
  const error = ending.error ?? (query.data ? null : query.error);
  return (
    <>
      {query.isPending && <Skeleton height={64} />}
      {error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      )}
      {query.data?.items.length === 0 && <Nothing>{t`Chưa đăng nhập ở máy nào.`}</Nothing>}
      {query.data && query.data.items.length > 0 && (
        <ul className={classes.devices}>
          {query.data.items.map((device) => (
            <li key={device.id}>
              <DeviceRow
                device={device}
                busy={ending.isPending && ending.variables === device.id}
                end={() => ending.mutate(device.id)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function DeviceRow({ device, busy, end }: { device: Device; busy: boolean; end: () => void }) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  const name = deviceName(device.device) || t`Máy không rõ tên`;
  const Icon = /iPhone|iPad|Android/.test(device.device) ? IconDeviceMobile : IconDeviceDesktop;
  const seen = dates.since(device.last_seen_at, now);
  const since = dates.dateTime(device.created_at);
  const { address } = device;
  return (
    <div className={classes.row}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <div className={classes.words}>
        <p className={classes.name} translate="no">
          {name}
        </p>
        <p className={classes.facts}>
          {address && <span translate="no">{address}</span>}
          <span>{t`hoạt động ${seen}`}</span>
          <span>{t`đăng nhập ${since}`}</span>
        </p>
      </div>
      {device.current ? (
        <span className={classes.current}>{t`Máy này`}</span>
      ) : (
        <Button variant="default" size="xs" loading={busy} aria-label={t`Đăng xuất ${name}`} onClick={end}>
          {t`Đăng xuất`}
        </Button>
      )}
    </div>
  );
}
