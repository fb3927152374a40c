import { useState } from "react";
import { useHasPanelRoom } from "../shared/breakpoints";
import { local } from "../shared/storage";

const KEY = "sokhach.panel";

/** Docked beside the thread where there is room (the choice is kept), a drawer elsewhere (closed at first). */
export function useCustomerPanel() {
  const docked = useHasPanelRoom();
  const [dockedOpen, setDockedOpen] = useState(() => local.get(KEY) !== "hidden");
  const [drawerOpen, setDrawerOpen] = useState(false);
  const shown = docked ? dockedOpen : drawerOpen;
  const toggle = () => {
    if (!docked) {
      setDrawerOpen(!drawerOpen);
      return;
    }
    local.set(KEY, dockedOpen ? "hidden" : null);
    setDockedOpen(!dockedOpen);
  };
  return { docked, shown, toggle };
}
