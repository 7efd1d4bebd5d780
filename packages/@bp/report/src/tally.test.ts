// The fold over a log: figures with the values on the page, and laws.
import { Big, type ClientId, decimal, type Entry, instrument, lots, millis, type Side, ticks, toTicks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAnalyst } from "./analysis/analyst.ts";
import { perp, type Scene, scene, spot, start } from "./scene.fixture.ts";
import { volumeSums } from "./sums.ts";
import { createTally, type Tally, type TallyOptions } from "./tally.ts";

function tallied(entries: readonly Entry[], options: Partial<TallyOptions> = {}): Tally {
  const tally = createTally({ instruments: [perp], ...options });
  for (const entry of entries) tally.entry(entry);
  return tally;
}

describe("createTally: profit", () => {
  it("matches first in first out and takes fees off", () => {
    const log = scene();
    log.trade("buy", "100", "0.2", { fee: "0.004" });
    log.trade("buy", "101", "0.1", { fee: "0.00202" });
    log.trade("sell", "102", "0.25", { fee: "0.0051" });
    log.event({
      type: "mark.changed",
      instrument: perp.id,
      mark: 101_000,
      index: 101_000,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    const { session, instruments } = tallied(log.entries).figures();
    expect(session.profit.realized.toFixed()).toBe("0.45");
    expect(session.profit.fees.toFixed()).toBe("0.01112");
    expect(session.profit.net.toFixed()).toBe("0.43888"); // the rest is marked at its own price
    expect(instruments[0]?.position.toFixed()).toBe("0.05");
    expect(instruments[0]?.entry?.toFixed()).toBe("101");
  });

  it("gives a net short's open profit the right sign", () => {
    const log = scene();
    log.trade("sell", "100", "1");
    log.event({
      type: "mark.changed",
      instrument: perp.id,
      mark: 98_000,
      index: 98_000,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    const won = tallied(log.entries).figures();
    expect(won.session.profit.unrealized.toFixed()).toBe("2");
    log.event({
      type: "mark.changed",
      instrument: perp.id,
      mark: 101_500,
      index: 98_000,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    expect(tallied(log.entries).figures().session.profit.unrealized.toFixed()).toBe("-1.5");
  });

  it("counts gross before fees, and net after fees and funding", () => {
    const log = scene();
    log.trade("buy", "100", "1", { fee: "0.02" });
    log.event({ type: "funding.paid", instrument: perp.id, amount: decimal("-0.3"), asset: "USDC" });
    log.event({
      type: "mark.changed",
      instrument: perp.id,
      mark: 103_000,
      index: 103_000,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    const { profit } = tallied(log.entries).figures().session;
    expect(profit.gross.toFixed()).toBe("3");
    expect(profit.net.toFixed()).toBe("2.68");
  });

  it("counts funding once for each stamp of a market, however often it is told", () => {
    const log = scene();
    const paid = { type: "funding.paid", instrument: perp.id, amount: decimal("-1"), asset: "USDC" } as const;
    log.event(paid);
    log.now += 90_000;
    log.event(paid, { venueAt: start });
    log.event({ ...paid, instrument: "elsewhere:SOLEUR" }, { venueAt: start }); // a market of somebody else
    log.event(paid);
    expect(tallied(log.entries).figures().session.profit.net.toFixed()).toBe("-2");
    const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
    for (const entry of log.entries) analyst.entry(entry);
    const { profit, funding } = analyst.analysis({ run: "r", mode: "live" });
    expect([profit.funding, funding.settlements.length]).toEqual(["-2", 2]);
  });

  it("turns fees in base into quote at the price of their fill, and takes them off what is held", () => {
    const log = scene(spot);
    log.trade("buy", "150", "2", { fee: "0.0016", feeAsset: "SOL" });
    log.book("159.99", "160.01");
    const { session, instruments, causes } = tallied(log.entries, { instruments: [spot] }).figures();
    expect(session.profit.fees.toFixed()).toBe("0.24"); // 0.0016 × 150
    expect(session.sums.feesByAsset.get("SOL")?.toFixed()).toBe("0.0016");
    expect(instruments[0]?.position.toFixed()).toBe("2");
    expect(instruments[0]?.held.toFixed()).toBe("1.9984");
    expect(causes.feeDrift.toFixed()).toBe("-0.016"); // those coins are worth 160 now
  });

  it("converts a third fee asset where it has a rate, and says so where not", () => {
    const log = scene();
    log.trade("buy", "100", "1", { fee: "0.001", feeAsset: "BNB" });
    expect(
      tallied(log.entries, { rates: { BNB: "600" } })
        .figures()
        .session.profit.fees.toFixed(),
    ).toBe("0.6");
    const without = tallied(log.entries).figures();
    expect(without.unconverted).toEqual(["BNB"]);
    expect(without.session.profit.fees.toFixed()).toBe("0");
    expect(without.session.sums.feesByAsset.get("BNB")?.toFixed()).toBe("0.001");
  });

  it("refuses a market whose quote it cannot convert", () => {
    const odd = instrument({
      id: "x:SOL_BTC",
      kind: "spot",
      base: "SOL",
      quote: "BTC",
      tickSize: "0.01",
      lotSize: "0.01",
    });
    expect(() => createTally({ instruments: [perp, odd] })).toThrow(/rates\.BTC/);
    expect(() => createTally({ instruments: [perp, odd], rates: { BTC: "90000" } })).not.toThrow();
  });

  it("splits the volume by side and by who rested, and takes ratios of it", () => {
    const log = scene();
    log.trade("buy", "100", "0.3", { liquidity: "maker", fee: "0.006" });
    log.trade("sell", "100", "0.1", { liquidity: "taker", fee: "0.005" });
    const { sums, ratios, profit } = tallied(log.entries).figures().session;
    const { makerBuy, makerSell, takerBuy, takerSell } = sums.volumes;
    expect([makerBuy, makerSell, takerBuy, takerSell].map((each) => each.quote.toFixed())).toEqual([
      "30",
      "0",
      "0",
      "10",
    ]);
    expect(volumeSums(sums.volumes).all.base.toFixed()).toBe("0.4");
    expect(profit.net.toFixed()).toBe("-0.011");
    expect(ratios.wear?.toFixed()).toBe("0.0275"); // 0.011 / 40 × 100
    expect(ratios.costPer10k?.toFixed()).toBe("2.75");
    expect(ratios.profitPerVolume?.toFixed()).toBe("-0.000275");
    expect(ratios.makerShare?.toFixed()).toBe("0.75");
  });

  it("has no wear where it earned", () => {
    const log = scene();
    log.trade("buy", "100", "1");
    log.trade("sell", "101", "1");
    const { ratios } = tallied(log.entries).figures().session;
    expect(ratios.wear?.toFixed()).toBe("0");
    expect(ratios.costPer10k?.toFixed(2)).toBe("-49.75"); // 10,000 traded earned that
  });

  it("groups fills by the venue's day", () => {
    const log = scene();
    log.trade("buy", "100", "1", { dates: { at: start, venueAt: Date.UTC(2025, 10, 20, 23, 59, 59) } });
    log.trade("sell", "101", "1", { fee: "0.05", dates: { at: start, venueAt: Date.UTC(2025, 10, 21) } });
    const { days } = tallied(log.entries).figures();
    expect(days.map(({ day, fills, volume, realized }) => [day, fills, volume.toFixed(), realized.toFixed()])).toEqual([
      ["2025-11-20", 1, "100", "0"],
      ["2025-11-21", 1, "101", "1"],
    ]);
  });
});

describe("createTally: fills", () => {
  it("counts a trade once, however often and wherever it is told", () => {
    const log = scene();
    const fill = log.trade("buy", "100", "1", { tradeId: "77" });
    if (fill.type !== "order.filled") throw new Error("not a fill");
    log.event({ ...fill });
    log.event({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(start),
      orders: [],
      positions: [],
      balances: [],
      fills: [fill],
    });
    const figures = tallied(log.entries).figures();
    expect(figures.session.sums.fills).toBe(1);
    expect(figures.instruments[0]?.position.toFixed()).toBe("1");
  });

  it("knows a trade again after more others than any venue's list is long", () => {
    const log = scene();
    const id = log.place("buy", "100", "1000");
    const first = log.fill(id, "buy", "100", "0.1", { tradeId: "first" });
    const tally = tallied(log.entries);
    for (let count = 1; count <= 6_000; count++)
      tally.event(log.fill(id, "buy", "100", "0.1", { tradeId: `t${count}`, total: (0.1 * (count + 1)).toFixed(1) }));
    expect(tally.event(first)).toEqual([]);
    expect(tally.figures().session.sums.fills).toBe(6_001);
  });

  it("tells which fills an event brought", () => {
    const log = scene();
    const id = log.place("buy", "100", "1");
    const tally = tallied(log.entries);
    const fill = log.fill(id, "buy", "100", "1", { fee: "0.02" });
    const [counted] = tally.event(fill);
    expect(counted?.fee.toFixed()).toBe("0.02");
    expect(counted?.position.toFixed()).toBe("1");
    expect(tally.event(fill)).toEqual([]);
  });

  it("finds a missed fill in a snapshot", () => {
    const log = scene();
    const id = log.place("buy", "100", "1");
    log.accept(id);
    const missed = scene().fill(id, "buy", "100", "0.4", { tradeId: "9" });
    if (missed.type !== "order.filled") throw new Error("not a fill");
    log.event({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(start),
      orders: [],
      positions: [],
      balances: [],
      fills: [missed],
    });
    expect(tallied(log.entries).figures().session.sums.fills).toBe(1);
  });

  it("leaves out what nobody here ordered", () => {
    const log = scene();
    log.trade("buy", "100", "1");
    log.fill(999 as ClientId, "sell", "100", "5");
    const figures = tallied(log.entries).figures();
    expect(figures.externalFills).toBe(1);
    expect(figures.instruments[0]?.position.toFixed()).toBe("1");
  });

  it("takes over what the account held before, at the venue's entry cost, where the engine does so too", () => {
    const log = scene();
    const told = (size: number, cost: string) =>
      log.event({
        type: "account.snapshot",
        venue: "backpack",
        asOf: millis(log.now),
        orders: [],
        positions: [{ instrument: perp.id, size: lots(size), cost: decimal(cost) }],
        balances: [],
        fills: [],
      });
    told(1_500, "150"); // 1.5 at 100
    log.trade("sell", "103", "0.5");
    told(1_000, "100");
    const adopted = tallied(log.entries, { existing: "adopt" }).figures();
    expect(adopted.instruments[0]?.held.toFixed()).toBe("1");
    expect(adopted.instruments[0]?.entry?.toFixed()).toBe("100");
    expect(adopted.session.profit.realized.toFixed()).toBe("1.5");
    expect(adopted.session.sums.fills).toBe(1);
    const ignored = tallied(log.entries).figures();
    expect(ignored.instruments[0]?.held.toFixed()).toBe("-0.5");
    expect(ignored.session.profit.realized.toFixed()).toBe("0");
  });

  it("counts a fill that comes after its order's end", () => {
    const log = scene();
    const id = log.place("buy", "100", "1");
    log.event({ type: "order.cancelled", clientId: id, venueOrderId: "v" });
    log.fill(id, "buy", "100", "0.5");
    const figures = tallied(log.entries).figures();
    expect(figures.session.sums.fills).toBe(1);
    expect(figures.orders).toMatchObject({ cancelled: 1, filled: 0 });
  });
});

describe("createTally: orders", () => {
  it("counts each order's end once", () => {
    const log = scene();
    const [a, b, c, d] = [
      log.place("buy", "99", "1"),
      log.place("buy", "98", "1"),
      log.place("sell", "101", "1"),
      log.place("sell", "102", "1", "ioc"),
    ];
    for (const id of [a, b, c, d]) log.accept(id);
    log.event({ type: "order.cancelled", clientId: a, venueOrderId: "v" });
    log.event({ type: "order.cancelled", clientId: a, venueOrderId: "v" });
    const refused = log.place("buy", "100", "1");
    log.event({ type: "order.rejected", clientId: refused, reason: "would-take", text: "" });
    log.event({ type: "order.expired", clientId: d, venueOrderId: "v", reason: "filled-what-it-could", text: "" });
    log.fill(c, "sell", "101", "0.4", { total: "0.4" });
    log.fill(c, "sell", "101", "0.6", { total: "1" });
    const { orders } = tallied(log.entries).figures();
    expect(orders).toEqual({
      placed: 5,
      cancelled: 1,
      rejected: 1,
      expired: 1,
      filled: 1,
      gone: 0,
      doubted: 0,
      live: { placing: 0, open: 1, cancelling: 0, unknown: 0 },
    });
  });

  it("keeps an order in doubt until a snapshot decides", () => {
    const log = scene();
    const lost = log.place("buy", "99", "1");
    const kept = log.place("sell", "101", "1");
    log.event({ type: "order.doubted", clientId: lost, request: "place", text: "" });
    log.event({ type: "order.doubted", clientId: kept, request: "place", text: "" });
    expect(tallied(log.entries).figures().orders.live.unknown).toBe(2);
    log.now += 11_000;
    const rests = {
      clientId: kept,
      venueOrderId: "v",
      instrument: perp.id,
      side: "sell" as Side,
      price: ticks(101_000),
      size: lots(1_000),
      filled: lots(0),
    };
    log.event({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(log.now),
      orders: [rests],
      positions: [],
      balances: [],
      fills: [],
    });
    const { orders } = tallied(log.entries).figures();
    expect(orders.live).toEqual({ placing: 0, open: 1, cancelling: 0, unknown: 0 });
    expect(orders.gone).toBe(1);
  });

  it("believes that a young order may still be on the wire", () => {
    const log = scene();
    log.event({ type: "timer.fired", name: "beat" });
    log.place("buy", "99", "1");
    log.now += 5_000;
    log.event({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(log.now),
      orders: [],
      positions: [],
      balances: [],
      fills: [],
    });
    expect(tallied(log.entries).figures().orders.live.placing).toBe(1);
  });

  it("measures how long both sides rested, and how wide", () => {
    const log = scene();
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 1_000;
    const bid = log.place("buy", "99", "1");
    const ask = log.place("sell", "101", "1");
    log.accept(bid);
    log.accept(ask);
    log.now += 6_000;
    log.event({ type: "order.cancelled", clientId: ask, venueOrderId: "v" });
    log.now += 3_000;
    log.event({ type: "timer.fired", name: "beat" });
    const found = tallied(log.entries).figures().instruments[0];
    expect(found?.quoting).toMatchObject({ bothMs: 6_000, anyMs: 9_000, spreadTicks: 2_000 });
    expect(found?.quoting.spread).toBeCloseTo(0.02, 12);
    expect(found?.share).toEqual({ both: 0.6, any: 0.9 });
    expect(found?.touch).toEqual({ bid: 99_000, ask: undefined });
  });

  it("counts no time in which the bot was away, nor any before the venue has told what still rests", () => {
    const log = scene();
    log.event({ type: "timer.fired", name: "beat" });
    const [bid, ask] = [log.place("buy", "99", "1"), log.place("sell", "101", "1")];
    log.accept(bid);
    log.accept(ask);
    log.now += 6_000;
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 12_000; // it is killed, and comes back
    const lost = { type: "link.lost", venue: "backpack", why: "the bot was restarted", resumed: true } as const;
    log.event({ ...lost, stream: "account" });
    log.event({ ...lost, stream: "market" });
    log.now += 1_000;
    log.event({ type: "timer.fired", name: "beat" });
    const open = (at: number) => tallied(log.entries).figures().instruments[at];
    expect(open(0)?.touch).toEqual({ bid: undefined, ask: undefined });
    const both = [
      { clientId: bid, instrument: perp.id, side: "buy", price: toTicks(perp, "99") },
      { clientId: ask, instrument: perp.id, side: "sell", price: toTicks(perp, "101") },
    ] as const;
    const snapshot = { type: "account.snapshot", venue: "backpack", positions: [], balances: [], fills: [] } as const;
    const orders = both.map((order) => ({ ...order, venueOrderId: "v", size: lots(1_000), filled: lots(0) }));
    log.event({ ...snapshot, asOf: millis(log.now), orders });
    log.now += 1_000;
    log.event({ type: "timer.fired", name: "beat" });
    expect(open(0)?.quoting).toMatchObject({ bothMs: 7_000, anyMs: 7_000 });
    expect(open(0)?.share).toEqual({ both: 0.35, any: 0.35 }); // of 20 s
  });
});

describe("createTally: causes", () => {
  it("tells spread, adverse selection and inventory apart", () => {
    const log = scene();
    log.book("99", "101"); // mid 100
    log.now += 10;
    log.trade("buy", "99", "1", { fee: "0.01" });
    log.now += 990;
    log.book("98", "100"); // mid 99 after one second
    log.now += 9_000;
    log.book("97", "99"); // mid 98 after ten
    log.now += 60_000;
    log.book("99.5", "100.5"); // mid 100 now
    log.event({ type: "timer.fired", name: "beat" });
    const { causes } = tallied(log.entries).figures();
    expect(causes.spread.toFixed()).toBe("1");
    expect(
      causes.selection.map(({ horizonMs, adverse, inventory }) => [horizonMs, adverse.toFixed(), inventory.toFixed()]),
    ).toEqual([
      [1_000, "1", "1"],
      [10_000, "2", "2"],
      [60_000, "2", "2"], // 98 was still the mid after sixty
    ]);
    expect(causes.equityChange.toFixed()).toBe("0.99"); // 1 − 1 + 1 − 0.01
  });

  it("looks up the mid of the fill's own time when the fill comes late", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 5_000;
    log.book("109", "111");
    log.now += 1_000;
    log.trade("buy", "99", "1", { dates: { at: log.now, venueAt: start + 2_000 } });
    expect(tallied(log.entries).figures().causes.spread.toFixed()).toBe("1"); // 100 − 99, not 110 − 99
  });

  it("trusts no mid from a market whose stream was lost", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 10;
    log.event({ type: "link.lost", venue: "backpack", stream: "market", why: "closed" });
    log.now += 10;
    log.trade("buy", "99", "1");
    log.now += 10;
    log.book("89", "91");
    log.now += 10;
    log.book("89", "93");
    expect(tallied(log.entries).figures().causes.spread.toFixed()).toBe("-9"); // the next mid that is known: 90
  });

  it("knows nothing of the time in which the bot was away, and leaves out what came due then", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 10;
    log.trade("buy", "99", "1");
    log.now += 1_500;
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 1_000;
    log.trade("buy", "99", "1");
    log.now += 500;
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 12_000; // it is killed, and comes back
    const lost = { type: "link.lost", venue: "backpack", why: "the bot was restarted", resumed: true } as const;
    log.event({ ...lost, stream: "account" });
    log.event({ ...lost, stream: "market" });
    log.trade("buy", "99", "1", { dates: { at: log.now, venueAt: log.now - 8_000 } }); // it was filled meanwhile
    log.now += 100;
    log.book("109", "111");
    log.now += 100;
    log.trade("buy", "99", "1", { dates: { at: log.now, venueAt: log.now - 9_000 } });
    log.trade("buy", "99", "1", { dates: { at: log.now, venueAt: log.now - 1_000 } }); // near enough to the next book
    log.now += 100_000;
    log.book("109", "111");
    const { causes } = tallied(log.entries).figures();
    expect(causes.selection.map(({ settled }) => settled)).toEqual([2, 4, 5]);
  });

  it("calls what came of a fill whose mid nobody knew inventory, and the rest of it stays as it is while the mark moves", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 10;
    log.event({ type: "link.lost", venue: "backpack", stream: "market", why: "closed" });
    log.now += 10;
    log.trade("buy", "100", "1"); // the account's own stream stands
    const during = tallied(log.entries).figures().causes;
    log.now += 20_000;
    log.book("119", "121");
    log.now += 10;
    log.trade("sell", "120", "1");
    for (const mid of [120, 200]) {
      log.now += 70_000;
      log.book(`${mid - 1}`, `${mid + 1}`);
    }
    const { causes } = tallied(log.entries).figures();
    expect([during.spread, causes.spread].map((each) => each.toFixed())).toEqual(["0", "0"]);
    expect(causes.selection.map(({ adverse, inventory }) => [adverse.toFixed(), inventory.toFixed()])).toEqual([
      ["0", "20"],
      ["0", "20"],
      ["-20", "0"], // a minute later it was known: since the fill's own price
    ]);
    const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
    for (const entry of log.entries) analyst.entry(entry);
    const { profit } = analyst.analysis({ run: "r", mode: "memory" });
    expect([profit.spread, ...profit.selection.map(({ adverse }) => adverse)].map(Number)).toEqual([0, 0, 0, -20, -20]);
    expect(Number(profit.selection[0]?.inventory)).toBe(20);
  });

  it("gives up a mid of a market that no book comes of any more: an account that is flat stays as it is", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 10;
    log.trade("buy", "100", "1");
    log.now += 301_000; // longer than all horizons
    log.book("99", "103");
    log.now += 10;
    log.event({ type: "link.lost", venue: "backpack", stream: "market", why: "closed" });
    log.now += 10;
    log.trade("sell", "110", "1");
    log.now += 311_000; // and as much longer as a book may come too late
    log.event({ type: "timer.fired", name: "beat" });
    const splits = [100, 200, 50].map((mark) => {
      const ticks = toTicks(perp, String(mark));
      log.event({
        type: "mark.changed",
        instrument: perp.id,
        mark: ticks,
        index: ticks,
        fundingRate: 0,
        fundingAt: millis(start),
      });
      log.now += 1_000;
      log.event({ type: "timer.fired", name: "beat" });
      const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
      for (const entry of log.entries) analyst.entry(entry);
      const { causes } = tallied(log.entries).figures();
      const { selection } = analyst.analysis({ run: "r", mode: "memory" }).profit;
      return [causes.selection, selection].map((each) => each.map(({ adverse, inventory }) => [+adverse, +inventory]));
    });
    expect(splits[1]).toEqual(splits[0]);
    expect(splits[2]).toEqual(splits[0]);
    for (const [adverse, inventory] of splits[0]?.flat() ?? []) expect((inventory ?? 0) - (adverse ?? 0)).toBe(10);
  });

  it("knows no mid of an outage that is longer than what it remembers", () => {
    const log = scene();
    log.book("99", "101");
    log.now += 600_000; // it is killed, and comes back
    const lost = { type: "link.lost", venue: "backpack", why: "the bot was restarted", resumed: true } as const;
    log.event({ ...lost, stream: "market" });
    log.book("109", "111");
    log.now += 100;
    log.book("109", "113");
    log.trade("buy", "99", "1", { dates: { at: log.now, venueAt: log.now - 90_000 } }); // it was filled meanwhile
    log.now += 100_000;
    log.book("109", "111");
    const { causes } = tallied(log.entries).figures();
    expect(causes.selection.map(({ settled }) => settled)).toEqual([0, 0, 0]);
  });

  it("waits for the book where the mid is unknown", () => {
    const log = scene();
    log.trade("buy", "99", "1");
    log.now += 100;
    log.book("99", "101");
    log.now += 100;
    log.book("99", "103");
    expect(tallied(log.entries).figures().causes.spread.toFixed()).toBe("1");
  });
});

/** Anything that can happen, drawn. */
type Act =
  | {
      readonly kind: "trade";
      readonly side: Side;
      readonly price: number;
      readonly size: number;
      readonly fee: number;
      readonly base: boolean;
    }
  | { readonly kind: "book"; readonly mid: number; readonly half: number }
  | { readonly kind: "lost" }
  | { readonly kind: "mark"; readonly mark: number }
  | { readonly kind: "funding"; readonly amount: number }
  | { readonly kind: "wait"; readonly ms: number };

const price = fc.integer({ min: 9_000, max: 11_000 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("trade" as const),
    side: fc.constantFrom<Side>("buy", "sell"),
    price,
    size: fc.integer({ min: 1, max: 500 }),
    fee: fc.integer({ min: -50, max: 100 }),
    base: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("book" as const), mid: price, half: fc.integer({ min: 1, max: 20 }) }),
  fc.constant({ kind: "lost" } as const),
  fc.record({
    kind: fc.constant("mark" as const),
    mark: fc.integer({ min: 90_000, max: 110_000 }).map((each) => each / 10),
  }),
  fc.record({ kind: fc.constant("funding" as const), amount: fc.integer({ min: -100, max: 100 }) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 30_000 }) }),
);

