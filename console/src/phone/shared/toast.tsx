import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import classes from "./toast.module.css";

const SHOWN_MS = 3_500;
const Toast = createContext<(words: string) => void>(() => undefined);

/** A short word at the foot of the phone. */
export const useToast = () => useContext(Toast);

export function ToastHost({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ words: string; at: number } | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useMemo(() => (words: string) => setSaid({ words, at: Date.now() }), []);
  return (
    <Toast.Provider value={say}>
      {children}
      <div className={classes.place} role="status">
        {said && (
          <p key={said.at} className={classes.toast}>
            {said.words}
          </p>
        )}
      </div>
    </Toast.Provider>
  );
}
