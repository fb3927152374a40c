/** Browser storage that never throws: private windows and full disks only lose the convenience. */
export interface TextStore {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

function wrap(storage: () => Storage): TextStore {
  return {
    get(key) {
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // Nothing to do: the value simply does not outlive the page.
      }
    },
  };
}

export const local = wrap(() => window.localStorage);
export const perTab = wrap(() => window.sessionStorage);
