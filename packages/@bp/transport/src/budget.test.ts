import { BpError, isBpError, manualClock, random } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Budget, createBudget, type Lane } from "./index.ts";

const start = 1_750_000_000_000;

const made = (options: { capacity?: number; reserved?: number; maxWaitMs?: number } = {}) => {
  const clock = manualClock(start);
  const budget = createBudget({ capacity: 10, perMs: 1_000, reserved: 0.3, maxWaitMs: 5_000, ...options, clock });
  return { clock, budget };
};

/** Starts a take and says how it stands. */
const taking = (budget: Budget, lane: Lane, weight = 1, signal?: AbortSignal) => {
  const state = { is: "waiting" as "waiting" | "taken" | BpError };
  const set = (is: typeof state.is) => {
    state.is = is;
  };
  const settled = budget.take(lane, weight, signal).then(
    () => set("taken"),
    (error: BpError) => set(error),
  );
  return Object.assign(state, { settled });
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("createBudget", () => {
  it("lets as much through as the window holds, and again when it has moved on", () => {
    const { clock, budget } = made({ reserved: 0 });
    for (let count = 0; count < 10; count++) expect(budget.tryTake("trade")).toBe(true);
    expect(budget.tryTake("trade")).toBe(false);
    expect(budget.free("trade")).toBe(0);
    clock.advance(999);
    expect(budget.tryTake("trade")).toBe(false);
    clock.advance(1);
    expect(budget.free("trade")).toBe(10);
    expect(budget.tryTake("trade", 10)).toBe(true);
  });

  it("keeps the reserved purse for cancels", () => {
    const { budget } = made();
    for (let count = 0; count < 7; count++) expect(budget.tryTake(count % 2 === 0 ? "trade" : "read")).toBe(true);
    expect(budget.tryTake("trade")).toBe(false);
    expect(budget.tryTake("read")).toBe(false);
    for (let count = 0; count < 3; count++) expect(budget.tryTake("cancel")).toBe(true);
    expect(budget.tryTake("cancel")).toBe(false);
  });

  it("lets orders and reads wait in the order in which they came", async () => {
    const { clock, budget } = made({ reserved: 0 });
    budget.tryTake("trade", 10);
    const first = taking(budget, "read", 6);
    const second = taking(budget, "trade", 1);
    await turn();
    expect(budget.tryTake("trade")).toBe(false); // nobody passes those who wait
    clock.advance(1_000);
    await Promise.all([first.settled, second.settled]);
    expect([first.is, second.is]).toEqual(["taken", "taken"]);
    expect(budget.free("trade")).toBe(3);
  });

  it("lets a cancel pass everyone who waits", async () => {
    const { clock, budget } = made();
    budget.tryTake("trade", 7);
    clock.advance(500);
    const order = taking(budget, "trade", 5);
    await turn();
    expect(budget.tryTake("cancel", 3)).toBe(true);
    const cancel = taking(budget, "cancel", 1);
    clock.advance(500); // the 7 are old now, the 3 are not
    await cancel.settled;
    expect([cancel.is, order.is]).toEqual(["taken", "waiting"]); // 4 of the 7 are spent
    clock.advance(500);
    await order.settled;
    expect(order.is).toBe("taken");
  });

  it("refuses at once what would wait longer than the bound, and says how long", async () => {
    const { budget } = made({ maxWaitMs: 900, reserved: 0 });
    budget.tryTake("trade", 10);
    const error = await budget.take("trade").catch((thrown: unknown) => thrown);
    expect(isBpError(error, "transport/budget") && error.context).toEqual({ lane: "trade", waitMs: 1_000 });
    expect(isBpError(error) && error.retry).toBe("later");
  });

  it("counts those in front when it foretells the wait", async () => {
    const { budget } = made({ maxWaitMs: 2_500, reserved: 0 });
    budget.tryTake("trade", 10);
    const waiting = [taking(budget, "trade", 10), taking(budget, "trade", 10)];
    const late = taking(budget, "trade", 10);
    await late.settled;
    expect(isBpError(late.is, "transport/budget") && late.is.context.waitMs).toBe(3_000);
    expect(waiting.map(({ is }) => is)).toEqual(["waiting", "waiting"]);
  });

  it("sends away who has waited for the bound because the venue paused us meanwhile", async () => {
    const { clock, budget } = made({ maxWaitMs: 1_500, reserved: 0 });
    budget.tryTake("trade", 10);
    const order = taking(budget, "trade", 5);
    budget.pause(60_000);
    clock.advance(1_499);
    await turn();
    expect(order.is).toBe("waiting");
    clock.advance(1);
    await order.settled;
    expect(isBpError(order.is, "transport/budget") && order.is.context.waitMs).toBe(58_500);
  });

  it("forgets who gives up, and lets the next one go", async () => {
    const { clock, budget } = made({ reserved: 0 });
    budget.tryTake("trade", 6);
    const giving = new AbortController();
    const big = taking(budget, "trade", 10, giving.signal);
    const small = taking(budget, "trade", 4);
    await turn();
    expect(small.is).toBe("waiting");
    giving.abort();
    await Promise.all([big.settled, small.settled]);
    expect(isBpError(big.is, "transport/budget")).toBe(true);
    expect(small.is).toBe("taken");
    clock.advance(10_000);
    expect(budget.free("trade")).toBe(10);
  });

  it("stops every lane during a pause, and a shorter pause does not end a longer one", async () => {
    const { clock, budget } = made();
    budget.pause(2_000);
    budget.pause(500);
    expect(budget.pausedMs()).toBe(2_000);
    for (const lane of ["trade", "read", "cancel"] as const) {
      expect(budget.tryTake(lane)).toBe(false);
      expect(budget.free(lane)).toBe(0);
    }
    const cancel = taking(budget, "cancel");
    clock.advance(1_999);
    await turn();
    expect(cancel.is).toBe("waiting");
    clock.advance(1);
    await cancel.settled;
    expect(cancel.is).toBe("taken");
    expect(budget.pausedMs()).toBe(0);
  });

  it("does not stand still when the clock is set back", () => {
    const { clock, budget } = made({ reserved: 0 });
    budget.tryTake("trade", 10);
    budget.pause(400);
    clock.advance(-3_600_000);
    expect(budget.tryTake("trade")).toBe(false);
    expect(budget.pausedMs()).toBe(400);
    clock.advance(1_000);
    expect(budget.tryTake("trade", 10)).toBe(true);
  });

  it.each([
    [{ capacity: 0 }, "budget.capacity"],
    [{ capacity: Number.NaN }, "budget.capacity"],
    [{ reserved: 1 }, "budget.reserved"],
    [{ reserved: 200 }, "budget.reserved"],
    [{ reserved: -0.1 }, "budget.reserved"],
  ])("refuses %j", (options, path) => {
    expect(() => made(options)).toThrow(BpError);
    expect(() => made(options)).toThrow(path);
  });

  it("refuses a weight that the lane can never hold", async () => {
    const { budget } = made();
    expect(() => budget.tryTake("trade", 8)).toThrow("budget.weight");
    await expect(budget.take("read", 8)).rejects.toThrow("budget.weight");
    expect(budget.tryTake("cancel", 8)).toBe(true);
  });

  it("never sends more than the capacity in any window, nor more than the common part without cancels", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const dice = random(seed);
        const { clock, budget } = made();
        const sent: { at: number; lane: Lane; weight: number }[] = [];
        const all: Promise<unknown>[] = [];
        for (let step = 0; step < 120; step++) {
          const lane = (["trade", "cancel", "read"] as const)[dice.whole(0, 2)] ?? "read";
          const weight = dice.whole(1, 3);
          const note = () => sent.push({ at: clock.now(), lane, weight });
          if (dice.next() < 0.5) all.push(budget.take(lane, weight).then(note, () => undefined));
          else if (budget.tryTake(lane, weight)) note();
          if (dice.next() < 0.05) budget.pause(dice.whole(0, 700));
          await turn();
          clock.advance(dice.whole(0, 90));
          await turn();
        }
        for (let step = 0; step < 20; step++) {
          clock.advance(400);
          await turn();
        }
        await Promise.all(all);
        for (const { at } of sent) {
          const window = sent.filter((each) => each.at > at - 1_000 && each.at <= at);
          const total = (lanes: readonly Lane[]) =>
            window.filter(({ lane }) => lanes.includes(lane)).reduce((sum, { weight }) => sum + weight, 0);
          expect(total(["trade", "cancel", "read"])).toBeLessThanOrEqual(10);
          expect(total(["trade", "read"])).toBeLessThanOrEqual(7);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has room for a cancel whenever quotes alone have spent", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<Lane>("trade", "read"), fc.integer({ min: 1, max: 7 }))),
        (asks) => {
          const { clock, budget } = made();
          for (const [lane, weight] of asks) {
            budget.tryTake(lane, weight);
            clock.advance(weight * 37);
          }
          expect(budget.free("cancel")).toBeGreaterThanOrEqual(3);
          expect(budget.tryTake("cancel", 3)).toBe(true);
        },
      ),
    );
  });
});
