import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { uploadFile } from "../../api/upload";
import { type Composition, Compositions } from "./compositions";

const everybodys = new WeakMap<QueryClient, Compositions>();

function create(): Compositions {
  return new Compositions({
    upload: uploadFile,
    preview: (file) => (file.type.startsWith("image/") ? URL.createObjectURL(file) : null),
    forget: (url) => URL.revokeObjectURL(url),
  });
}

/** One for the whole console, as long as its cache lives. */
export function useCompositions(): Compositions {
  const client = useQueryClient();
  const known = everybodys.get(client);
  if (known) return known;
  const made = create();
  everybodys.set(client, made);
  return made;
}

export function useComposition(conversationId: number): Composition {
  const compositions = useCompositions();
  const read = useCallback(() => compositions.of(conversationId), [compositions, conversationId]);
  return useSyncExternalStore(compositions.subscribe, read);
}
