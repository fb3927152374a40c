import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from "react";
import type { Message } from "../../api/types";
import { isPicture } from "./media/boxes";

const ImageViewerDialog = lazy(() => import("./ImageViewerDialog"));

const OpenContext = createContext<(url: string) => void>(() => undefined);

/** Opens the picture with this address large, among the others of the thread. */
export function useImageViewer(): (url: string) => void {
  return useContext(OpenContext);
}

export function ImageViewerProvider({ messages, children }: { messages: Message[]; children: ReactNode }) {
  const [open, setOpen] = useState<string | null>(null);
  const pictures = useMemo(
    () =>
      messages.flatMap((message) =>
        message.attachments
          .filter(isPicture)
          .flatMap(({ url, name }) => (url ? [{ url, name, at: message.sent_at }] : [])),
      ),
    [messages],
  );
  return (
    <OpenContext value={setOpen}>
      {children}
      {open && (
        <Suspense fallback={null}>
          <ImageViewerDialog pictures={pictures} url={open} show={setOpen} close={() => setOpen(null)} />
        </Suspense>
      )}
    </OpenContext>
  );
}
