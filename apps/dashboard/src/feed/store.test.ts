import { describe, expect, it } from "vitest";
import { createFeedStore, merged } from "./store.ts";

/** A browser that draws when it is told to. */
function painted() {
  const waiting: (() => void)[] = [];
  const store = createFeedStore({ next: (draw) => void waiting.push(draw), now: () => 5_000 });
  const draw = () => {
    for (const each of waiting.splice(0)) each();
  };
  return { store, draw, waiting };
}

describe("createFeedStore", () => {
  it("shows the newest frame of several, once for a drawing", () => {
    const { store, draw, waiting } = painted();
    let changes = 0;
    store.subscribe(() => (changes += 1));
    for (const seq of [1, 2, 3]) store.heard("frame", JSON.stringify({ seq }));
    expect(store.get().frame).toBeUndefined();
    expect(waiting).toHaveLength(1);
    draw();
    expect(store.get().frame?.seq).toBe(3);
    expect(store.get().frameAt).toBe(5_000);
    expect(changes).toBe(1);
  });

  it("counts the age of a frame that the door sends late, drawn or not", () => {
    const { store, draw } = painted();
    store.heard("frame", '{"seq":1}');
    store.heard("age", "4000");
    draw();
    expect(store.get().frameAt).toBe(1_000);
    store.heard("frame", '{"seq":2}');
    draw();
    expect(store.get().frameAt).toBe(5_000);
    store.heard("age", "3000");
    draw();
    expect(store.get().frameAt).toBe(2_000);
  });

  it("keeps each line once, though a stream that was opened anew tells the last ones again", () => {
    const { store, draw } = painted();
    store.heard("news", '[{"n":1},{"n":2}]');
    store.heard("news", '[{"n":2},{"n":3}]');
    draw();
    expect(store.get().news.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it("keeps that a run is over, drawn or not, when its bot is gone after that", () => {
    const { store, draw } = painted();
    store.heard("bye", '{"why":"stopped"}');
    store.link({ state: "down", why: "", again: 1 });
    draw();
    store.link({ state: "missing", why: "no such bot" });
    draw();
    expect(store.get().link).toEqual({ state: "over", why: "stopped" });
    store.link({ state: "up" });
    draw();
    expect(store.get().link).toEqual({ state: "up" });
  });

  it("does not mind a message of a newer bot", () => {
    const { store, draw } = painted();
    store.heard("weather", '{"sun":true}');
    draw();
    expect(store.get().news).toEqual([]);
  });
});

describe("merged", () => {
  it("is the first list itself where the second brings nothing new", () => {
    const before = [{ n: 1 }, { n: 2 }];
    expect(merged(before, [{ n: 2 }], 10)).toBe(before);
    expect(merged(before, [], 10)).toBe(before);
  });

  it("puts what was missed into its place, and keeps the newest", () => {
    expect(merged([{ n: 1 }, { n: 4 }], [{ n: 2 }, { n: 5 }], 3).map(({ n }) => n)).toEqual([2, 4, 5]);
  });
});
