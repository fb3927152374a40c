import classes from "./ViewCount.module.css";

const MOST = 99;

/** How many of a view's conversations are open. Nobody counts further than 99. */
export function ViewCount({ count }: { count: number | undefined }) {
  if (!count) return null;
  return (
    <>
      {" "}
      <span className={classes.root}>{count > MOST ? `${MOST}+` : count}</span>
    </>
  );
}
