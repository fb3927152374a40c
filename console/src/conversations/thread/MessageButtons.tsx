import { useLingui } from "@lingui/react/macro";
import { IconExternalLink, IconMessage2, IconMessageCircle, IconPhone } from "@tabler/icons-react";
import type { MessageButton } from "../../api/types";
import classes from "./MessageButtons.module.css";
import { safeAddress } from "./media/addresses";

const ICONS: Record<string, typeof IconPhone> = {
  "oa.open.url": IconExternalLink,
  "oa.open.phone": IconPhone,
  "oa.open.sms": IconMessage2,
};

/** The buttons under a message of ours, as the customer has them; here only the links lead somewhere. */
export function MessageButtons({ buttons }: { buttons: readonly MessageButton[] }) {
  const { t } = useLingui();
  return (
    <ul className={classes.root} aria-label={t`Nút bấm trong tin`}>
      {buttons.map((button, index) => {
        const Icon = ICONS[button.type] ?? IconMessageCircle;
        const address = button.type === "oa.open.url" ? safeAddress(button.payload) : null;
        const inside = (
          <>
            <Icon size={15} stroke={1.75} aria-hidden />
            <span className={classes.title}>{button.title}</span>
          </>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the buttons of a message that was sent never change places.
          <li key={index}>
            {address ? (
              <a
                className={classes.button}
                href={address.href}
                title={address.href}
                target="_blank"
                rel="noopener noreferrer"
              >
                {inside}
              </a>
            ) : (
              <span className={classes.button} title={button.payload ?? undefined}>
                {inside}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
