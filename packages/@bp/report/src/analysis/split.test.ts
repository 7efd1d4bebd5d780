// The split of a profit adds up to the last digit, and to what a tally of the same log says.
import { Big, decimal, instrument, lots, millis, random } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Scene, scene, start } from "../scene.fixture.ts";
import { createTally, type TallyOptions } from "../tally.ts";
import { createAnalyst } from "./analyst.ts";
import type { AnalystOptions } from "./folded.ts";

const coin = { base: "SOL", quote: "USDC", tickSize: "0.05", lotSize: "0.001" } as const;
const perp = instrument({ id: "backpack:SOL_USDC_PERP", kind: "perp", ...coin });
const spot = instrument({ id: "aster-spot:SOLUSDT", kind: "spot", ...coin, quote: "USDT", tickSize: "0.01" });
const euro = instrument({ id: "elsewhere:SOLEUR", kind: "perp", ...coin, quote: "EUR", lotSize: "0.01" });
const rates = { EUR: "1.0837", BNB: "611.3" };

/** A log of whatever may happen, in some disorder. */
function happenings(seed: number, size: number): Scene {
  const log = scene(perp);
  const chance = random(seed);
  const logs = [log, ...[spot, euro].map((market, at) => join(log, scene(market), at + 1))];
  const mids = [150_00, 150_00, 140_00];
  for (let step = 0; step < size; step++) {
    log.now += chance.whole(0, 40) === 0 ? chance.whole(1, 400_000) : chance.whole(0, 900);
    const at = chance.whole(0, 2);
    const one = logs[at] ?? log;
    one.now = log.now;
    mids[at] = Math.max(100_00, (mids[at] ?? 0) + chance.whole(-3, 3) * 5);
    const price = ((mids[at] ?? 0) / 100).toFixed(2);
    const side = chance.next() < 0.5 ? "buy" : "sell";
    const roll = chance.whole(0, 11);
    if (roll < 5) one.book(price, ((mids[at] ?? 0) / 100 + 0.05 * chance.whole(1, 3)).toFixed(2));
    else if (roll < 9)
      one.trade(side, price, (chance.whole(1, 60) / 100).toFixed(2), {
        fee: `${chance.next() < 0.3 ? "-" : ""}0.00${chance.whole(0, 99_999)}`,
        feeAsset:
          at === 1
            ? (["USDT", "SOL", "BNB"][chance.whole(0, 2)] ?? "")
            : chance.next() < 0.1
              ? "BNB"
              : at === 2
                ? "EUR"
                : "USDC",
        liquidity: chance.next() < 0.7 ? "maker" : "taker",
        dates: { at: log.now, venueAt: log.now - chance.whole(0, chance.next() < 0.05 ? 200_000 : 50) },
      });
    else if (roll === 9)
      one.event({ type: "book.lost", instrument: [perp, spot, euro][at]?.id ?? perp.id, why: "a gap" });
    else if (roll === 10)
      one.event({
        type: "funding.paid",
        instrument: perp.id,
        amount: decimal(`-0.0${chance.whole(1, 999)}`),
        asset: "USDC",
      });
    else one.event({ type: "timer.fired", name: "beat" });
    if (chance.whole(0, 30) === 0)
      one.event({
        type: "mark.changed",
        instrument: perp.id,
        mark: (mids[0] ?? 0) / 5 + 0.123456,
        index: 3_000,
        fundingRate: 0,
        fundingAt: millis(start),
      });
  }
  return log;
}

/** A scene of another market that writes into the same log, with numbers of its own. */
function join(log: Scene, other: Scene, place: number): Scene {
  const write = log.entries.push.bind(log.entries);
  other.entries.push = (...entries) => {
    for (const entry of entries) {
      if (entry.dir === "out" && entry.command.type === "order.place")
        write({ ...entry, command: { ...entry.command, clientId: moved(entry.command.clientId) } });
      else if (entry.dir === "in" && "clientId" in entry.event && entry.event.clientId !== undefined)
        write({ ...entry, event: { ...entry.event, clientId: moved(entry.event.clientId) } as typeof entry.event }); // the same with another number
      else write(entry);
    }
    return 0;
  };
  const moved = <T extends number>(id: T): T => (id + place * 0x10_0000) as T;
  return other;
}

function both(log: Scene, options: Partial<AnalystOptions> = {}) {
  const setup: TallyOptions = { instruments: [perp, spot, euro], rates, ...options };
  const tally = createTally(setup);
  const analyst = createAnalyst({ capital: "10000", ...setup });
  for (const entry of log.entries) {
    tally.entry(entry);
    analyst.entry(entry);
  }
  return { figures: tally.figures(), analysis: analyst.analysis({ run: "r", mode: "backtest" }), tally };
}

