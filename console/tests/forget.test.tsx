import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { forgetReadings, forgetUnwatched, isListed, takeOutRow } from "../src/conversations/lost/forget";
import { notesQuery } from "../src/conversations/notes/queries";
import { conversationQuery, listQuery, threadQuery } from "../src/conversations/queries";
import { contactQuery } from "../src/customers/queries";
import { conversation } from "./fixtures";

function office(): QueryClient {
  const client = new QueryClient();
  for (const view of ["open", "all"] as const)
    client.setQueryData(listQuery(view).queryKey, {
      pages: [
        { items: [conversation(1), conversation(2)], next: "x", counts: null },
        { items: [conversation(3)], next: null, counts: null },
      ],
      pageParams: [null, "x"],
    } as never);
  for (const id of [1, 2]) {
    client.setQueryData(conversationQuery(id).queryKey, conversation(id));
    client.setQueryData(threadQuery(id).queryKey, { pages: [], pageParams: [] });
    client.setQueryData(notesQuery(id).queryKey, { pages: [], pageParams: [] });
    client.setQueryData(contactQuery(id).queryKey, {} as never);
  }
  return client;
}

const keys = (client: QueryClient) =>
  client
    .getQueryCache()
    .getAll()
    .map((query) => query.queryKey.join(" "));

describe("a conversation that is out of sight", () => {
  it("is taken out of every list", () => {
    const client = office();
    expect(isListed(client, 3)).toBe(true);
    takeOutRow(client, 3);
    takeOutRow(client, 1);
    expect([1, 2, 3].map((id) => isListed(client, id))).toEqual([false, true, false]);
  });

  it("leaves nothing in the cache, of itself or of a customer at whom nobody looks", () => {
    const client = office();
    forgetReadings(client, 1);
    expect(keys(client).sort()).toEqual([
      "conversation 2",
      "conversations all",
      "conversations open",
      "messages 2",
      "notes 2",
    ]);
  });

  it("is forgotten with all others when its reader may see something else", () => {
    const client = office();
    client.setQueryData(["session"], {});
    forgetUnwatched(client);
    expect(keys(client)).toEqual(["conversations open", "conversations all", "session"]);
  });
});
