import { clientId, millis, type Unnumbered, type Venue } from "@bp/core";
import { describe, expect, it } from "vitest";
import { constantLatency } from "./models/latency.ts";
import { type PaperOptions, paperVenue } from "./paper.ts";
import { createTimeline } from "./timeline.ts";
import { order, perp, place, spot, start, trial } from "./trial.fixture.ts";
import { simVenue } from "./venue.ts";

/** A paper venue over a live one that is itself simulated; 10 ms each way on paper, 1 ms to the live market. */
async function opened(options: Partial<PaperOptions> = {}) {
  const stage = trial();
  const timeline = createTimeline(start);
  const real = simVenue({ exchange: stage.exchange, account: "alice", timeline, latency: constantLatency(1) });
  const commands: unknown[] = [];
  const live: Venue = { ...real, send: (command) => void commands.push(command) };
  const venue = paperVenue({
    live,
    clock: timeline.clock,
    balances: { USDC: "1000", SOL: "1" },
    latency: constantLatency(10),
    ...options,
  });
  const seen: Unnumbered[] = [];
  const stop = new AbortController();
  const done = venue.open({ instruments: [spot.id, perp.id], account: true }, (fact) => seen.push(fact), stop.signal);
  const run = async (ms: number) => timeline.play(millis(timeline.now() + ms));
  const ours = () =>
    seen.filter(
      (fact) => fact.type.startsWith("order.") || fact.type.startsWith("account.") || fact.type === "balance.changed",
    );
  stage.other("buy", 15_000, 100);
  stage.other("sell", 15_004, 100);
  await run(100);
  return { ...stage, timeline, venue, seen, stop, done, run, ours, commands };
}

describe("paperVenue", () => {
  it("passes the market on, and an account of its own beside it", async () => {
    const { seen } = await opened();
    expect(seen.map((fact) => fact.type)).toEqual([
      "link.restored",
      "book.reset",
      "book.reset",
      "link.restored",
      "account.snapshot",
    ]);
    expect(seen[3]).toMatchObject({ stream: "account", venue: "backpack" });
    expect(seen[4]).toMatchObject({
      balances: [
        { asset: "USDC", total: "1000", free: "1000" },
        { asset: "SOL", total: "1" },
      ],
      positions: [],
      orders: [],
    });
  });

  it("fills a resting order by the live prints, after what was in front of it", async () => {
    const { venue, run, ours, seen, other, commands, exchange } = await opened();
    seen.length = 0;
    venue.send(place(1, spot.id, "buy", 15_000, 10));
    await run(50);
    expect(ours()).toMatchObject([
      { type: "order.accepted", clientId: 1 },
      { type: "balance.changed", asset: "USDC", free: "985" },
    ]);
    other("sell", 15_000, 99);
    await run(50);
    expect(ours()).toHaveLength(2);
    other("buy", 15_000, 1); // somebody joins behind
    await run(50);
    other("sell", 15_000, 2);
    await run(50);
    const filled = ours().filter((fact) => fact.type === "order.filled");
    expect(filled).toMatchObject([
      { clientId: 1, size: 1, price: 15_000, liquidity: "maker", fee: "0.000008", feeAsset: "SOL" },
    ]);
    expect(commands).toEqual([]);
    expect(exchange.openOrders("alice")).toEqual([]);
  });

  it("takes what the live book shows, and shows the live book all the same", async () => {
    const { venue, run, ours, seen } = await opened({ fees: { maker: "0", taker: "0.001" } });
    seen.length = 0;
    venue.send(place(1, spot.id, "buy", 15_004, 20, { tif: "ioc" }));
    await run(50);
    expect(ours().map((fact) => fact.type)).toEqual([
      "order.accepted",
      "order.filled",
      "balance.changed",
      "balance.changed",
    ]);
    expect(ours()[1]).toMatchObject({ size: 20, price: 15_004, fee: "0.0002", liquidity: "taker" });
    expect(seen.filter((fact) => fact.type === "book.changed" || fact.type === "trade.printed")).toEqual([]);
    expect(await venue.instruments()).toMatchObject([{ fees: { maker: "0", taker: "0.001" } }, {}]);
  });

  it("refuses, cancels, doubts and answers as a venue does", async () => {
    const { venue, run, ours, seen } = await opened();
    seen.length = 0;
    venue.send(place(1, spot.id, "buy", 15_004, 1));
    venue.send(place(2, spot.id, "buy", 14_000, 1));
    venue.send({ type: "order.cancel", clientId: clientId(2), instrument: spot.id });
    venue.send({ type: "order.cancel", clientId: clientId(3), instrument: spot.id });
    venue.send({ type: "account.ask", venue: "backpack", why: "test" });
    await run(50);
    expect(ours().map((fact) => fact.type)).toEqual([
      "order.rejected",
      "order.accepted",
      "balance.changed",
      "order.cancelled",
      "balance.changed",
      "order.doubted",
      "account.snapshot",
    ]);
    expect(ours()[0]).toMatchObject({ reason: "would-take" });
  });

  it("keeps perpetuals: position, margin, funding at the live rate", async () => {
    const { venue, run, seen, market } = await opened();
    market.hands.place(order(perp.id, "sell", 15_000, 100));
    market.hands.mark(perp.id, 15_000, 15_000, { rate: 0.001, at: millis(start + 3_600_000) });
    await run(50);
    venue.send(place(1, perp.id, "buy", 15_000, 100, { tif: "ioc" }));
    await run(3_600_000);
    market.hands.mark(perp.id, 15_000, 15_000);
    await run(50);
    const paid = seen.filter((fact) => fact.type === "funding.paid");
    expect(paid).toMatchObject([{ instrument: perp.id, amount: "-0.15", asset: "USDC" }]);
    seen.length = 0;
    venue.send(place(2, perp.id, "buy", 14_000, 100_000));
    await run(50);
    expect(seen).toMatchObject([{ type: "order.rejected", reason: "no-funds", text: "Insufficient margin" }]);
  });

  it("must be open to be sent to, and ends with its signal", async () => {
    const { venue, stop, done, run, seen } = await opened();
    venue.send(place(1, spot.id, "buy", 15_000, 1));
    await run(15); // it has arrived, and its acceptance is on the way back
    seen.length = 0;
    stop.abort();
    await done;
    await run(50);
    expect(seen).toEqual([]);
    expect(() => venue.send(place(1, spot.id, "buy", 15_000, 1))).toThrow(/not open/);
  });
});
