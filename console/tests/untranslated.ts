const ATTRIBUTES = ["aria-label", "aria-description", "placeholder", "title", "alt"];
/** Every letter that the pseudo-locale accents; it leaves v and x as they are. */
export const PLAIN_LETTER = /[a-uwyzA-UWYZ]/;
/** Names of keys and commands are the same in every language. */
const EXEMPT = "kbd, code[translate=no], style, script";

/**
 * Texts of a page that did not come through a catalogue. In the pseudo-locale every letter of ours is accented and the
 * data of the tests is Greek, so a plain Latin letter is a text that somebody forgot to wrap.
 */
export function untranslated(root: ParentNode): string[] {
  const found = new Set<string>();
  const check = (text: string | null) => {
    if (text && PLAIN_LETTER.test(text)) found.add(text.trim());
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest(EXEMPT)) check(node.textContent);
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      if (!element.closest(EXEMPT)) check(element.getAttribute(name));
    }
  }
  return [...found];
}
