// Order events of both services in the words of the desk.
import type { OrderFrame, OrderNews } from "@bp/adapter";
import {
  BpError,
  type Decimal,
  decimal,
  type Fill,
  type Instrument,
  type Millis,
  millis,
  toLots,
  toTicks,
} from "@bp/core";
import type { WireSide } from "../wire/enums.ts";
import { clientIdOf } from "./clientIds.ts";
import { feeOf, sideOf } from "./decode.ts";
import { endingOf, isConditional } from "./reasons.ts";

/** What both services tell of an order in a frame. */
export interface OrderEvent {
  readonly s: string;
  readonly c: string;
  readonly S: WireSide;
  readonly x: string;
  readonly X: string;
  readonly i: string;
  readonly l: Decimal | null;
  readonly z: Decimal;
  readonly L: Decimal | null;
  readonly N?: string | null | undefined;
  readonly n: Decimal | null;
  readonly T: number;
  readonly t: string | null;
  readonly m?: boolean | null | undefined;
  readonly o: string;
  readonly ot?: string | null | undefined;
}

/** @throws BpError `wire/schema`, `grid/*` for figures that make no sense */
export function orderFrameOf(event: OrderEvent, instrument: Instrument): OrderFrame {
  const venueAt = millis(event.T);
  return {
    instrument,
    venueOrderId: event.i,
    clientId: clientIdOf(event.c),
    venueAt,
    news: newsOf(event, instrument, venueAt),
  };
}

function newsOf(event: OrderEvent, instrument: Instrument, venueAt: Millis): OrderNews {
  const { x, X, i, o, ot } = event;
  if (event.t !== null && event.t !== "0" && (x === "TRADE" || x === "CALCULATED" || isTrade(event)))
    return { type: "filled", fill: fillOfEvent(event, instrument, venueAt) };
  if (x === "NEW") return { type: "accepted" };
  const executed = toLots(instrument, event.z);
  const waits = isConditional(o) || isConditional(ot);
  if (waits && X.startsWith("EXPIRED") && executed === 0)
    return { type: "unsure", why: `order ${i} was triggered or has expired` };
  const ending = endingOf(X, undefined, executed);
  if (ending !== undefined) return { type: "ended", endingOf: (tif) => endingOf(X, tif, executed) ?? ending, executed };
  return { type: "changed", why: `order ${i} has become ${x} ${X}` };
}

/** A fill under a name that is not known: it has a size. */
function isTrade({ l }: OrderEvent): boolean {
  return l !== null && /[1-9]/.test(l);
}

function fillOfEvent(event: OrderEvent, instrument: Instrument, venueAt: Millis): Omit<Fill, "clientId"> {
  const { i, t, l, L, n, N, m, S, z } = event;
  if (l === null || L === null || t === null)
    throw new BpError("wire/schema", {
      what: `fill of order ${i}`,
      path: "l, L",
      expected: "size and price",
      raw: "null",
    });
  const maker = m === true;
  return {
    type: "order.filled",
    venueOrderId: i,
    tradeId: t,
    instrument: instrument.id,
    side: sideOf(S),
    price: toTicks(instrument, L),
    size: toLots(instrument, l),
    total: toLots(instrument, z),
    fee: n === null ? decimal("0") : feeOf(n, instrument, maker),
    feeAsset: N ?? instrument.quote,
    liquidity: maker ? "maker" : "taker",
    venueAt,
  };
}
