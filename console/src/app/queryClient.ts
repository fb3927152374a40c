import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isFinal, Problem } from "../api/problem";
import { sessionQuery } from "../people/session";

const MOST_RETRIES = 2;

/** `signedOut` is called when any reading finds that the session is over. */
export function createQueryClient(signedOut: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // Only for one who was signed in: the sign-in page asks for the session too, and expects this answer.
        const over = error instanceof Problem && error.status === 401;
        if (over && client.getQueryData(sessionQuery.queryKey)) signedOut();
        // The company asks for it since a moment ago: the session says so, and the shell leads there.
        if (error instanceof Problem && error.slug === "second-factor-required")
          void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      },
    }),
    defaultOptions: {
      queries: {
        // The socket says what changed; coming back to the tab resumes it by its cursor.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < MOST_RETRIES && !isFinal(error),
      },
      mutations: { retry: false },
    },
  });
  return client;
}