function played(acts: readonly Act[]): Scene {
  const log = scene(spot);
  const text = (hundredths: number) => new Big(hundredths).div(100).toFixed(2);
  for (const each of acts) {
    log.now += 7;
    if (each.kind === "trade")
      log.trade(each.side, text(each.price), text(each.size), {
        fee: new Big(each.fee).div(10_000).toFixed(),
        feeAsset: each.base ? "SOL" : "USDC",
      });
    if (each.kind === "book") log.book(text(each.mid - each.half), text(each.mid + each.half));
    if (each.kind === "lost") log.event({ type: "book.lost", instrument: spot.id, why: "gap" });
    if (each.kind === "mark")
      log.event({
        type: "mark.changed",
        instrument: spot.id,
        mark: each.mark,
        index: each.mark,
        fundingRate: 0,
        fundingAt: millis(0),
      });
    if (each.kind === "funding")
      log.event({
        type: "funding.paid",
        instrument: spot.id,
        amount: decimal(new Big(each.amount).div(1_000).toFixed()),
        asset: "USDC",
      });
    if (each.kind === "wait") {
      log.now += each.ms;
      log.event({ type: "timer.fired", name: "beat" });
    }
  }
  return log;
}

/** Equity by cash and coins alone: what a venue's statement would say. */
function statement(acts: readonly Act[], mark: Big): Big {
  let cash = new Big(0);
  let coins = new Big(0);
  for (const each of acts) {
    if (each.kind === "funding") cash = cash.plus(new Big(each.amount).div(1_000));
    if (each.kind !== "trade") continue;
    const size = new Big(each.size).div(100).times(each.side === "buy" ? 1 : -1);
    cash = cash.minus(size.times(each.price).div(100));
    coins = coins.plus(size);
    const fee = new Big(each.fee).div(10_000);
    if (each.base) coins = coins.minus(fee);
    else cash = cash.minus(fee);
  }
  return cash.plus(coins.times(mark));
}

