// Queues for tests: a level that grows, shrinks and trades, and orders that the simulated exchange lets wait in it.
import { decimal, lastOfMessage, lots, millis, random, type Tape, tapeRow, ticks } from "@bp/core";
import { createExchange, type QueueModel, scriptedMarket } from "@bp/sim";
import { sol } from "../tape.fixture.ts";
import type { OwnOrder, OwnTrade } from "./orders.ts";

/** Prices and sizes in ticks and lots; time in ms. */
const start = 1_800_000_000_000;

/**
 * Lets orders wait in drawn queues of the simulated exchange, under a queue model; returns what a recorder and a journal
 * would have of it.
 */
export function simulatedQueues(
  queue: QueueModel,
  count: number,
  seed: number,
  {
    most = 1 / 3,
    turns = 40,
  }: { /** Largest part of the level that one cancel takes. */ most?: number; turns?: number } = {},
) {
  const market = scriptedMarket([sol]);
  const exchange = createExchange({
    start: millis(start),
    market,
    queue,
    accounts: [{ name: "me", balances: { USDC: "1000000000" } }],
  });
  const { hands } = market;
  const chance = random(seed);
  const rows: { kind: number; at: number; a: number; b: number }[] = [];
  const orders: OwnOrder[] = [];
  const trades = new Map<number, OwnTrade[]>();
  exchange.listen((fact) => {
    if (fact.type !== "order-filled") return;
    const { clientId, price, size, tradeId, at, liquidity } = fact.fill;
    const own = trades.get(Number(clientId)) ?? [];
    own.push({ tradeId: String(tradeId), price, size, venueAt: at, at: millis(at + 20), liquidity });
    trades.set(Number(clientId), own);
  });
  let now = start;
  const pass = (ms: number) => {
    now += ms;
    exchange.advance(millis(now));
  };
  const put = (kind: number, a: number, b: number) => void rows.push({ kind: kind | lastOfMessage, at: now, a, b });
  const price = 15_000;
  const level = (size: number) => {
    hands.level(sol.id, "bid", ticks(price), lots(size));
    put(tapeRow.bid, price, size);
  };
  put(tapeRow.reset, 0, 0);
  hands.level(sol.id, "ask", ticks(15_010), lots(1_000));
  put(tapeRow.ask, 15_010, 1_000);
  for (let n = 1; n <= count; n++) {
    let size = chance.whole(500, 4_000);
    pass(50);
    level(size);
    pass(50);
    const acceptedAt = millis(now);
    const request = { instrument: sol.id, side: "buy", price: ticks(price), size: lots(40), clientId: n } as const;
    const terms = {
      type: "limit",
      tif: "gtc",
      postOnly: true,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    } as const;
    exchange.place("me", { ...request, ...terms });
    for (let step = 0; step < turns && exchange.openOrders("me").length > 0; step++) {
      pass(chance.whole(1, 100));
      const what = chance.next();
      if (what < 0.15) {
        const traded = Math.min(size, chance.whole(1, 300));
        hands.print(sol.id, ticks(price), lots(traded), "sell");
        put(tapeRow.sold, price, traded);
        size -= traded;
        level(size);
      } else if (what < 0.55) {
        size += chance.whole(1, Math.ceil(1_500 * most));
        level(size);
      } else {
        size -= chance.whole(1, Math.max(1, Math.floor(size * most)));
        level(Math.max(0, size));
      }
      size = Math.max(size, 1);
    }
    pass(10);
    const stood = exchange.openOrders("me").length > 0;
    if (stood) exchange.cancel("me", { instrument: sol.id, clientId: n });
    const own = trades.get(n) ?? [];
    orders.push({
      ...request,
      clientId: n as OwnOrder["clientId"],
      slot: "a/buy",
      tif: "gtx",
      reduceOnly: false,
      sentAt: millis(acceptedAt - 20),
      acceptedAt,
      heardAt: millis(acceptedAt + 20),
      cancelSentAt: undefined,
      endedAt: stood ? millis(now) : own.at(-1)?.venueAt,
      endHeardAt: undefined,
      end: stood ? "cancelled" : "filled",
      reason: undefined,
      trades: own,
    });
    pass(10);
    level(0);
  }
  const tape: Tape = {
    instruments: [{ ...sol, fees: { maker: decimal("0"), taker: decimal("0") } }],
    rows: rows.length,
    kinds: Uint8Array.from(rows, ({ kind }) => kind),
    markets: new Uint8Array(rows.length),
    venueAt: Float64Array.from(rows, ({ at }) => at),
    at: Float64Array.from(rows, ({ at }) => at + 20),
    a: Float64Array.from(rows, ({ a }) => a),
    b: Float64Array.from(rows, ({ b }) => b),
    digest: "",
    lacks: [],
  };
  return { tape, orders };
}
