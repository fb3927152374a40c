/** Keydown as browsers report it while an input method (Telex, VNI, pinyin …) is at work. */
export type KeyFacts = {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** From the native event. */
  isComposing: boolean;
  keyCode: number;
};

const PROCESSED_BY_IME = 229;

/**
 * Whether this key belongs to the input method. Chrome and Firefox say `isComposing`; Safari ends the composition before
 * the Enter that confirmed it and tells only by key code 229.
 */
export function isImeKey(facts: Pick<KeyFacts, "isComposing" | "keyCode">): boolean {
  return facts.isComposing || facts.keyCode === PROCESSED_BY_IME;
}

/** Enter alone sends. On a touch screen it makes a new line, as in every chat there. */
export function sendsOnKey(facts: KeyFacts, touch: boolean): boolean {
  if (facts.key !== "Enter" || isImeKey(facts) || facts.shiftKey || facts.altKey) return false;
  return facts.ctrlKey || facts.metaKey || !touch;
}
