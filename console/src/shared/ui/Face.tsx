import { useEffect, useState } from "react";
import classes from "./Face.module.css";

const TONES = 8;

/** Vietnamese given names come last: "Nguyễn Thị Lan" is known as Lan, so her letters are T and L. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const pick = words.length > 1 ? words.slice(-2) : words;
  return pick.map((word) => Array.from(word)[0]?.toLocaleUpperCase("vi") ?? "").join("");
}

/** A steady tone for a name, so that a person keeps one colour everywhere. */
export function toneOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}

type Props = { name: string; src?: string | null; size?: number; square?: boolean };

/** A picture of a person, or their initials when there is none or it does not load. Decorative: the name stands beside it. */
export function Face({ name, src, size = 40, square = false }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  // What failed because the line was cut is tried again when it is back.
  useEffect(() => {
    if (!broken) return;
    const retry = () => setBroken(null);
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [broken]);
  const style = {
    width: size,
    height: size,
    fontSize: Math.round(size * 0.36),
    borderRadius: square ? 8 : "50%",
  };
  if (src && broken !== src) {
    return (
      <img
        className={classes.face}
        style={style}
        src={src}
        alt=""
        loading="lazy"
        onError={() => setBroken(src)}
      />
    );
  }
  return (
    <span
      className={classes.face}
      style={style}
      data-tone={toneOf(name)}
      data-initials={initials(name)}
      aria-hidden
    />
  );
}
