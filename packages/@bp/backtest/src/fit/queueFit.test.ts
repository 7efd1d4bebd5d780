import { random } from "@bp/core";
import { byShare, printsOnly, type QueueModel } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { simulatedQueues } from "./queue.fixture.ts";
import { fitQueue } from "./queueFit.ts";
import { queueStories } from "./story.ts";

const fitOf = (queue: QueueModel, count: number, seed: number) => {
  const { tape, orders } = simulatedQueues(queue, count, seed);
  return fitQueue(queueStories(tape, orders, { ownInBook: false }).stories);
};
/** Each cancel leaves from one side alone, as single orders do; the model is true on average only. */
const byChance = (exponent: number, seed: number): QueueModel => {
  const chance = random(seed);
  const share = byShare(exponent);
  return (front, behind) => (chance.next() < share(front, behind) ? 1 : 0);
};

describe("fitQueue", () => {
  it.each([0.7, 1, 2, 3])(
    "recovers the exponent %f within a tenth from what the simulated exchange filled",
    (exponent) => {
      for (const seed of [1, 2]) {
        const fit = fitOf(byShare(exponent), 100, seed);
        if (!fit.fitted) throw new Error(fit.why);
        expect(Math.abs(fit.exponent / exponent - 1)).toBeLessThan(0.1);
        expect(fit.error / exponent).toBeLessThan(0.02);
        expect(fit.spread).toBe(0);
      }
    },
  );

  it.each([1, 2])(
    "recovers %f within its own error where cancels come one by one, and says that they do",
    (exponent) => {
      const { tape, orders } = simulatedQueues(byChance(exponent, 9), 300, 5, { most: 0.1, turns: 140 });
      const fit = fitQueue(queueStories(tape, orders, { ownInBook: false }).stories);
      if (!fit.fitted) throw new Error(fit.why);
      expect(Math.abs(fit.exponent - exponent)).toBeLessThan(3 * fit.error);
      expect(fit.error / exponent).toBeLessThan(0.2);
      expect(fit.spread).toBeGreaterThan(0.3);
    },
  );

  it("gives the same for the same orders and seed", () => {
    expect(fitOf(byShare(2), 60, 4)).toEqual(fitOf(byShare(2), 60, 4));
  });

  it("refuses with too few orders, and says how many are needed", () => {
    expect(fitOf(byShare(2), 20, 1)).toMatchObject({ fitted: false, why: expect.stringMatching(/30 are needed/) });
    expect(fitQueue([])).toMatchObject({ fitted: false, orders: 0, filled: 0 });
  });

  it("says when a model without an exponent explains the orders better", () => {
    expect(fitOf(byShare(2), 100, 1)).toMatchObject({ rival: undefined });
    expect(fitOf(printsOnly, 100, 1)).toMatchObject({
      fitted: false,
      why: expect.stringMatching(/do not bound it; --queue-model prints explains these orders better/),
    });
  });
});

describe("queueStories", () => {
  it("leaves out what tells nothing: orders that shared their price, lived through a gap, or were never seen", () => {
    const { tape, orders } = simulatedQueues(byShare(2), 5, 1);
    const whole = queueStories(tape, orders, { ownInBook: false });
    expect(whole.stories).toHaveLength(5);
    const [first] = orders;
    if (first === undefined) throw new Error("there is an order");
    const twin = { ...first, clientId: 77 as typeof first.clientId };
    expect(queueStories(tape, [...orders, twin], { ownInBook: false }).left.shared).toBe(2);
    const early = { ...first, acceptedAt: undefined };
    expect(queueStories(tape, [early], { ownInBook: false }).left.notResting).toBe(1);
    const elsewhere = { ...first, instrument: "backpack:ETH_USDC" } as const;
    expect(queueStories(tape, [elsewhere], { ownInBook: false }).left.unseen).toBe(1);
    const kinds = tape.kinds.slice();
    const at = tape.venueAt.findIndex((when) => when > (first.acceptedAt ?? 0));
    kinds[at] = 7 | 0x80; // lost
    const torn = queueStories({ ...tape, kinds }, orders, { ownInBook: false });
    expect(torn.left).toMatchObject({ gap: 1, unseen: 4 }); // and the book is never whole again
  });

  it("takes our own size out of levels that contain it", () => {
    const { tape, orders } = simulatedQueues(byShare(2), 40, 1);
    const b = tape.b.slice();
    for (let row = 0; row < tape.rows; row++) {
      const when = tape.venueAt[row] ?? 0;
      if ((tape.kinds[row] ?? 0) !== 0x80 || (tape.a[row] ?? 0) !== 15_000) continue; // a bid of the level
      for (const { acceptedAt = Infinity, endedAt = Infinity, size, trades } of orders)
        if (when >= acceptedAt && when < endedAt)
          b[row] = (b[row] ?? 0) + size - trades.reduce((sum, each) => sum + (each.venueAt <= when ? each.size : 0), 0);
    }
    const beside = queueStories(tape, orders, { ownInBook: false });
    expect(queueStories({ ...tape, b }, orders, { ownInBook: true })).toEqual(beside);
  });
});
