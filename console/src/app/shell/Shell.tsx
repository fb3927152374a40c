import { useMantineColorScheme } from "@mantine/core";
import { Outlet, useParams, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { SudoGate } from "../../people/account/SudoGate";
import { missingOf, useMe } from "../../people/session";
import { ConnectionNotice } from "../../realtime/ConnectionNotice";
import { RealtimeProvider } from "../../realtime/RealtimeProvider";
import { useIsPhone } from "../../shared/breakpoints";
import { activateLocale } from "../../shared/i18n/locale";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";
import { DEFAULT_ZONE } from "../../shared/time/calendar";
import { ZoneContext } from "../../shared/time/useDates";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { useVisibleHeight } from "./useVisibleHeight";

const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

/** The frame of every page behind sign-in. */
export function Shell() {
  const me = useMe();
  const phone = useIsPhone();
  const reading = useParams({ strict: false }).conversationId !== undefined;
  const router = useRouter();
  const missing = missingOf(me);
  const [sheet, setSheet] = useState(false);
  const { setColorScheme } = useMantineColorScheme();
  useShortcuts({ "?": () => setSheet(true) });
  useVisibleHeight();

  useEffect(() => void activateLocale(me.locale), [me.locale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the setter changes with every render; the choice is what counts.
  useEffect(() => setColorScheme(me.color_scheme), [me.color_scheme]);

  // Asked for while somebody works: the way in is gone again, and leads there.
  useEffect(() => void (missing && router.invalidate()), [missing, router]);

  return (
    <ZoneContext value={me.timezone ?? DEFAULT_ZONE}>
      <RealtimeProvider>
        <div className={classes.shell}>
          {/* On a phone an open thread has the whole screen; its arrow leads back. */}
          {!(phone && reading) && <Rail showShortcuts={() => setSheet(true)} />}
          <div className={classes.main}>
            <ConnectionNotice />
            <div className={classes.page}>
              <Outlet />
            </div>
          </div>
        </div>
        <SudoGate />
        {sheet && (
          <Suspense fallback={null}>
            <ShortcutSheet close={() => setSheet(false)} />
          </Suspense>
        )}
      </RealtimeProvider>
    </ZoneContext>
  );
}
