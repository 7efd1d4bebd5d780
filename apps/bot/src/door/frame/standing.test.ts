// Wishes of a moment ago against what stands now: of a run, and case by case.
import { type ClientId, clientId, instrument, lots, millis, type OrderView, priceText, ticks } from "@bp/core";
import type { Explained } from "@bp/engine";
import type { StrategyNow, WishNow } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { runInMemory } from "./run.fixture.ts";
import { type StandingWorld, standingNow } from "./standing.ts";
import { createTroupe } from "./strategies.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const then = millis(1_000);
const explained = (view: Partial<Explained["view"]> = {}) => ({ view: { now: then, ...view } }) as Explained; // all that is read

function order(over: Partial<OrderView>): OrderView {
  const where = { clientId: clientId(1), instrument: sol.id, slot: "maker/buy.0", side: "buy" } as const;
  const terms = { price: ticks(15_000), size: lots(50), filled: lots(0), postOnly: true, reduceOnly: false };
  return { ...where, ...terms, state: "open", since: then, placedAt: millis(500), ...over };
}

const wished: WishNow = {
  slot: "buy.0",
  market: sol.id,
  kind: "quote",
  side: "buy",
  price: "150.00",
  size: "0.50",
  outcome: "works",
};

/** What is told of one wish. */
function told(
  wish: Partial<WishNow>,
  orders: readonly OrderView[],
  { now = {}, was = {} }: { now?: { halted?: string; quiet?: "pause" | "stop" | "flatten" }; was?: typeof now } = {},
) {
  const strategy = { name: "maker", use: "maker", remarks: [], wishes: [{ ...wished, ...wish }] };
  const world = {
    orders: new Map<ClientId, OrderView>(orders.map((each) => [each.clientId, each])),
    quiet: now.quiet,
    view: { halted: now.halted, instrument: () => sol },
  };
  const [first] = standingNow([strategy as unknown as StrategyNow], explained(was), world as unknown as StandingWorld); // it has no view, and its orders are plain ones
  return { wish: first?.wishes[0], idle: first?.idle };
}

describe("standingNow", () => {
  it("leaves a wish as it was told whose order stands or is on its way", () => {
    expect(told({}, [order({})]).wish).toEqual(wished);
    expect(told({}, [order({ state: "placing" })]).wish?.outcome).toBe("works");
    expect(told({ outcome: "trimmed", rule: "funds" }, [order({})]).wish).toMatchObject({ rule: "funds" });
    expect(told({ outcome: "refused", rule: "funds" }, []).wish).toMatchObject({ outcome: "refused", rule: "funds" });
    expect(told({ outcome: "waits", why: "busy" }, [order({})]).wish).toMatchObject({ outcome: "waits", why: "busy" });
  });

  it("calls nothing placed of which no order stands", () => {
    expect(told({}, []).wish).toMatchObject({ outcome: "waits", why: "no order of it stands now" });
    expect(told({ outcome: "trimmed", rule: "funds" }, []).wish).not.toHaveProperty("rule");
    expect(told({}, [order({ state: "cancelling" })]).wish?.why).toBe("its order is being cancelled");
    expect(told({}, [order({ state: "unknown" })]).wish?.why).toBe("its order is in doubt");
  });

  it("shows an order that was placed since as what the wish has become, and an older one at another price as that", () => {
    const moved = { price: ticks(14_900), size: lots(40) };
    const became = { ...wished, price: "149.00", size: "0.40" };
    expect(told({}, [order({ ...moved, placedAt: millis(1_001) })]).wish).toEqual(became);
    expect(told({ outcome: "refused", rule: "funds" }, [order({ ...moved, placedAt: then })]).wish).toEqual(became);
    expect(told({}, [order(moved)]).wish).toMatchObject({ outcome: "waits", why: "its order still stands at 149.00" });
  });

  it("has no wishes, and says why, since a halt or a person's ask, and before anything was explained", () => {
    const none = (now: Parameters<typeof told>[2]) => {
      const { wish, idle } = told({}, [order({})], now);
      expect(wish).toBe(undefined);
      return idle;
    };
    expect(none({ now: { halted: "drawdown" } })).toBe("halted: drawdown");
    expect(none({ now: { quiet: "pause" } })).toBe("a person has paused it");
    expect(none({ was: { quiet: "pause" } })).toBe("it has not been judged yet");
    expect(told({}, [order({})], { now: { quiet: "pause" }, was: { quiet: "pause" } }).wish).toEqual(wished);
    const strategy = { name: "maker", wishes: [wished] } as unknown as StrategyNow; // all that is read
    const world = { orders: new Map(), quiet: undefined, view: { halted: undefined, instrument: () => sol } };
    expect(standingNow([strategy], undefined, world)).toEqual([
      { name: "maker", wishes: [], idle: "it has not been judged yet" },
    ]);
  });

  it("never calls anything placed in a run that is not there, at its price, however long ago the beat was", async () => {
    const maker = { instrument: sol.id, spreadPct: 0.03, quantity: 0.5, maxPosition: 3, intervalMs: 2_000 };
    let beat: Explained | undefined;
    let [count, held] = [0, 0];
    let troupe: ReturnType<typeof createTroupe> | undefined;
    const glass = {
      took: () => undefined,
      journalSlow: () => undefined,
      replayed: () => undefined,
      wants: ({ type, seq }: Explained["event"]) => type === "timer.fired" && seq % 3 === 0,
      explained: (each: Explained) => {
        beat = each;
      },
    };
    const lies: unknown[] = [];
    const run = { tree: { strategies: [{ use: "maker", params: maker }] }, seconds: 30, glass };
    await runInMemory(run, ({ event, engine, recipe }) => {
      troupe ??= createTroupe(engine, recipe);
      const standing = [...engine.orders.values()].map(({ slot, price }) => `${slot} ${priceText(sol, price)}`);
      for (const { name, wishes } of standingNow(troupe.now(beat), beat, engine))
        for (const { slot, kind, price, outcome } of wishes) {
          if (outcome !== "works" && outcome !== "trimmed") held += 1;
          else if (standing.some((each) => each.startsWith(`${name}/${slot} ${kind === "hold" ? "" : price}`)))
            count += 1;
          else lies.push([event.seq, slot, price]);
        }
    });
    expect(lies).toEqual([]);
    expect(count).toBeGreaterThan(500);
    expect(held).toBeGreaterThan(0);
  });
});
