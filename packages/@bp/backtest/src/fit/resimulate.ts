// Orders of the past sent again, at the same times, into the simulated exchange: what would it have filled?
import { BpError, type InstrumentId, lots, millis, type Tape, tapeSpan } from "@bp/core";
import { type AccountSketch, createExchange, type QueueModel, type SimFact, tapeMarket } from "@bp/sim";
import type { OwnOrder, OwnTrade } from "./orders.ts";

/** By which models the orders are sent again. */
export interface ResimulateOptions {
  /** The market, without our own orders in its levels: see `withoutOwn`. */
  readonly tape: Tape;
  readonly orders: readonly OwnOrder[];
  readonly queue: QueueModel;
  /** From the decision until the venue has it, in ms, by the venue's clock: it may be below 0 where the clocks are apart. */
  readonly upMs: (order: OwnOrder, what: "place" | "cancel") => number;
}

/** What the simulated exchange made of one order. */
export interface Resimulated {
  readonly trades: readonly OwnTrade[];
  /** Why it was not taken. */
  readonly refusal: string | undefined;
}

const name = "own";
/** More than any order of anybody needs. */
const plenty = "1000000000000";

/**
 * Sends each order as it was sent, and each cancel, and lets the exchange fill them. The account has enough of everything and
 * nothing is reduce-only, so that one missed fill does not refuse the orders after it: fills alone are compared. Orders that
 * the venue refused for reasons of the account are left out by the caller.
 *
 * @returns by client id
 * @throws BpError `sim/bad-market` for a tape that holds nothing
 */
export function resimulate({ tape, orders, queue, upMs }: ResimulateOptions): ReadonlyMap<number, Resimulated> {
  const span = tapeSpan(tape);
  if (span === undefined) throw new BpError("sim/bad-market", { why: "the data hold nothing" });
  const market = tapeMarket({ tape });
  const assets = new Set(tape.instruments.flatMap(({ base, quote }) => [base, quote]));
  const account: AccountSketch = { name, balances: Object.fromEntries([...assets].map((each) => [each, plenty])) };
  const steps = stepsOf(orders, upMs);
  const first = Math.min(Math.floor(tape.venueAt[0] ?? span.from), steps[0]?.at ?? span.from);
  const exchange = createExchange({
    start: millis(first),
    market,
    queue,
    accounts: [account],
    maxOpenOrders: 10_000,
    remembers: { fills: 1, orders: 1 },
  });
  const known = new Set<InstrumentId>(tape.instruments.map(({ id }) => id));
  const made = new Map<number, { trades: OwnTrade[]; refusal: string | undefined }>();
  const hear = (fact: SimFact) => {
    if (fact.type !== "order-filled" || fact.account !== name) return;
    const { clientId, tradeId, price, size, at, liquidity } = fact.fill;
    made.get(Number(clientId))?.trades.push({ tradeId: String(tradeId), price, size, venueAt: at, at, liquidity });
  };
  exchange.listen(hear, { positions: false });
  for (const { at, order, what } of steps) {
    if (!known.has(order.instrument)) continue;
    if (at > exchange.now()) exchange.advance(millis(at));
    if (what === "cancel") {
      exchange.cancel(name, { instrument: order.instrument, clientId: order.clientId });
      continue;
    }
    const one: { trades: OwnTrade[]; refusal: string | undefined } = { trades: [], refusal: undefined };
    made.set(order.clientId, one);
    const { instrument, side, price, size, tif, clientId } = order;
    const result = exchange.place(name, {
      instrument,
      side,
      type: "limit",
      price,
      size: lots(size),
      tif: tif === "gtx" ? "gtc" : tif,
      postOnly: tif === "gtx",
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
      clientId,
    });
    if (!result.ok) one.refusal = result.refusal;
  }
  if (span.to > exchange.now()) exchange.advance(span.to);
  return made;
}

interface Step {
  readonly at: number;
  readonly what: "place" | "cancel";
  readonly order: OwnOrder;
}

function stepsOf(orders: readonly OwnOrder[], upMs: ResimulateOptions["upMs"]): readonly Step[] {
  return orders
    .flatMap((order): readonly Step[] => {
      const at = Math.round(order.sentAt + upMs(order, "place"));
      const place: Step = { at, what: "place", order };
      const { cancelSentAt, end, endedAt } = order;
      if (cancelSentAt !== undefined)
        return [place, { at: Math.round(cancelSentAt + upMs(order, "cancel")), what: "cancel", order }];
      // taken away by the venue, or by a hand: when it was
      return end === "cancelled" && endedAt !== undefined ? [place, { at: endedAt, what: "cancel", order }] : [place];
    })
    .toSorted((a, b) => a.at - b.at);
}