describe("createTally: laws", () => {
  it("explains the whole change of equity, at every horizon, to the last digit", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const tally = tallied(played(acts).entries, { instruments: [spot] });
        const { causes, instruments, session } = tally.figures();
        expect(tally.net().toFixed()).toBe(session.profit.net.toFixed()); // the short way comes to the same
        const equity = statement(acts, instruments[0]?.mark ?? new Big(0));
        expect(causes.equityChange.toFixed()).toBe(equity.toFixed());
        expect(tally.equityChange().toFixed()).toBe(equity.toFixed());
        const { held, ...glance } = tally.glance();
        expect(held.get(spot.id)?.toFixed()).toBe(instruments[0]?.held.toFixed());
        expect(JSON.stringify([glance.equityChange, glance.spread, glance.feeDrift, glance.profit, glance.sums])).toBe(
          JSON.stringify([equity, causes.spread, causes.feeDrift, session.profit, session.sums]),
        );
        expect(session.profit.net.plus(causes.feeDrift).toFixed()).toBe(equity.toFixed());
        for (const { adverse, inventory } of causes.selection) {
          const { spread, carried, fees, feeDrift, funding } = causes;
          const sum = spread.minus(adverse).plus(inventory).plus(carried).minus(fees).plus(feeDrift).plus(funding);
          expect(sum.toFixed()).toBe(equity.toFixed());
        }
      }),
    );
  });

  it("comes to the same however often it is asked in between", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.array(fc.boolean(), { maxLength: 30 }), (acts, asked) => {
        const { entries } = played(acts);
        const tally = createTally({ instruments: [spot] });
        for (const [at, entry] of entries.entries()) {
          tally.entry(entry);
          if (asked[at % 30] === true) tally.figures();
        }
        expect(tally.figures()).toEqual(tallied(entries, { instruments: [spot] }).figures());
      }),
    );
  });

  it("S2.39 comes to the same total in one run or in two, the second with what the first handed on", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.nat(200), (acts, cut) => {
        const { entries } = played(acts);
        const at = entries.length === 0 ? 0 : cut % (entries.length + 1);
        const whole = tallied(entries, { instruments: [spot] }).figures();
        const first = tallied(entries.slice(0, at), { instruments: [spot] });
        const carry = JSON.parse(JSON.stringify(first.carry())) as ReturnType<Tally["carry"]>;
        const second = tallied(entries.slice(at), { instruments: [spot], carry }).figures();
        expect(second.cumulative.sums).toEqual(whole.session.sums);
        expect(second.days).toEqual(whole.days); // today is the sum of distinct trades, restart or not
        expect(second.instruments[0]?.held).toEqual(whole.instruments[0]?.held);
        expect(second.instruments[0]?.entry).toEqual(whole.instruments[0]?.entry);
      }),
    );
  });

  it("does not count the trades of the run before again", () => {
    const log = scene();
    const fill = log.trade("buy", "100", "1");
    const carry = tallied(log.entries).carry();
    const again = createTally({ instruments: [perp], carry });
    again.event(fill);
    expect(again.figures().cumulative.sums.fills).toBe(1);
  });

  it("counts fills of an order that an earlier run left resting", () => {
    const log = scene();
    const id = log.place("buy", "100", "1");
    log.accept(id);
    const tally = createTally({ instruments: [perp], carry: tallied(log.entries).carry() });
    expect(tally.figures().orders.live.open).toBe(1);
    tally.event(log.fill(id, "buy", "100", "1"));
    expect(tally.figures()).toMatchObject({ externalFills: 0, orders: { placed: 0, filled: 1 } });
  });

  it("adds up markets of different quotes in one", () => {
    const pair = instrument({
      id: "x:SOL_BTC",
      kind: "spot",
      base: "SOL",
      quote: "BTC",
      tickSize: "0.00001",
      lotSize: "0.01",
    });
    const usd = scene();
    usd.trade("buy", "100", "1", { fee: "0.1" });
    const btc = scene(pair);
    btc.now += 1;
    const id = 0x200_0000 as ClientId;
    btc.command({
      type: "order.place",
      clientId: id,
      instrument: pair.id,
      slot: "x/y",
      side: "sell",
      price: ticks(200),
      size: lots(100),
      tif: "gtx",
      reduceOnly: false,
    });
    btc.fill(id, "sell", "0.002", "1", { fee: "0.000001", tradeId: "b1" });
    const figures = tallied([...usd.entries, ...btc.entries], {
      instruments: [perp, pair],
      rates: { BTC: "90000" },
    }).figures();
    expect(figures.quote).toBe("USDC");
    expect(volumeSums(figures.session.sums.volumes).all.quote.toFixed()).toBe("280"); // 100 + 0.002 × 90,000
    expect(figures.session.profit.fees.toFixed()).toBe("0.19");
    expect(figures.causes.fees.toFixed()).toBe("0.19");
    expect(figures.instruments[1]?.session.profit.fees.toFixed()).toBe("0.000001"); // its own quote
  });

  it("hands on markets that this run does not trade", () => {
    const log = scene();
    log.trade("buy", "100", "1");
    const carry = tallied(log.entries).carry();
    expect(createTally({ instruments: [spot], carry }).carry().markets[perp.id]).toEqual(carry.markets[perp.id]);
  });

  it("refuses a carry that it cannot read", () => {
    const carry = { version: 1, markets: { "x:Y": { fills: "?" } }, orders: [], trades: [], days: [] } as never;
    expect(() => createTally({ instruments: [perp], carry })).toThrow(/carry/);
  });
});

