import { useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { ColorScheme, Locale } from "../api/types";
import { activateLocale } from "../shared/i18n/locale";
import { sessionQuery } from "./session";

/** Language and colours: taken at once in this browser, then kept with the person for the next one. */
export function usePreferences() {
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const keep = useMutation({
    mutationFn: (body: { locale?: Locale; color_scheme?: ColorScheme }) =>
      call(api.PATCH("/api/session", { body })),
    onSuccess: (me) => client.setQueryData(sessionQuery.queryKey, me),
  });
  return {
    chooseLocale(locale: Locale) {
      void activateLocale(locale);
      keep.mutate({ locale });
    },
    chooseColorScheme(scheme: ColorScheme) {
      setColorScheme(scheme);
      keep.mutate({ color_scheme: scheme });
    },
  };
}
