import { describe, expect, it } from "vitest";
import { createPainter } from "./painter.ts";

/** A browser whose clock is moved by hand. @param costMs - of each drawing, from 0 */
function browser(costMs: (drawing: number) => number) {
  let [now, drawings] = [0, 0];
  const waits: number[] = [];
  return {
    waits,
    tick: (ms: number) => {
      now += ms;
    },
    frame: (then: () => void) => then(),
    after: (then: () => void) => {
      now += costMs(drawings);
      drawings += 1;
      then();
    },
    wait: (ms: number, then: () => void) => {
      waits.push(ms);
      now += ms;
      then();
    },
    now: () => now,
  };
}

describe("createPainter", () => {
  it("draws thirty times a second what is drawn quickly", () => {
    const quick = browser(() => 4);
    const painter = createPainter(quick);
    let drawn = 0;
    for (let n = 0; n < 30; n += 1) {
      painter.next(() => (drawn += 1));
      quick.tick(29);
    }
    expect(drawn).toBe(30);
    expect(quick.waits).toEqual([]);
  });

  it("spends no more than a quarter of the time on what is drawn slowly, after what it had saved", () => {
    const slow = browser(() => 20);
    const painter = createPainter(slow);
    let drawn = 0;
    while (slow.now() < 12_000) painter.next(() => (drawn += 1));
    expect(drawn * 20).toBeLessThanOrEqual(12_000 / 4 + 60 + 20);
    expect(drawn).toBeGreaterThan(140);
  });

  it("leaves no frame out for a long drawing now and then", () => {
    const usual = browser((drawing) => (drawing % 30 === 0 ? 50 : 5));
    const painter = createPainter(usual);
    let drawn = 0;
    for (let n = 0; n < 300; n += 1) {
      painter.next(() => (drawn += 1));
      usual.tick(28);
    }
    expect(drawn).toBe(300);
    expect(usual.waits).toEqual([]);
  });

  it("does not fall silent after one very long drawing", () => {
    const stuck = browser(() => 5_000);
    const painter = createPainter(stuck);
    painter.next(() => undefined);
    painter.next(() => undefined);
    expect(stuck.waits).toEqual([500]);
  });
});
