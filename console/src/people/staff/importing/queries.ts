import { useMutation } from "@tanstack/react-query";
import { api, call } from "../../../api/client";
import { useReadStaffAnew } from "../queries";

export const TEMPLATE = "/api/staff/import/template";

/** What stands in the file, line by line, with what is wrong. Nothing is written. */
export function usePreview() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return call(api.POST("/api/staff/import/preview", { body: {}, bodySerializer: () => form }));
    },
  });
}

export function useImport() {
  const readAnew = useReadStaffAnew();
  return useMutation({
    mutationFn: (token: string) => call(api.POST("/api/staff/import", { body: { token } })),
    onSuccess: () => void readAnew(),
  });
}
