// What a cycle traded and earned: folded from own trades, priced by the engine's own books.
import { Big, bigToDecimal, type Decimal, decimal, type Instrument, type OwnFill, type View } from "@bp/core";
import type { CycleEnd, CycleReport, Earned, HedgeMemory, HedgeTotals, Traded, Trades } from "./memory.ts";
import { noWallet, walletAfter } from "./pair.ts";
import type { HedgeParams } from "./params.ts";
import { highestLead, lowestLead } from "./prices.ts";
import type { Scale } from "./scale.ts";

const zero = decimal("0");
const none: Traded = { size: 0, value: 0 };

/** Nothing traded yet. */
export const noTrades: Trades = { leadSold: none, leadBought: none, hedgeSold: none, hedgeBought: none };

/** Nothing earned yet. */
export const noTotals: HedgeTotals = {
  cycles: 0,
  skipped: 0,
  gross: zero,
  fees: zero,
  funding: zero,
  net: zero,
  negativeEdges: 0,
  unwound: 0,
};

/** Counts own trades. The same object if there was none. */
export function counted(memory: HedgeMemory, view: View, params: HedgeParams, scale: Scale): HedgeMemory {
  const fills = view.fills();
  if (fills.length === 0) return memory;
  let { trades, wallets, negativeEdge } = memory;
  for (const fill of fills) {
    const side = fill.instrument === params.lead ? "lead" : "hedge";
    const key = `${side}${fill.side === "sell" ? "Sold" : "Bought"}` as const;
    trades = { ...trades, [key]: plus(trades[key], fill) };
    wallets = { ...wallets, [side]: walletAfter(wallets[side], fill, scale[side]) };
    if (fill.slot === "leg1" && isBelowEdge(fill, view, params, scale)) negativeEdge = true;
  }
  return { ...memory, trades, wallets, negativeEdge };
}

const plus = ({ size, value }: Traded, fill: OwnFill): Traded => ({
  size: size + fill.size,
  value: value + fill.size * fill.price,
});

/** Whether the hedge, as its market stands at the moment of the trade, costs more than the edge guard allows. */
function isBelowEdge({ side, price }: OwnFill, view: View, params: HedgeParams, scale: Scale): boolean {
  const { bid, ask } = view.book(params.hedge);
  if (scale.edge === undefined || bid === undefined || ask === undefined) return false;
  const terms = edgeTerms(scale, scale.edge);
  return side === "sell" ? price < lowestLead(ask[0], terms) : price > highestLead(bid[0], terms);
}

/** The terms of the edge guard. */
export const edgeTerms = ({ lead, hedge, tickRatio }: Scale, edge: NonNullable<Scale["edge"]>) => ({
  maker: lead.fees.maker,
  taker: hedge.fees.taker,
  edge,
  tickRatio,
});

/** What both markets have earned since the start; `undefined` while one is unknown. */
export function earnedBy(view: View, params: HedgeParams): Earned | undefined {
  const lead = view.holding(params.lead);
  const hedge = view.holding(params.hedge);
  if (lead === undefined || hedge === undefined) return undefined;
  return {
    gross: bigToDecimal(lead.realized.plus(hedge.realized)),
    fees: bigToDecimal(lead.fees.plus(hedge.fees)),
    leadFunding: bigToDecimal(lead.funding),
    hedgeFunding: bigToDecimal(hedge.funding),
  };
}

/** Ends the cycle with its report. The same object while what was earned is unknown. */
export function reported(memory: HedgeMemory, view: View, params: HedgeParams, end: CycleEnd): HedgeMemory {
  const now = earnedBy(view, params);
  if (now === undefined) return memory;
  const before = memory.earned ?? now;
  const less = (a: Decimal, b: Decimal) => bigToDecimal(new Big(a).minus(b));
  const sum = (a: Decimal, b: Decimal) => bigToDecimal(new Big(a).plus(b));
  const lead = less(now.leadFunding, before.leadFunding);
  const hedge = less(now.hedgeFunding, before.hedgeFunding);
  const funding = { lead, hedge, net: sum(lead, hedge) };
  const gross = less(now.gross, before.gross);
  const fees = less(now.fees, before.fees);
  const net = sum(less(gross, fees), funding.net);
  const { cycle, trades, negativeEdge, beganAt, totals } = memory;
  const last: CycleReport = { cycle, end, trades, gross, fees, funding, net, negativeEdge, beganAt, endedAt: view.now };
  return {
    ...memory,
    earned: now,
    last,
    trades: noTrades,
    negativeEdge: false,
    unwinds: 0,
    wallets: {
      lead: { ...memory.wallets.lead, fees: noWallet.fees },
      hedge: { ...memory.wallets.hedge, fees: noWallet.fees },
    },
    negatives: end === "skipped" ? memory.negatives : negativeEdge ? memory.negatives + 1 : 0,
    totals: {
      cycles: totals.cycles + 1,
      skipped: totals.skipped + (end === "skipped" ? 1 : 0),
      gross: sum(totals.gross, gross),
      fees: sum(totals.fees, fees),
      funding: sum(totals.funding, funding.net),
      net: sum(totals.net, net),
      negativeEdges: totals.negativeEdges + (negativeEdge ? 1 : 0),
      unwound: totals.unwound + memory.unwinds,
    },
  };
}

/** Average price of trades in quote per base; `undefined` without any. */
export function averageOf({ tickSize }: Instrument, { size, value }: Traded): Big | undefined {
  return size === 0 ? undefined : new Big(value).times(tickSize).div(size);
}
