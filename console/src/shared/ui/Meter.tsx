import classes from "./Meter.module.css";

type Props = { value: number; most: number; tone?: "accent" | "warn" | "bad" };

/** A part of a whole as a thin bar. What it says stands beside it in words. */
export function Meter({ value, most, tone = "accent" }: Props) {
  const share = most > 0 ? Math.min(1, Math.max(0, value / most)) : 0;
  return (
    <div className={classes.meter} aria-hidden>
      <div className={classes.fill} data-tone={tone} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
