import { IconRosetteDiscountCheckFilled } from "@tabler/icons-react";
import { Face } from "../../shared/ui/Face";
import classes from "./Avatar.module.css";

type Props = { name: string; src: string; size?: number; verified?: boolean };

/** A face; a tick for an account that Zalo has verified. Decorative: the name stands beside it. */
export function Avatar({ name, src, size = 44, verified = false }: Props) {
  return (
    <span className={classes.root}>
      <Face name={name} src={src} size={size} />
      {verified && (
        <IconRosetteDiscountCheckFilled
          className={classes.mark}
          size={Math.max(14, size * 0.36)}
          aria-hidden
        />
      )}
    </span>
  );
}
