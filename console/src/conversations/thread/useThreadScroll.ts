import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const AT_BOTTOM_PX = 48;
const LOAD_OLDER_PX = 600;

type Anchor = { element: Element; top: number };

function firstVisible(viewport: HTMLElement, content: HTMLElement): Anchor | null {
  const edge = viewport.getBoundingClientRect().top;
  for (const element of content.children) {
    const box = element.getBoundingClientRect();
    if (box.bottom > edge) return { element, top: box.top - edge };
  }
  return null;
}

/**
 * Keeps the reader's place. At the bottom the thread follows what comes; elsewhere the first visible row stays where it
 * is, whatever is added above or below it or changes its height.
 */
export function useThreadScroll(
  viewport: RefObject<HTMLDivElement | null>,
  content: RefObject<HTMLDivElement | null>,
  nearTop: () => void,
) {
  const pinned = useRef(true);
  const lastTop = useRef(0);
  const anchor = useRef<Anchor | null>(null);
  const [atBottom, setAtBottom] = useState(true);
  const onNearTop = useRef(nearTop);
  useEffect(() => {
    onNearTop.current = nearTop;
  });

  const remember = useCallback(() => {
    const view = viewport.current;
    const body = content.current;
    if (!view || !body) return;
    // A composer that grows takes the bottom away without anybody scrolling: only going up lets go of it.
    const up = view.scrollTop < lastTop.current;
    const near = view.scrollHeight - view.scrollTop - view.clientHeight < AT_BOTTOM_PX;
    pinned.current = near || (pinned.current && !up);
    lastTop.current = view.scrollTop;
    setAtBottom(pinned.current);
    anchor.current = pinned.current ? null : firstVisible(view, body);
  }, [viewport, content]);

  const settle = useCallback(() => {
    const view = viewport.current;
    if (!view) return;
    if (pinned.current) {
      view.scrollTop = view.scrollHeight;
      lastTop.current = view.scrollTop;
      return;
    }
    const held = anchor.current;
    if (held?.element.isConnected) {
      const top = held.element.getBoundingClientRect().top - view.getBoundingClientRect().top;
      view.scrollTop += top - held.top;
    }
  }, [viewport]);

  // After every render, before the paint: the rows may have changed.
  useLayoutEffect(settle);

  useEffect(() => {
    const view = viewport.current;
    const body = content.current;
    if (!view || !body) return;
    const observer = new ResizeObserver(settle);
    observer.observe(body);
    observer.observe(view);
    const onScroll = () => {
      remember();
      if (view.scrollTop < LOAD_OLDER_PX) onNearTop.current();
    };
    view.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener("scroll", onScroll);
    };
  }, [viewport, content, settle, remember]);

  const toBottom = useCallback(() => {
    pinned.current = true;
    anchor.current = null;
    setAtBottom(true);
    settle();
  }, [settle]);

  /** Brings a row to the middle, and keeps it there while what is around it still changes its height. */
  const toRow = useCallback(
    (element: Element) => {
      const view = viewport.current;
      if (!view) return;
      pinned.current = false;
      const box = element.getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      view.scrollTop += box.top - frame.top - Math.max(24, (frame.height - box.height) / 2);
      anchor.current = { element, top: element.getBoundingClientRect().top - frame.top };
      setAtBottom(false);
    },
    [viewport],
  );

  return { atBottom, toBottom, toRow };
}
