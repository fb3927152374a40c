import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "./api";
import { Reader } from "./reader";

export type Reading<T> = { data: T | null; missing: boolean; again: () => void };

/** What `read` gives, kept fresh by `again`. `read` keeps its identity for as long as it reads the same thing. While
 * the sandbox is away the last data stay. `missing`: there is no such thing (any more). */
export function useReading<T>(read: (() => Promise<T>) | null): Reading<T> {
  const [kept, setKept] = useState<{ of: typeof read; data: T | null; missing: boolean }>({
    of: null,
    data: null,
    missing: false,
  });
  const reader = useRef<Reader<T> | null>(null);
  useEffect(() => {
    if (!read) return;
    const one = new Reader(
      read,
      (data) => setKept({ of: read, data, missing: false }),
      (error) => {
        if (error instanceof ApiError && error.status === 404)
          setKept({ of: read, data: null, missing: true });
      },
    );
    reader.current = one;
    void one.ask();
    return () => one.stop();
  }, [read]);
  const again = useCallback(() => void reader.current?.ask(), []);
  const fresh = kept.of === read;
  return { data: fresh ? kept.data : null, missing: fresh && kept.missing, again };
}
