import { type MouseEvent, type PointerEvent, type TouchEvent, useCallback, useEffect, useRef } from "react";

const HOLD_MS = 450;
const SLIP_PX = 10;

/** Handlers for holding a finger on something. A mouse keeps its own menu; a finger that moves is scrolling. */
export function useLongPress(held: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const touched = useRef(false);
  const fired = useRef(false);
  const stop = useCallback(() => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  return {
    onPointerDown(event: PointerEvent) {
      touched.current = event.pointerType !== "mouse";
      fired.current = false;
      if (!touched.current) return;
      const timer = setTimeout(() => {
        press.current = null;
        fired.current = true;
        held();
      }, HOLD_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent) {
      const from = press.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLIP_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onTouchEnd(event: TouchEvent) {
      // What has opened under the finger must not take its going up for a tap.
      if (fired.current && event.cancelable) event.preventDefault();
    },
    onContextMenu(event: MouseEvent) {
      if (touched.current) event.preventDefault();
    },
  };
}
