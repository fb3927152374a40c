import { useEffect } from "react";

const KEYBOARD_PX = 120;

/**
 * Safari lays its keyboard over the page instead of making the page smaller: then the composer would lie below it. Where
 * the browser makes room itself (Chrome, by the viewport's `interactive-widget`) this does nothing.
 */
export function useVisibleHeight(): void {
  useEffect(() => {
    const visible = window.visualViewport;
    if (!visible) return;
    const style = document.documentElement.style;
    const fit = () => {
      const covered = visible.scale === 1 && window.innerHeight - visible.height > KEYBOARD_PX;
      if (!covered) {
        style.removeProperty("--sk-visible-height");
        return;
      }
      style.setProperty("--sk-visible-height", `${visible.height}px`);
      window.scrollTo(0, 0);
    };
    visible.addEventListener("resize", fit);
    return () => {
      visible.removeEventListener("resize", fit);
      style.removeProperty("--sk-visible-height");
    };
  }, []);
}
