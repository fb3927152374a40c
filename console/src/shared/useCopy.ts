import { useEffect, useState } from "react";

const TOLD_MS = 1_500;

/** `navigator.clipboard` exists only on https and localhost; an office LAN often serves plain http. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** Copies a text; `copied` is true for a moment afterwards. */
export function useCopy() {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (text: string) => {
    const focused = document.activeElement;
    setCopied(await write(text));
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
  return { copied, copy };
}