describe("createTally: what a liquidation took", () => {
  /** 0.2 bought at 100, of which a stranger's sale at 95 takes 0.15. */
  const taken = () => {
    const log = scene();
    const { venue } = snapshotOf("0");
    log.event({ ...snapshotOf("0"), asOf: millis(log.now), venue });
    log.trade("buy", "100", "0.2");
    log.now += 1_000;
    log.event({
      type: "order.filled",
      clientId: undefined,
      venueOrderId: "liquidation",
      tradeId: "liquidation",
      instrument: perp.id,
      side: "sell",
      price: ticks(95_000),
      size: lots(150),
      total: lots(150),
      fee: decimal("0.1"),
      feeAsset: "USDC",
      liquidity: "taker",
    });
    return log;
  };
  const snapshotOf = (position: "0" | "0.05") =>
    ({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(start),
      orders: [],
      positions: position === "0" ? [] : [{ instrument: perp.id, size: lots(50), cost: decimal("5") }],
      balances: [],
      fills: [],
    }) as const;
  const resume = { type: "operator.asked", ask: "resume", by: "test" } as const;

  it("stays in the position until a person has seen it, and is then closed at the price at which it went", () => {
    const log = taken();
    const before = tallied(log.entries).figures();
    expect(before.instruments[0]?.position.toFixed()).toBe("0.2");
    log.event(resume);
    const { instruments, session, externalFills } = tallied(log.entries).figures();
    expect([instruments[0]?.position.toFixed(), session.profit.realized.toFixed(), externalFills]).toEqual([
      "0.05",
      "-0.75",
      1,
    ]);
    expect([session.sums.fills, volumeSums(session.sums.volumes).all.quote.toFixed()]).toEqual([1, "20"]);
  });

  it("is closed at the mark where only the venue's list tells it", () => {
    const log = scene();
    log.event({ ...snapshotOf("0"), asOf: millis(log.now) });
    log.trade("buy", "100", "0.2");
    log.event({
      type: "mark.changed",
      instrument: perp.id,
      mark: 96_000,
      index: 96_000,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    log.now += 1_000;
    log.event({ ...snapshotOf("0.05"), asOf: millis(log.now) });
    log.event(resume);
    log.event({ ...snapshotOf("0.05"), asOf: millis(log.now + 1_000) });
    log.event(resume);
    const { instruments, session } = tallied(log.entries).figures();
    expect([instruments[0]?.position.toFixed(), session.profit.realized.toFixed()]).toEqual(["0.05", "-0.6"]);
  });

  it("takes nothing where the user held the other side before us", () => {
    const log = scene();
    const theirs = {
      ...snapshotOf("0"),
      asOf: millis(log.now),
      positions: [{ instrument: perp.id, size: lots(-150), cost: decimal("-15") }],
    };
    log.event(theirs);
    log.trade("buy", "100", "0.2");
    log.event(resume);
    expect(tallied(log.entries).figures().instruments[0]?.position.toFixed()).toBe("0.2");
  });
});
