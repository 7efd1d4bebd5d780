// A run and some entries, for tests.
import {
  clientId,
  decimal,
  type Entry,
  type Event,
  type EventOf,
  instrument,
  lots,
  millis,
  type News,
  ticks,
} from "@bp/core";
import type { NewRun } from "./run.ts";

export const perp = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

export const start = 1_763_640_000_000;

export function newRun(id: string, more: Partial<NewRun> = {}): NewRun {
  return {
    id,
    mode: "paper",
    key: "backpack/config-1",
    strategy: "maker",
    params: { spread: "0.5", stopLoss: null },
    instruments: [perp],
    version: "0.1.0",
    seed: 7,
    clientRun: 3,
    started: millis(start),
    ...more,
  };
}

/** An event with number `seq`, `seq` ms after the start. */
export function event(seq: number, news: News): Event {
  return { ...news, ...dated(seq) };
}

function dated(seq: number) {
  return { seq, at: millis(start + seq), venueAt: millis(start + seq - 1) };
}

export function beat(seq: number): Entry {
  return { dir: "in", event: event(seq, { type: "timer.fired", name: "beat" }) };
}

export const a = clientId(0x300_0001);
export const b = clientId(0x300_0002);

export function place(cause: number, id = a): Entry {
  return {
    dir: "out",
    cause,
    command: {
      type: "order.place",
      clientId: id,
      instrument: perp.id,
      slot: "maker/buy.0",
      side: "buy",
      price: ticks(15_000),
      size: lots(200),
      tif: "gtx",
      reduceOnly: false,
    },
  };
}

export function fill(
  seq: number,
  size: number,
  total: number,
  more: { readonly tradeId?: string; readonly fee?: string } = {},
): EventOf<"order.filled"> {
  return {
    ...dated(seq),
    type: "order.filled",
    clientId: a,
    venueOrderId: "v1",
    tradeId: more.tradeId ?? `t${seq}`,
    instrument: perp.id,
    side: "buy",
    price: ticks(15_000),
    size: lots(size),
    total: lots(total),
    fee: decimal(more.fee ?? "0.03"),
    feeAsset: "USDC",
    liquidity: "maker",
  };
}

/** One entry of every kind, with every field that may be `undefined`. */
export function everyKind(): readonly Entry[] {
  const level = [[ticks(15_000), lots(3)]] as const;
  const news: readonly News[] = [
    { type: "book.reset", instrument: perp.id, bids: level, asks: [] },
    { type: "book.changed", instrument: perp.id, bids: [], asks: level },
    { type: "book.lost", instrument: perp.id, why: 'gap "U" after null\n' },
    { type: "trade.printed", instrument: perp.id, price: ticks(1), size: lots(2), taker: "sell" },
    {
      type: "mark.changed",
      instrument: perp.id,
      mark: 15_000.25,
      index: 1e-7,
      fundingRate: -0.0001,
      fundingAt: millis(start),
    },
    { type: "order.accepted", clientId: a, venueOrderId: "v1" },
    { type: "order.cancelled", clientId: a, venueOrderId: "v1" },
    { type: "order.cancelled", clientId: a, venueOrderId: "v1", filled: lots(2) },
    {
      type: "order.expired",
      clientId: a,
      venueOrderId: "v1",
      reason: "would-take",
      text: "Order would immediately match and take.",
    },
    { type: "order.rejected", clientId: b, reason: "no-funds", text: "資金不足" },
    { type: "order.doubted", clientId: b, request: "cancel", text: "" },
    { ...fill(1, 1, 1), clientId: undefined },
    { type: "funding.paid", instrument: perp.id, amount: decimal("-0.0001"), asset: "USDC" },
    { type: "balance.changed", venue: "backpack", asset: "USDC", total: decimal("1000.10"), free: decimal("0") },
    {
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(start),
      orders: [
        {
          clientId: undefined,
          venueOrderId: "x",
          instrument: perp.id,
          side: "buy",
          price: ticks(1),
          size: lots(1),
          filled: lots(0),
        },
      ],
      positions: [{ instrument: perp.id, size: lots(-3), cost: decimal("-450.00") }],
      balances: [{ asset: "USDC", total: decimal("1"), free: decimal("1") }],
      fills: [{ ...fill(2, 1, 1), clientId: undefined }],
    },
    { type: "instrument.changed", instrument: perp },
    { type: "link.lost", venue: "backpack", stream: "market", why: "closed" },
    { type: "link.restored", venue: "backpack", stream: "account", why: "" },
    { type: "timer.fired", name: "null" },
    { type: "operator.asked", ask: "halt", by: "null" },
  ];
  return [
    ...news.map((each, at): Entry => ({ dir: "in", event: event(at + 1, each) })),
    place(20),
    { dir: "out", cause: 20, command: { type: "order.cancel", clientId: a, instrument: perp.id } },
    { dir: "out", cause: 20, command: { type: "account.ask", venue: "backpack", why: "null" } },
    { dir: "note", cause: 20, rule: "max-position", why: "trimmed to 3" },
  ];
}
