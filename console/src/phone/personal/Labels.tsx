import type { Label } from "./api";
import classes from "./Personal.module.css";

/** Labels of a thread, each with its colour as Zalo has it. */
export function Labels({ labels }: { labels: readonly Label[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={classes.labels}>
      {labels.map(({ text, color }) => (
        <span key={text} className={classes.label}>
          <Flag color={color} />
          {text}
        </span>
      ))}
    </span>
  );
}

export function Flag({ color }: { color: string }) {
  return (
    <svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true">
      <path d="M0 0h10L7.5 4 10 8H0z" fill={color} />
    </svg>
  );
}
