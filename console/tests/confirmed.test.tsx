import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import type { MessagePage } from "../src/api/types";
import { flattenThread, type ThreadData } from "../src/conversations/cache/threadPages";
import { keepConfirmed } from "../src/conversations/outbox/createOutbox";
import { threadQuery } from "../src/conversations/queries";
import { message, reply } from "./fixtures";

it("lets no reading that began before a message was written hide it", async () => {
  const client = new QueryClient();
  const answers: ((items: MessagePage["items"]) => void)[] = [];
  const query = {
    ...threadQuery(1),
    queryFn: () =>
      new Promise<MessagePage>((go) => {
        answers.push((items) => go({ items, next: null, gaps: [] }));
      }),
  };
  const known = () => {
    const data = client.getQueryData<ThreadData>(query.queryKey);
    return data && flattenThread(data).map((one) => one.id);
  };
  const leave = new InfiniteQueryObserver(client, query).subscribe(() => undefined);
  answers[0]?.([message(7)]);
  await vi.waitFor(() => expect(known()).toEqual([7]));

  void client.invalidateQueries({ queryKey: query.queryKey });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  const sent = reply(9, "queued", { conversation_id: 1, client_id: "c9" });
  keepConfirmed(client, [sent]);
  expect(known()).toEqual([7, 9]);
  answers[1]?.([message(7)]);
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  expect(known()).toEqual([7, 9]);
  answers[2]?.([message(7), sent]);
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  expect(known()).toEqual([7, 9]);
  leave();
});
