import { describe, expect, test } from "vitest";
import { bodyOf, envelopeOf, frameOf, headerOf, split } from "../src/frames.ts";
import { KEY, plain, sealed } from "./support.ts";

function elements(frame: Buffer, key: Buffer | null = KEY) {
  return split(bodyOf(envelopeOf(frame) ?? {}, key), headerOf(frame).cmd);
}

function why(frame: Buffer, key: Buffer | null = KEY): string {
  try {
    elements(frame, key);
  } catch (error) {
    return (error as Error).message;
  }
  return "read";
}

describe("a frame", () => {
  test.each([0, 1, 2, 3])("sealed in way %i gives each of its elements", (encrypt) => {
    const text = '{"error_code":0,"data":{"msgs":[{"msgId":"1","content":"chào ạ"},{"msgId":"2"}],"more":0}}';
    const frame = sealed(501, 0, text, encrypt);
    expect(headerOf(frame)).toEqual({ cmd: 501, sub: 0 });
    expect(elements(frame)).toEqual([
      { list: "msgs", item: { msgId: "1", content: "chào ạ" } },
      { list: "msgs", item: { msgId: "2" } },
    ]);
  });

  test("says why it cannot be read", () => {
    const text = '{"data":{"msgs":[]}}';
    expect(why(sealed(501, 0, text, 2), null)).toBe("no-key");
    expect(why(sealed(501, 0, text, 3), Buffer.alloc(16))).toBe("undecryptable");
    expect(why(plain(501, 0, '{"encrypt":7,"data":""}'))).toBe("undecryptable");
    expect(why(plain(501, 0, '{"encrypt":2,"data":"%E0%A4%A"}'))).toBe("undecryptable");
    expect(why(sealed(501, 0, "{not json", 3))).toBe("unreadable");
    expect(why(plain(501, 0, '{"encrypt":1,"data":"AAAA"}'))).toBe("unreadable");
    expect(why(plain(501, 0, "{"))).toBe("unreadable");
    expect(why(Buffer.from([2, 0, 0, 0, 123]))).toBe("unreadable");
    expect(why(Buffer.from([1]))).toBe("unreadable");
    expect(why(sealed(501, 0, text, 2))).toBe("read");
  });

  test("keeps the other elements when one is bad", () => {
    const frame = sealed(501, 0, '{"data":{"msgs":[null,{"msgId":"1"},"odd",7,[]]}}', 2);
    expect(elements(frame).map(({ item }) => item)).toEqual([null, { msgId: "1" }, "odd", 7, []]);
  });

  test("gives all that an unknown command carries", () => {
    const lists = sealed(553, 2, '{"data":{"news":[1],"olds":[2,3],"extra":{"a":1},"more":1}}', 2);
    expect(elements(lists)).toEqual([
      { list: "news", item: 1 },
      { list: "olds", item: 2 },
      { list: "olds", item: 3 },
      { list: null, item: { extra: { a: 1 }, more: 1 } },
    ]);
    expect(elements(sealed(504, 0, '{"data":{"msg":{"msgId":"1"}}}', 3))).toEqual([
      { list: null, item: { msg: { msgId: "1" } } },
    ]);
    expect(elements(sealed(524, 0, '{"data":[{"a":1},2]}', 0)).map(({ item }) => item)).toEqual([
      { a: 1 },
      2,
    ]);
    expect(elements(plain(551, 0, '{"notice":"x"}'))).toEqual([{ list: null, item: { notice: "x" } }]);
    expect(elements(sealed(501, 0, '{"error_code":0,"data":{"msgs":[]}}', 2))).toEqual([]);
    expect(elements(sealed(501, 0, '{"error_code":5,"error_message":"no"}', 2))).toEqual([
      { list: null, item: { error_code: 5, error_message: "no" } },
    ]);
  });

  test("says all that stands beside lists that are empty, or that nobody knows", () => {
    const whole = (cmd: number, data: string) =>
      elements(sealed(cmd, 0, `{"error_code":0,"data":${data}}`, 2));
    const beside = '{"msgs":[],"payload":"chào ạ"}';
    expect(whole(504, beside)).toEqual([{ list: null, item: { msgs: [], payload: "chào ạ" } }]);
    expect(whole(501, beside)).toEqual([{ list: null, item: { payload: "chào ạ" } }]);
    expect(whole(504, '{"msgs":[],"more":0}')).toEqual([{ list: null, item: { msgs: [], more: 0 } }]);
    expect(whole(504, '{"msgs":[1],"payload":"chào ạ","more":0}')).toEqual([
      { list: "msgs", item: 1 },
      { list: null, item: { payload: "chào ạ", more: 0 } },
    ]);
    // As an answer without messages comes all the time.
    expect(whole(510, '{"msgs":[],"more":0,"req_id":"req_4"}')).toEqual([]);
    expect(whole(501, '{"msgs":[1],"clientIp":"chào"}')).toEqual([{ list: "msgs", item: 1 }]);
  });

  test("keeps every digit", () => {
    const frame = sealed(501, 0, '{"data":{"msgs":[{"uidFrom":5000000000000000123,"ts":1750000000000}]}}', 2);
    expect(elements(frame)[0]?.item).toEqual({ uidFrom: "5000000000000000123", ts: 1750000000000 });
  });

  test("of ours is one of theirs", () => {
    const frame = frameOf(510, 1, { first: true });
    expect(headerOf(frame)).toEqual({ cmd: 510, sub: 1 });
    expect(envelopeOf(frame)).toEqual({ first: true });
  });
});
