// Whether both legs can be traded at a price, asked before the first order: a leg that cannot be hedged must not be begun.
import { Big, bigToDecimal, type Decimal, type Instrument, type Ticks } from "@bp/core";
import type { Finding } from "../finding.ts";
import { minimumSize } from "../minimum.ts";
import type { HedgeParams } from "./params.ts";
import { measure } from "./scale.ts";

/**
 * Checks the quantity against the steps, minimum sizes and minimum notionals of both markets.
 *
 * @param price - quote per base: the last price of the lead
 */
export function checkHedge(
  params: HedgeParams,
  lead: Instrument,
  hedge: Instrument,
  price: Big | string,
): readonly Finding[] {
  const scale = measure(params, lead, hedge);
  const at = new Big(price);
  const atom = new Big(scale.atom);
  const findings: Finding[] = [];
  if (lead.base !== hedge.base)
    findings.push({ level: "refuse", code: "coins", say: `${hedge.id} is ${hedge.base}, ${lead.id} is ${lead.base}` });
  const [selling, buying] = params.sideFirst === "sell" ? [lead, hedge] : [hedge, lead];
  if (selling.kind === "spot")
    findings.push({
      level: "refuse",
      code: "short-spot",
      say: `${selling.id} is spot and cannot be sold first: choose sideFirst ${buying === hedge ? "buy" : "sell"}, or a perpetual`,
    });
  const step = atom.times(scale.step);
  const least = leastOf(lead, hedge, at, step);
  const quantity = atom.times(scale.quantity);
  if (quantity.lt(least)) {
    const notional = new Big(params.quantity).times(at);
    findings.push({
      level: "refuse",
      code: "too-small",
      least: bigToDecimal(least),
      say: `${params.quantity} ${lead.base} at ${at.toFixed()} are worth ${notional.toFixed()}, ${tooSmallFor(lead, hedge, at, quantity)}; use ${least.toFixed()} or more (${least.times(at).toFixed()})`,
    });
  } else if (!quantity.eq(params.quantity))
    findings.push({
      level: "warn",
      code: "off-grid",
      say: `${params.quantity} ${lead.base} is ${quantity.toFixed()} in steps that both markets trade`,
    });
  return findings;
}

/** The least quantity, in steps of both markets, that both take at a price. */
function leastOf(lead: Instrument, hedge: Instrument, price: Big, step: Big): Big {
  const needs = [lead, hedge].map((each) => {
    const bySize = new Big(each.minSize).times(each.lotSize);
    const byNotional = new Big(each.minNotional).div(price);
    return (bySize.gt(byNotional) ? bySize : byNotional).div(step).round(0, 3).times(step);
  });
  return needs.reduce((most, each) => (each.gt(most) ? each : most), step);
}

function tooSmallFor(lead: Instrument, hedge: Instrument, price: Big, quantity: Big): string {
  const short = [lead, hedge].find(
    (each) => quantity.lt(new Big(each.minSize).times(each.lotSize)) || quantity.times(price).lt(each.minNotional),
  );
  const market = short ?? hedge;
  const size = new Big(market.minSize).times(market.lotSize).toFixed();
  const notional = market.minNotional === "0" ? "" : ` and ${market.minNotional} ${market.quote}`;
  return `below the minimum of ${market.id} (${size} ${market.base}${notional})`;
}

/** What one cycle costs by its own figures, all in quote. */
export interface HedgeCosts {
  /** Both makings and both takings. */
  readonly fees: Decimal;
  /** What the two resting orders are apart if the market stood still: no edge, since they fill when it has moved to them. */
  readonly offset: Decimal;
}

/**
 * The fees of one cycle: two legs make on the lead, two hedges take.
 *
 * @param price - quote per base
 */
export function hedgeCosts(params: HedgeParams, lead: Instrument, hedge: Instrument, price: Big | string): HedgeCosts {
  const notional = new Big(params.quantity).times(price);
  const fees = notional.times(new Big(lead.fees.maker).plus(hedge.fees.taker)).times(2);
  return { fees: bigToDecimal(fees), offset: bigToDecimal(notional.times(params.offsetPct).div(50)) };
}

/** Whether the market takes so many lots now: a reduction of a perpetual only has to be of the minimum size. */
export function isTradable(instrument: Instrument, price: Ticks, size: number, reduces: boolean): boolean {
  return size >= minimumSize(instrument, price, reduces) && size > 0;
}
