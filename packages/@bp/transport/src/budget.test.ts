import { BpError, isBpError, manualClock, random } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Budget,
  type Cost,
  createBudget,
  createBudgetOver,
  createPause,
  createPurse,
  type Lane,
} from "./index.ts";

const start = 1_750_000_000_000;

const made = (options: { capacity?: number; reserved?: number; maxWaitMs?: number } = {}) => {
  const clock = manualClock(start);
  const budget = createBudget({ capacity: 10, perMs: 1_000, reserved: 0.3, maxWaitMs: 5_000, ...options, clock });
  return { clock, budget };
};

/** Starts a take and says how it stands. */
const taking = (budget: Budget, lane: Lane, weight: Cost = 1, signal?: AbortSignal) => {
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
    expect(isBpError(big.is, "transport/aborted")).toBe(true);
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

  it("lets a cancel look once a minute during a pause that is longer, and ends the pause for all when it has found the venue well", async () => {
    const { clock, budget } = made({ maxWaitMs: 60_000 });
    budget.pause(86_400_000);
    const cancels = [taking(budget, "cancel"), taking(budget, "cancel")];
    const order = taking(budget, "trade");
    clock.advance(59_999);
    await turn();
    expect([...cancels, order].map(({ is }) => isBpError(is) || is)).toEqual(["waiting", "waiting", true]);
    clock.advance(1);
    await cancels[0]?.settled;
    expect([cancels[0]?.is, isBpError(cancels[1]?.is, "transport/budget")]).toEqual(["taken", true]);
    expect(budget.tryTake("cancel")).toBe(false);
    expect([budget.pausedMs("cancel"), budget.pausedMs("trade")]).toEqual([60_000, 86_340_000]);
    clock.advance(60_000);
    const next = [budget.tryTake("cancel"), budget.tryTake("cancel"), budget.tryTake("trade")];
    expect(next).toEqual([true, false, false]);
    budget.lift();
    expect([budget.tryTake("cancel"), budget.tryTake("trade"), budget.pausedMs()]).toEqual([true, true, 0]);
  });

  it("has a hedge wait for the whole of a pause, with the share of the cancels, while a cancel behind it goes to look", async () => {
    const { clock, budget } = made({ maxWaitMs: 100_000 });
    for (let count = 0; count < 7; count++) budget.tryTake("trade");
    expect([budget.tryTake("trade"), budget.tryTake("hedge")]).toEqual([false, true]);
    budget.pause(90_000);
    const [hedge, cancel] = [taking(budget, "hedge"), taking(budget, "cancel")];
    clock.advance(60_000);
    await cancel.settled;
    expect([hedge.is, cancel.is]).toEqual(["waiting", "taken"]);
    clock.advance(30_000);
    await hedge.settled;
    expect(hedge.is).toBe("taken");
  });

  it("keeps cancels too for the whole of a pause that is no longer than a minute", () => {
    const { clock, budget } = made();
    budget.pause(60_000);
    clock.advance(59_999);
    expect(budget.tryTake("cancel")).toBe(false);
    clock.advance(1);
    expect(budget.tryTake("cancel")).toBe(true);
  });

  it("lets nobody go who has waited longer than he was to: the process stood still", async () => {
    const { clock, budget } = made({ maxWaitMs: 1_500 });
    budget.tryTake("cancel", 10);
    const waiting = [taking(budget, "trade"), taking(budget, "cancel"), taking(budget, "read")];
    await turn();
    clock.advance(20_000);
    await Promise.all(waiting.map(({ settled }) => settled));
    expect(waiting.map(({ is }) => isBpError(is, "transport/budget"))).toEqual([true, true, true]);
    expect(budget.free("cancel")).toBe(10);
  });

  it("takes what is no length of time for no pause, and keeps the next one", () => {
    const budget = createBudget({ capacity: 2, perMs: 1_000, reserved: 0, clock: manualClock(1_000) });
    for (const ms of [Number.NaN, -5, 0]) budget.pause(ms);
    expect([budget.pausedMs(), budget.tryTake("trade")]).toEqual([0, true]);
    budget.pause(50);
    expect([budget.pausedMs(), budget.tryTake("trade")]).toEqual([50, false]);
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

describe("createBudgetOver", () => {
  /** 20 of weight and 10 orders in 10 s, 4 orders in 1 s; half of each for cancels alone, or what is given. */
  const several = ({ reserved = 0.5, maxWaitMs = 20_000 } = {}) => {
    const clock = manualClock(start);
    const weight = createPurse({ capacity: 20, perMs: 10_000, reserved, clock });
    const long = createPurse({ counts: "orders", capacity: 10, perMs: 10_000, reserved, clock });
    const short = createPurse({ counts: "orders", capacity: 4, perMs: 1_000, reserved, clock });
    const budget = createBudgetOver({ purses: [weight, long, short], clock, maxWaitMs });
    return { clock, budget, weight };
  };
  const order = { weight: 1, orders: 1 };

  it("takes from all purses or from none", () => {
    const { budget } = several({ reserved: 0 });
    for (let count = 0; count < 4; count++) expect(budget.tryTake("trade", order)).toBe(true);
    expect(budget.tryTake("trade", order)).toBe(false); // the short one is empty
    expect([budget.free("trade"), budget.free("trade", "orders")]).toEqual([16, 0]);
    expect(budget.usage().map(({ used }) => used)).toEqual([4, 4, 4]);
  });

  it("lets those pass who need nothing of what is missing, and nobody else", async () => {
    const { clock, budget } = several({ reserved: 0 });
    budget.tryTake("trade", { orders: 4 });
    const waiting = taking(budget, "trade", { weight: 15, orders: 1 });
    await turn();
    expect(budget.tryTake("read", 6)).toBe(false); // 15 of the 20 are spoken for
    expect(budget.tryTake("read", 5)).toBe(true);
    const second = taking(budget, "read", 1);
    await turn();
    expect(second.is).toBe("waiting");
    clock.advance(1_000);
    await waiting.settled;
    expect([waiting.is, second.is]).toEqual(["taken", "waiting"]);
    clock.advance(9_000);
    await second.settled;
    expect(second.is).toBe("taken");
  });

  it("keeps a share of each purse for cancels", () => {
    const { budget } = several();
    expect(budget.tryTake("trade", { weight: 2, orders: 2 })).toBe(true);
    expect(budget.tryTake("trade", order)).toBe(false);
    expect(budget.tryTake("read", 8)).toBe(true);
    expect(budget.tryTake("read", 1)).toBe(false);
    expect(budget.tryTake("cancel", { weight: 10, orders: 2 })).toBe(true); // a hedge is an order too
    expect(budget.tryTake("cancel", 1)).toBe(false);
  });

  it("takes nothing for what no purse counts, and refuses what one can never hold", () => {
    const { budget } = several({ reserved: 0 });
    expect(budget.tryTake("read", { history: 1_000 })).toBe(true);
    expect(budget.free("read", "history")).toBe(Number.POSITIVE_INFINITY);
    expect(() => budget.tryTake("trade", { orders: 5 })).toThrow("budget.orders");
    expect(() => budget.tryTake("trade", { weight: -1 })).toThrow("budget.weight");
    expect(() => createBudgetOver({ purses: [], clock: manualClock(0) })).toThrow("budget.purses");
  });

  it("shares a purse with another budget", async () => {
    const { clock, budget, weight } = several({ reserved: 0 });
    const other = createBudgetOver({ purses: [weight], clock, maxWaitMs: 20_000 });
    expect(other.tryTake("read", 18)).toBe(true);
    expect(budget.free("trade")).toBe(2);
    const mine = taking(budget, "trade", { weight: 3, orders: 1 });
    const theirs = taking(other, "read", 3);
    await turn();
    clock.advance(10_000);
    await Promise.all([mine.settled, theirs.settled]);
    expect([mine.is, theirs.is]).toEqual(["taken", "taken"]);
    expect(budget.free("trade")).toBe(14);
  });

  it("believes the venue when it counts more, window by window, and says what it told", () => {
    const { clock, budget } = several({ reserved: 0 });
    budget.tryTake("trade", order);
    budget.observe({ counts: "weight", perMs: 10_000, used: 12 });
    budget.observe({ counts: "orders", perMs: 1_000, used: 0 });
    budget.observe({ counts: "orders", perMs: 86_400_000, used: 9 }); // no purse of that length
    budget.observe({ counts: "weight", perMs: 10_000, used: Number.NaN });
    expect([budget.free("trade"), budget.free("trade", "orders")]).toEqual([8, 3]);
    expect(budget.usage()).toEqual([
      { counts: "weight", perMs: 10_000, capacity: 20, used: 12, told: { used: 12, at: start } },
      { counts: "orders", perMs: 10_000, capacity: 10, used: 1, told: undefined },
      { counts: "orders", perMs: 1_000, capacity: 4, used: 1, told: { used: 0, at: start } },
    ]);
    budget.tryTake("read", 3);
    budget.observe({ counts: "weight", perMs: 10_000, used: 15 }); // ours only
    expect(budget.free("trade")).toBe(5);
    budget.observe({ counts: "weight", perMs: 10_000, used: 30 }); // beyond what we would use
    expect(budget.tryTake("cancel", 1)).toBe(false);
    clock.advance(10_000);
    expect(budget.free("trade")).toBe(20);
  });

  it("never sends more than any purse holds in any stretch of its length", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const dice = random(seed);
        const { clock, budget } = several();
        const sent: { at: number; lane: Lane; cost: { weight: number; orders: number } }[] = [];
        const all: Promise<unknown>[] = [];
        for (let step = 0; step < 150; step++) {
          const lane = (["trade", "cancel", "read"] as const)[dice.whole(0, 2)] ?? "read";
          const cost = { weight: dice.whole(0, 4), orders: lane === "read" ? 0 : dice.whole(0, 2) };
          const note = () => sent.push({ at: clock.now(), lane, cost });
          if (dice.next() < 0.5) all.push(budget.take(lane, cost).then(note, () => undefined));
          else if (budget.tryTake(lane, cost)) note();
          if (dice.next() < 0.03) budget.pause(dice.whole(0, 700));
          await turn();
          clock.advance(dice.whole(0, 400));
          await turn();
        }
        for (let step = 0; step < 60; step++) {
          clock.advance(1_000);
          await turn();
        }
        await Promise.all(all);
        const within = (perMs: number, counts: "weight" | "orders", lanes: readonly Lane[]) =>
          Math.max(
            ...sent.map(({ at }) =>
              sent
                .filter((each) => each.at > at - perMs && each.at <= at && lanes.includes(each.lane))
                .reduce((sum, { cost }) => sum + cost[counts], 0),
            ),
          );
        for (const [perMs, counts, capacity] of [
          [10_000, "weight", 20],
          [10_000, "orders", 10],
          [1_000, "orders", 4],
        ] as const) {
          expect(within(perMs, counts, ["trade", "cancel", "read"])).toBeLessThanOrEqual(capacity);
          expect(within(perMs, counts, ["trade", "read"])).toBeLessThanOrEqual(capacity / 2);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("createPause", () => {
  it("stops all budgets of a host, whoever was told", async () => {
    const clock = manualClock(start);
    const pause = createPause(clock);
    const options = { capacity: 10, perMs: 1_000, reserved: 0.3, clock, pause };
    const [fast, slow] = [createBudget(options), createBudget(options)];
    const cancel = taking(fast, "cancel");
    await cancel.settled;
    slow.pause(2_000);
    expect([fast.pausedMs(), slow.pausedMs()]).toEqual([2_000, 2_000]);
    expect([fast.tryTake("cancel"), slow.tryTake("read"), fast.free("cancel")]).toEqual([false, false, 0]);
    const waiting = taking(fast, "cancel");
    await turn();
    pause.pause(3_000);
    clock.advance(2_000);
    await turn();
    expect(waiting.is).toBe("waiting");
    clock.advance(1_000);
    await waiting.settled;
    expect(waiting.is).toBe("taken");
  });
});