function expectEqual({ figures, analysis }: ReturnType<typeof both>): void {
  const { causes, session } = figures;
  const { profit, meta, metrics } = analysis;
  expect(profit.residual).toBe("0");
  for (const { adverse, inventory } of profit.selection) {
    const parts = new Big(profit.spread).minus(adverse).plus(inventory).plus(profit.carried).minus(profit.fees);
    expect(parts.plus(profit.rebates).plus(profit.feeDrift).plus(profit.funding).toFixed()).toBe(
      new Big(profit.equityChange).toFixed(),
    );
  }
  const same = (text: string, value: Big) => expect(new Big(text).toFixed()).toBe(value.plus(0).toFixed());
  same(profit.equityChange, causes.equityChange);
  same(profit.spread, causes.spread);
  same(profit.carried, causes.carried);
  same(new Big(profit.fees).minus(profit.rebates).toFixed(), causes.fees);
  same(profit.feeDrift, causes.feeDrift);
  same(profit.funding, causes.funding);
  same(profit.equityChange, session.profit.net.plus(causes.feeDrift));
  const [first] = causes.selection; // 1 s: the only horizon that both have
  same(profit.selection[0]?.adverse ?? "", first?.adverse ?? new Big(-1));
  same(profit.selection[0]?.inventory ?? "", first?.inventory ?? new Big(-1));
  expect(profit.selection[0]?.settled).toBe(first?.settled);
  expect(meta.fills).toBe(session.sums.fills);
  expect(meta.externalFills).toBe(figures.externalFills);
  const { live: _, ...counts } = figures.orders;
  expect(meta.orders).toEqual(counts);
  const end = analysis.series.equity.value.at(-1) ?? 0;
  expect(end - 10_000).toBeCloseTo(causes.equityChange.toNumber(), 6);
  expect(metrics.find(({ key }) => key === "net-profit")?.value).toBeCloseTo(causes.equityChange.toNumber(), 9);
}

describe("the split of a profit", () => {
  it("adds up exactly, whatever happens, and is what a tally of the same log says", () => {
    const trial = () =>
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 400 }), (seed, size) => {
          expectEqual(both(happenings(seed, size)));
        }),
        { numRuns: 60 },
      );
    expect(trial).not.toThrow();
  });

  it("goes on from an earlier run's lots and orders", () => {
    const { tally } = both(happenings(7, 300));
    const carry = tally.carry();
    const later = both(happenings(8, 300), { carry });
    const { causes } = later.figures;
    expect(later.analysis.profit.residual).toBe("0");
    expect(new Big(later.analysis.profit.carried).eq(causes.carried)).toBe(true);
    expect(new Big(later.analysis.profit.equityChange).eq(causes.equityChange)).toBe(true);
    expect(causes.carried.eq(0)).toBe(false);
  });

  it("takes over what an account held, and writes off what a liquidation took, as a tally does", () => {
    const log = scene(perp);
    const told = (size: number, cost: string) =>
      log.event({
        type: "account.snapshot",
        venue: "backpack",
        asOf: millis(log.now),
        orders: [],
        positions: [{ instrument: perp.id, size: lots(size), cost: decimal(cost) }],
        balances: [{ asset: "USDC", total: decimal("500"), free: decimal("500") }],
        fills: [],
      });
    log.book("149.95", "150.05");
    told(3_000, "447.77");
    log.now += 1_000;
    log.trade("sell", "150.1", "1", { fee: "0.03" });
    log.now += 5_000;
    told(1_100, "200");
    log.now += 5_000;
    log.event({ type: "operator.asked", ask: "resume", by: "a person" });
    log.book("150.95", "151.05");
    const found = both(log, { instruments: [perp], existing: "adopt", rates: {} });
    expect(found.analysis.profit.residual).toBe("0");
    expect(new Big(found.analysis.profit.equityChange).eq(found.figures.causes.equityChange)).toBe(true);
    expect(found.figures.instruments[0]?.position.toFixed()).toBe("1.1");
    expect(found.analysis.series.markets[0]?.inventory.value.at(-1)).toBeCloseTo(1.1, 12);
  });

  it("stays exact over a change of tick and lot", () => {
    const log = scene(perp);
    log.book("150", "150.1");
    log.trade("buy", "150", "0.013", { fee: "0.00123" });
    log.now += 2_000;
    log.event({
      type: "instrument.changed",
      instrument: { ...perp, tickSize: decimal("0.01"), lotSize: decimal("0.01") },
    });
    log.now += 40_000;
    const finer = { ...perp, tickSize: decimal("0.01"), lotSize: decimal("0.01") };
    log.event({
      type: "book.reset",
      instrument: perp.id,
      bids: [[15_100 as never, lots(5)]],
      asks: [[15_103 as never, lots(5)]],
    });
    const next = join(log, scene(finer), 1);
    next.now = log.now;
    next.trade("sell", "151.01", "0.01", { fee: "0.0007" });
    const found = both(log, { instruments: [perp], rates: {} });
    expect(found.analysis.profit.residual).toBe("0");
    for (const key of ["spread", "equityChange"] as const)
      expect(new Big(found.analysis.profit[key]).toFixed()).toBe(found.figures.causes[key].toFixed());
    expect(found.analysis.series.markets[0]?.inventory.value.at(-1)).toBeCloseTo(0.003, 12);
  });
});
