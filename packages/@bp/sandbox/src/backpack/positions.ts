// Positions as the venue shows them: with a number of their own, a break-even price, and the margin they ask for.
import { type Instrument, type InstrumentId, type Lots, lots, sizeToBig, symbolOf } from "@bp/core";
import type { Exchange, SimFact, SimPosition } from "@bp/sim";
import { Big } from "big.js";
import { money, plain, size } from "../text.ts";
import type { Member } from "./accounts.ts";

/** Remembers what the exchange does not: which position it is, and what it has cost in fees so far. */
export interface PositionBook {
  hear(fact: SimFact): void;
  idOf(account: string, instrument: InstrumentId): number;
  /** Paid since it was opened, in quote. */
  feesOf(account: string, instrument: InstrumentId): Big;
  /** Profit taken and funding since it was opened: the exchange counts on from one position of a market to the next. */
  earned(account: string, position: SimPosition): { readonly realized: Big; readonly funding: Big };
}

interface Earned {
  readonly realized: Big;
  readonly funding: Big;
}

const zero = new Big(0);
const nothing: Earned = { realized: zero, funding: zero };

/** Nothing opened yet. */
export function createPositionBook(): PositionBook {
  let next = 5_411_399_049;
  const open = new Map<
    string,
    { id: number; fees: Big; closed: boolean; before: Earned; last: Earned } // `before`: of the positions before this one
  >();
  const entry = (account: string, instrument: InstrumentId) => {
    const key = `${account} ${instrument}`;
    let found = open.get(key);
    if (found === undefined) {
      found = { id: next++, fees: zero, closed: false, before: nothing, last: nothing };
      open.set(key, found);
    }
    return found;
  };
  return {
    hear: (fact) => {
      if (fact.type === "order-filled") {
        const found = entry(fact.account, fact.fill.instrument);
        if (found.closed) Object.assign(found, { id: next++, fees: zero, closed: false, before: found.last });
        found.fees = found.fees.plus(fact.fill.fee);
      } else if (fact.type === "position") {
        const found = entry(fact.account, fact.position.instrument);
        const { realized, funding } = fact.position;
        found.last = { realized: new Big(realized), funding: new Big(funding) };
        if (fact.change === "closed") found.closed = true; // its number is still told with the closing
      }
    },
    idOf: (account, instrument) => entry(account, instrument).id,
    feesOf: (account, instrument) => entry(account, instrument).fees,
    earned: (account, { instrument, realized, funding }) => {
      const { before } = entry(account, instrument);
      return { realized: before.realized.times(-1).plus(realized), funding: before.funding.times(-1).plus(funding) };
    },
  };
}

/** A position with everything that is derived from it. */
export interface PositionFigures {
  readonly market: Instrument;
  readonly id: number;
  readonly entry: Big;
  readonly breakEven: Big;
  /** Quote per base. */
  readonly mark: Big;
  /** Signed lots that it could become if one side of the open orders filled. */
  readonly exposure: Lots;
  readonly exposureNotional: Big;
  readonly imf: Big;
  readonly mmf: Big;
  /** Since it was opened. */
  readonly earned: Earned;
}

/** max(base, factor × sqrt(notional)), at most 1. */
export function marginFraction(of: { readonly base: string; readonly factor: string }, notional: Big): Big {
  const grown = new Big(of.factor).times(notional.abs().sqrt());
  const base = new Big(of.base);
  return (grown.gt(base) ? grown : base).round(8);
}

/** The mark of a market in quote per base: the venue's mark, else the last print, else the middle of the book. */
export function markOf(exchange: Exchange, market: Instrument): Big {
  const ticks = exchange.mark(market.id)?.mark ?? exchange.trades(market.id)[0]?.price ?? middle(exchange, market.id);
  return new Big(ticks).times(market.tickSize);
}

function middle(exchange: Exchange, id: InstrumentId): number {
  const { bids, asks } = exchange.book(id, 1);
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  return bid !== undefined && ask !== undefined ? (bid + ask) / 2 : (bid ?? ask ?? 0);
}

