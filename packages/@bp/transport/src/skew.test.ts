import { isBpError, manualClock } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createSkew } from "./index.ts";

const start = 1_750_000_000_000;

/** A venue whose clock is `ahead` of ours, each round trip taking the next of `trips` (there, back), in ms. */
const venue = (ahead: number, trips: readonly (readonly [there: number, back: number] | "fails")[], limitMs = 500) => {
  const clock = manualClock(start);
  let asked = 0;
  const measure = async () => {
    const trip = trips[asked++ % trips.length];
    if (trip === undefined || trip === "fails") throw new Error("no answer");
    clock.advance(trip[0]);
    const time = clock.now() + ahead;
    clock.advance(trip[1]);
    return time;
  };
  return { clock, skew: createSkew({ measure, clock, limitMs, samples: 3 }), asked: () => asked };
};
const code = (work: () => unknown) => {
  try {
    work();
    return "nothing";
  } catch (error) {
    return isBpError(error) ? error.code : "another";
  }
};

describe("createSkew", () => {
  it("finds a clock that is 8 s behind the venue's", async () => {
    const { clock, skew } = venue(8_000, [[20, 20]]);
    await skew.sync();
    expect(skew.offsetMs).toBe(8_000);
    expect(skew.uncertaintyMs).toBe(20);
    expect(skew.now()).toBe(clock.now() + 8_000);
  });

  it("finds one that is ahead", async () => {
    const { clock, skew } = venue(-8_000, [[5, 5]]);
    await skew.sync();
    expect(skew.now()).toBe(clock.now() - 8_000);
  });

  it("believes the quickest round trip, where lopsided ones mislead least", async () => {
    const { skew } = venue(100, [
      [400, 10],
      [8, 2],
      [90, 300],
    ]);
    await skew.sync();
    expect(skew.offsetMs).toBe(103);
    expect(skew.uncertaintyMs).toBe(5);
  });

  it("refuses to tell the time before it was measured", () => {
    const { skew } = venue(0, [[1, 1]]);
    expect(code(() => skew.now())).toBe("transport/clock-skew");
    expect(skew.offsetMs).toBeUndefined();
  });

  it("refuses when the best round trip is too slow to know", async () => {
    const { skew } = venue(8_000, [[600, 600]]);
    await skew.sync();
    expect(code(() => skew.now())).toBe("transport/clock-skew");
    expect(skew.offsetMs).toBe(8_000);
  });

  it("does with the samples that came through", async () => {
    const { skew } = venue(50, ["fails", [4, 4], "fails"]);
    await skew.sync();
    expect(skew.offsetMs).toBe(50);
  });

  it("throws when none came through, and keeps what it knew", async () => {
    const { skew } = venue(50, [[4, 4], [4, 4], [4, 4], "fails", "fails", "fails"]);
    await skew.sync();
    await expect(skew.sync()).rejects.toThrow("no answer");
    expect(skew.offsetMs).toBe(50);
  });

  it("measures once for all who ask at the same time", async () => {
    const { skew, asked } = venue(0, [[1, 1]]);
    await Promise.all([skew.sync(), skew.sync(), skew.sync()]);
    expect(asked()).toBe(3);
  });

  it("goes on for those who joined a round that its first caller gave up", async () => {
    const clock = manualClock(start);
    const stop = new AbortController();
    const measure = async (signal?: AbortSignal) => {
      await Promise.resolve();
      if (signal?.aborted === true) throw new Error("given up");
      return clock.now() + 7;
    };
    const skew = createSkew({ measure, clock, limitMs: 500 });
    const first = skew.sync(stop.signal).catch((error: unknown) => String(error));
    const others = Promise.all([skew.sync(), skew.sync(new AbortController().signal)]);
    stop.abort();
    expect(await first).toBe("Error: given up");
    await others;
    expect(skew.offsetMs).toBe(7);
  });

  it("refuses an answer that is no time", async () => {
    const clock = manualClock(start);
    const skew = createSkew({ measure: async () => Number.NaN, clock, limitMs: 500 });
    await expect(skew.sync()).rejects.toSatisfy((error) => isBpError(error, "transport/clock-skew"));
  });

  it("measures again and again, tells failures, and ends with its signal", async () => {
    const { clock, skew, asked } = venue(8_000, [[1, 1], [1, 1], [1, 1], "fails", "fails", "fails"]);
    const stop = new AbortController();
    const failures: unknown[] = [];
    const kept = skew.keep(60_000, stop.signal, (error) => failures.push(error));
    for (const expected of [3, 6]) {
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(asked()).toBe(expected);
    }
    expect(failures).toHaveLength(1);
    expect(skew.offsetMs).toBe(8_000);
    stop.abort();
    await kept;
  });

  it("tells that a clock was set, and nothing of one that drifts or is measured badly", async () => {
    let ahead = 0;
    let tripMs = 10;
    const clock = manualClock(start);
    const skew = createSkew({
      measure: async () => {
        clock.advance(tripMs);
        return clock.now() + ahead - tripMs / 2;
      },
      clock,
      limitMs: 10_000,
      samples: 1,
    });
    const steps: number[] = [];
    const deaf = skew.onStep((byMs) => steps.push(Math.round(byMs)));
    await skew.sync();
    for (const [next, trip] of [
      [900, 10],
      [-7_100, 10],
      [-5_600, 4_000],
      [2_400, 10],
    ] as const) {
      ahead = next;
      tripMs = trip;
      await skew.sync();
    }
    expect(steps).toEqual([-8_000, 8_000]);
    deaf();
    ahead = 0;
    await skew.sync();
    expect(steps).toHaveLength(2);
  });

  it("refuses a limit that is none", () => {
    expect(() => createSkew({ measure: async () => 0, limitMs: 0 })).toThrow("skew.limitMs");
  });
});
