// The run's own time.
import { millis, type Unnumbered } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDating } from "./dating.ts";

const start = 1_800_000_000_000;
const beat = (at: number): Unnumbered => ({ type: "timer.fired", name: "beat", at: millis(at), venueAt: millis(at) });
const other = (at: number): Unnumbered => ({ ...beat(at), name: "x" }) as Unnumbered; // the same but for its name

describe("createDating", () => {
  it("leaves times alone that go forward", () => {
    const date = createDating(millis(0));
    expect([start, start + 5, start + 5_000].map((at) => date(other(at)).at)).toEqual([
      start,
      start + 5,
      start + 5_000,
    ]);
  });

  it("lets time stand for what comes out of order", () => {
    const date = createDating(millis(0));
    expect([start + 5, start, start + 9].map((at) => date(other(at)).at - start)).toEqual([5, 5, 9]);
  });

  it("goes on where it was when the clock was set back, and says so once", () => {
    const date = createDating(millis(0));
    date(beat(start));
    expect(date(other(start - 3_599_900)).at).toBe(start); // no beat has shown it yet
    const found = date(beat(start - 3_599_000));
    expect([found.at, found.said]).toEqual([
      start,
      [{ rule: "clock", why: "the clock was set back by 3599000 ms: the run's time goes on where it was" }],
    ]);
    expect(date(other(start - 3_598_400))).toEqual({ at: start + 600, said: [] });
    expect(date(beat(start - 3_598_000))).toEqual({ at: start + 1_000, said: [] });
  });

  it("goes on from a journal's last time", () => {
    const date = createDating(millis(start));
    expect(date(beat(start - 60_000)).at).toBe(start);
    expect(date(beat(start - 59_000)).at).toBe(start + 1_000);
  });

  it("never goes back and never stands for longer than two beats, whatever the clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3_600_000, max: 3_600_000 }), { maxLength: 20 }), (steps) => {
        const date = createDating(millis(0));
        let clock = start;
        let last = 0;
        for (const step of steps) {
          clock += step;
          const beats = [1, 2, 3].map((second) => date(beat(clock + second * 1_000)).at);
          clock += 3_000;
          const [first = 0, second = 0, third = 0] = beats;
          expect([first >= last, second >= first, third - second]).toEqual([true, true, 1_000]);
          last = third;
        }
      }),
    );
  });
});
