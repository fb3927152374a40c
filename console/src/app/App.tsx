import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { createOutbox } from "../conversations/outbox/createOutbox";
import { OutboxContext } from "../conversations/outbox/useOutbox";
import { cssVariablesResolver, theme } from "../shared/theme/theme";
import { createQueryClient } from "./queryClient";
import { makeRouter } from "./router";

function wire() {
  const client: QueryClient = createQueryClient(() => {
    const next = router.state.location.href;
    void router.navigate({ to: "/sign-in", search: { next } }).then(() => client.clear());
  });
  const router = makeRouter(client);
  return { client, router, outbox: createOutbox(client) };
}

export function App() {
  const [{ client, router, outbox }] = useState(wire);
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <OutboxContext value={outbox}>
            <RouterProvider router={router} />
          </OutboxContext>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
