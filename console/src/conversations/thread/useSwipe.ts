import { type TouchEvent, useRef, useState } from "react";

const FAR_PX = 56;

type Way = { x: number; y: number };
const STILL: Way = { x: 0, y: 0 };

type Ways = { left: () => void; right: () => void; down: () => void };

function isZoomed(): boolean {
  return (window.visualViewport?.scale ?? 1) > 1.01;
}

/** Handlers for one finger that sweeps, and how far it has drawn what lies under it. Two fingers zoom, as ever. */
export function useSwipe(ways: Ways) {
  const from = useRef<Way | null>(null);
  const way = useRef(STILL);
  const [drawn, setDrawn] = useState(STILL);
  const draw = (by: Way) => {
    way.current = by;
    setDrawn(by);
  };
  const rest = () => {
    from.current = null;
    draw(STILL);
  };
  return {
    drawn,
    handlers: {
      onTouchStart(event: TouchEvent) {
        const touch = event.touches[0];
        from.current =
          touch && event.touches.length === 1 && !isZoomed() ? { x: touch.clientX, y: touch.clientY } : null;
        draw(STILL);
      },
      onTouchMove(event: TouchEvent) {
        const touch = event.touches[0];
        if (!touch || !from.current) return;
        if (event.touches.length > 1) {
          rest();
          return;
        }
        const x = touch.clientX - from.current.x;
        const y = touch.clientY - from.current.y;
        draw(Math.abs(x) >= Math.abs(y) ? { x, y: 0 } : { x: 0, y: Math.max(0, y) });
      },
      onTouchEnd() {
        const { x, y } = way.current;
        rest();
        if (x <= -FAR_PX) ways.left();
        else if (x >= FAR_PX) ways.right();
        else if (y >= 2 * FAR_PX) ways.down();
      },
      onTouchCancel: rest,
    },
  };
}
