// What a run was given on its way, as its journal tells it.
import { type Entry, type Event, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Recipe } from "../wire-up.ts";
import { changeLine, changesIn, createChangeLog } from "./made.ts";

const params = { instrument: "backpack:SOL_USDC_PERP", spreadPct: "0.2" };
const recipe: Recipe = {
  strategies: [{ name: "mm", use: "maker", params }],
  limits: { maxOpenOrders: 8, priceBand: 0.2, staleMs: 5_000, rate: { orders: 20, windowMs: 1_000 } },
  existing: "adopt",
  graceMs: 12_000,
  askEveryMs: 60_000,
};
const changed = (seq: number, values: object, by = "the dashboard", strategy = "mm"): Event => ({
  type: "params.changed",
  strategy,
  params: { ...params, ...values },
  by,
  at: millis(1_800_000_000_000 + seq),
  venueAt: millis(1_800_000_000_000 + seq),
  seq,
});

describe("createChangeLog", () => {
  it("tells what each change has changed, and not those that the engine has left aside", () => {
    const log = createChangeLog(recipe);
    expect(log.event(changed(1, { spreadPct: "0.3" }))?.values).toEqual([{ key: "spreadPct", from: "0.2", to: "0.3" }]);
    expect(log.event(changed(2, { instrument: "backpack:BTC_USDC_PERP" }))).toBe(undefined);
    expect(log.event(changed(3, { spreadPct: "-1" }))).toBe(undefined);
    expect(log.event(changed(4, {}, "me", "nobody"))).toBe(undefined);
    expect(log.event(changed(5, { spreadPct: "0.3", maxOrders: 2 }, "me"))?.values).toHaveLength(1);
    expect(log.made.map(({ by }) => by)).toEqual(["the dashboard", "me"]);
  });

  it("tells what is other than at the beginning, and nothing where it is as it was", () => {
    const log = createChangeLog(recipe);
    expect(log.others()).toEqual([]);
    log.event(changed(1, { spreadPct: "0.3" }));
    log.event(changed(2, { spreadPct: "0.4", maxOrders: 2 }, "me"));
    const [other] = log.others();
    expect(other).toMatchObject({ by: "me" });
    expect(other === undefined ? "" : changeLine(other)).toBe("mm: spreadPct 0.2 → 0.4, maxOrders 3 → 2");
    log.event(changed(3, {}));
    expect(log.others()).toEqual([]);
  });

  it("lets nobody write escapes into a terminal", () => {
    const values = [{ key: "spreadPct", from: "0.2", to: "\u001b[31m0.3" }];
    expect(changeLine({ at: millis(1), strategy: "mm", by: "me", values })).not.toContain("\u001b");
  });
});

describe("changesIn", () => {
  it("reads them from a journal, whatever else is in it", () => {
    const entries: readonly Entry[] = [
      { dir: "in", event: changed(1, { spreadPct: "0.3" }) },
      { dir: "note", cause: 1, rule: "operator", why: "mm, by the dashboard: spreadPct 0.2 -> 0.3" },
    ];
    expect(changesIn(recipe, entries)).toHaveLength(1);
    expect(changesIn(recipe, [])).toEqual([]);
  });
});