/** Derives what the venue tells of a position. */
export function figuresOf(
  exchange: Exchange,
  book: PositionBook,
  market: Instrument,
  account: string,
  position: SimPosition,
): PositionFigures {
  let buys = 0;
  let sells = 0;
  for (const order of exchange.openOrders(account, market.id)) {
    if (order.status === "waiting") continue; // it may never come to life
    const rest = (order.size ?? 0) - order.filled;
    if (order.side === "buy") buys += rest;
    else sells += rest;
  }
  const up = position.size + buys;
  const down = position.size - sells;
  const exposure = lots(Math.abs(up) >= Math.abs(down) ? up : down);
  const mark = markOf(exchange, market);
  const held = sizeToBig(market, position.size);
  const flat = position.size === 0;
  const exposureNotional = sizeToBig(market, exposure).abs().times(mark);
  const margin = market.margin;
  return {
    market,
    id: book.idOf(account, market.id),
    entry: flat ? zero : new Big(position.cost).div(held),
    breakEven: flat ? zero : new Big(position.cost).plus(book.feesOf(account, market.id)).div(held),
    mark,
    exposure,
    exposureNotional,
    imf: margin === undefined ? new Big(1) : marginFraction(margin.initial, exposureNotional),
    mmf: margin === undefined ? new Big(1) : marginFraction(margin.maintenance, held.times(mark)),
    earned: book.earned(account, position),
  };
}

/** A row of GET position. */
export function positionRow(
  exchange: Exchange,
  book: PositionBook,
  market: Instrument,
  member: Member,
  position: SimPosition,
): Record<string, unknown> {
  const figures = figuresOf(exchange, book, market, member.name, position);
  const { realized, funding } = figures.earned;
  return {
    breakEvenPrice: money(figures.breakEven),
    cumulativeFundingPayment: money(funding),
    cumulativeInterest: "0",
    entryPrice: money(figures.entry),
    estLiquidationPrice: liquidationPrice(exchange, market, member.name, position, figures),
    imf: money(figures.imf),
    imfFunction: { ...market.margin?.initial, type: "sqrt" },
    markPrice: money(figures.mark),
    mmf: money(figures.mmf),
    mmfFunction: { ...market.margin?.maintenance, type: "sqrt" },
    netCost: money(position.cost),
    netExposureNotional: money(figures.exposureNotional),
    netExposureQuantity: size(market, figures.exposure),
    netQuantity: size(market, position.size),
    pnlRealized: money(realized),
    pnlUnrealized: money(position.unrealized),
    positionId: String(figures.id),
    subaccountId: null,
    symbol: symbolOf(market.id),
    userId: member.userId,
  };
}

/** The mark at which equity would be down to the maintenance requirement, all else standing still; "0" when there is none. */
function liquidationPrice(
  exchange: Exchange,
  market: Instrument,
  account: string,
  position: SimPosition,
  { mark, mmf }: PositionFigures,
): string {
  const held = sizeToBig(market, position.size);
  if (held.eq(0)) return "0";
  const { equity, maintenance } = exchange.margin(account);
  const others = new Big(maintenance).minus(held.abs().times(mark).times(mmf));
  const slope = held.minus(held.abs().times(mmf));
  if (slope.eq(0)) return "0";
  const at = others.minus(equity).plus(held.times(mark)).div(slope);
  return at.gt(0) ? plain(at.toFixed(8)) : "0";
}

/**
 * The `data` of a position update.
 *
 * @param event - `undefined`: the state told after subscribing, which names no event
 */
export function positionUpdate(
  figures: PositionFigures,
  position: SimPosition,
  { emitted, happened }: { readonly emitted: number; readonly happened: number },
  event: "positionOpened" | "positionAdjusted" | "positionClosed" | undefined,
): Record<string, unknown> {
  const { market } = figures;
  return {
    B: money(figures.entry),
    E: emitted,
    M: money(figures.mark),
    P: money(position.unrealized),
    Q: size(market, figures.exposure),
    T: happened,
    b: money(figures.breakEven),
    ...(event === undefined ? {} : { e: event }),
    f: money(figures.imf),
    i: figures.id,
    l: "0",
    m: money(figures.mmf),
    n: money(figures.exposureNotional),
    p: money(figures.earned.realized),
    q: size(market, position.size),
    s: symbolOf(market.id),
  };
}
