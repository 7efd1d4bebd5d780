// What a market and the money beside it say of a coin: what the venue itself says, or nothing.
import type { Glance } from "@bp/report";
import { liquidationsOf } from "@bp/risk";
import type { MarketNow } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { marketNow } from "./markets.ts";
import { moneyNow } from "./money.ts";
import { createQueue, type Queue } from "./queue.ts";
import { runInMemory } from "./run.fixture.ts";
import { createSums } from "./sums.ts";

const gridding = {
  instrument: "backpack:SOL_USDC",
  side: "long",
  interval: 0.1,
  cells: 8,
  perCell: 50,
  maxPosition: 150,
  paceMs: 2_000,
};

interface Seen {
  readonly market: MarketNow;
  readonly glance: Glance;
  readonly money: ReturnType<typeof moneyNow>;
  /** What a coin is worth. */
  readonly price: number;
  /** By the venue. */
  readonly coins: number;
  readonly cash: number;
}

/** A run, looked at after each snapshot of the account: then the venue has told what is there. */
async function seenIn(use: string, params: Readonly<Record<string, unknown>>, seconds: number) {
  const sums = createSums({});
  const seen: Seen[] = [];
  let queue: Queue | undefined;
  await runInMemory({ tree: { strategies: [{ use, params }] }, seconds }, (step) => {
    const { event, commands, fills, engine, tally, instruments } = step;
    queue ??= createQueue(engine);
    queue.step(event, commands);
    sums.step(event, fills, { engine, tally });
    const [instrument] = instruments;
    if (event.type !== "account.snapshot" || instrument === undefined) return;
    const glance = tally.glance();
    const parts = { queue, liquidationOf: liquidationsOf([]), held: glance.held.get(instrument.id) };
    const amount = (asset: string) => Number(event.balances.find((each) => each.asset === asset)?.total ?? 0);
    const [coins, cash] = [amount(instrument.base), amount(instrument.quote)];
    const price = Number(tally.figures().instruments[0]?.mark);
    const market = marketNow(engine, instrument, parts);
    seen.push({ market, glance, money: moneyNow(glance, sums), price, coins, cash });
  });
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) throw new Error("the account was never told");
  return { first, last };
}

describe("marketNow", () => {
  it("says nothing of what an account has of a coin beside ours: nobody looks there", async () => {
    const { last } = await seenIn("grid", gridding, 5);
    expect(last.coins).toBeGreaterThan(100);
    expect(last.market).not.toHaveProperty("external");
  });

  it("says of a perpetual what the venue has beyond ours", async () => {
    const { last } = await seenIn("single", { instrument: "backpack:SOL_USDC_PERP", amount: 100, ageMs: 2_000 }, 5);
    expect(last.market.external).toBe("0.00");
  });

  it("holds of a coin what fees have left of it, and the money is what the account has gained", async () => {
    const { first, last } = await seenIn("grid", gridding, 300);
    const { market, money, glance, price } = last;
    const gained = last.coins - first.coins;
    expect(Number(market.position?.size)).toBeCloseTo(gained, 9);
    expect(glance.sums.feesByAsset.get("SOL")?.toNumber()).toBeGreaterThan(0);
    const { realized, unrealized, fees, feeDrift, funding } = money;
    expect(Math.abs(Number(feeDrift))).toBeGreaterThan(1e-4);
    const sum = Number(realized) + Number(unrealized) - Number(fees) + Number(feeDrift) + Number(funding);
    expect(Number(money.net)).toBeCloseTo(sum, 6);
    expect(Number(money.net)).toBeCloseTo(last.cash - first.cash + gained * price, 5); // the venue rounds what it books
  });
});
