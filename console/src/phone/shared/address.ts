import { useMemo, useSyncExternalStore } from "react";

/** Who is chosen, as the address tells it: a link opens a given customer, and several tabs are several customers. */
export type Place = {
  oa: string | null;
  user: string | null;
  /** The person whose Zalo this phone holds; "" before one is chosen. Then there is no official account. */
  me?: string;
  thread?: string | null;
  group?: boolean;
};

const MOVED = "sokhach:moved";

export function placeOf(search: string): Place {
  const query = new URLSearchParams(search);
  const me = query.get("me");
  if (me !== null) {
    const thread = me ? query.get("thread") : null;
    return { oa: null, user: null, me, thread, group: thread !== null && query.has("group") };
  }
  const oa = query.get("oa");
  return { oa, user: oa ? query.get("user") : null };
}

export function searchOf({ oa, user, me, thread, group }: Place): string {
  const query = new URLSearchParams();
  if (me !== undefined) {
    query.set("me", me);
    if (me && thread) query.set("thread", thread);
    if (me && thread && group) query.set("group", "1");
    return `?${query}`;
  }
  if (oa) query.set("oa", oa);
  if (oa && user) query.set("user", user);
  const text = query.toString();
  return text ? `?${text}` : "";
}

export function go(place: Place): void {
  window.history.pushState(null, "", `${window.location.pathname}${searchOf(place)}`);
  window.dispatchEvent(new Event(MOVED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(MOVED, listener);
  };
}

export function usePlace(): Place {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return useMemo(() => placeOf(search), [search]);
}
