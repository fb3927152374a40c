import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TypingPeople } from "./typing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("who writes just now", () => {
  it("is told as long as it is said again, and no longer", () => {
    const people = new TypingPeople();
    people.hear(1, "Lan");
    vi.advanceTimersByTime(5_000);
    people.hear(1, "Lan");
    vi.advanceTimersByTime(5_000);
    expect(people.of(1)).toEqual(["Lan"]);
    vi.advanceTimersByTime(2_000);
    expect(people.of(1)).toEqual([]);
  });

  it("is forgotten when the message has come, there and only there", () => {
    const people = new TypingPeople();
    people.hear(1, "Lan");
    people.hear(1, "Huy");
    people.hear(2, "Tú");
    people.clear(1);
    expect([people.of(1), people.of(2)]).toEqual([[], ["Tú"]]);
  });

  it("tells its readers once for each change", () => {
    const people = new TypingPeople();
    const heard = vi.fn();
    people.subscribe(heard);
    people.hear(1, "Lan");
    people.hear(1, "Lan");
    expect(heard).toHaveBeenCalledTimes(1);
    expect(people.of(1)).toBe(people.of(1));
  });
});
