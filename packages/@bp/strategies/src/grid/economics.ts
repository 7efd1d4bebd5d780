// What a grid's configuration must earn or lose, worked out before anything is sent.
import { Big, bigToDecimal, type Decimal, gridsOf, type Instrument, roundToGrid } from "@bp/core";
import type { Finding } from "../finding.ts";
import type { GridParams } from "./params.ts";
import { leastAt } from "./sizing.ts";

/** Moves in percent of the buy price that pay for both fees and no more. */
export interface BreakEven {
  readonly makerMaker: Big;
  readonly makerTaker: Big;
  readonly takerTaker: Big;
}

/** What one turn of a cell comes to, in quote. */
export interface RoundTrip {
  readonly gross: Big;
  readonly buyFee: Big;
  readonly sellFee: Big;
  readonly net: Big;
}

/** On top of both taker fees, in percent: the margin that users of such grids are told to keep. */
const bufferPct = "0.1";

/** The move from a buy to a sale at which nothing is earned: `(1 + buyFee) / (1 - sellFee) - 1`, in percent, 6 digits. */
export function breakEvenPct(buyFee: Big | string, sellFee: Big | string): Big {
  return new Big(buyFee).plus(1).div(new Big(1).minus(sellFee)).minus(1).times(100).round(6);
}

/** The three break-even moves of a market. */
export function breakEvens({ fees: { maker, taker } }: Pick<Instrument, "fees">): BreakEven {
  return {
    makerMaker: breakEvenPct(maker, maker),
    makerTaker: breakEvenPct(maker, taker),
    takerTaker: breakEvenPct(taker, taker),
  };
}

/** Both taker fees and a buffer of 0.1 %: what a move should be at least, in percent. */
function neededPct({ fees: { taker } }: Pick<Instrument, "fees">): Big {
  return new Big(taker).times(200).plus(bufferPct);
}

/**
 * Buys a size and sells it all at another price.
 *
 * @param prices - quote per base
 * @param size - base
 */
export function roundTrip(
  prices: { readonly buy: Big | string; readonly sell: Big | string },
  size: Big | string,
  fees: { readonly buy: Big | string; readonly sell: Big | string },
): RoundTrip {
  const paid = new Big(prices.buy).times(size);
  const got = new Big(prices.sell).times(size);
  const buyFee = paid.times(fees.buy);
  const sellFee = got.times(fees.sell);
  const gross = got.minus(paid);
  return { gross, buyFee, sellFee, net: gross.minus(buyFee).minus(sellFee) };
}

/** The move that a cell is after, in percent of its floor; with `cell` the smallest one of the lattice around the price. */
export function movePct(
  { takeProfitPct, kind, interval, ratioPct }: GridParams,
  price?: Big | string,
): Big | undefined {
  if (takeProfitPct !== "cell") return new Big(takeProfitPct);
  if (kind === "geometric" && ratioPct !== undefined) return new Big(ratioPct);
  return price === undefined || interval === undefined ? undefined : new Big(interval).times(100).div(price);
}

/**
 * Checks a configuration against the fees and filters of its market. No findings: it is well.
 *
 * @param price - quote per base, above 0: the price at the start; without it sizes are not checked
 */
export function checkGrid(params: GridParams, instrument: Instrument, price?: Big | string): readonly Finding[] {
  const findings: Finding[] = [];
  const { takerTaker } = breakEvens(instrument);
  const needed = neededPct(instrument);
  const move = movePct(params, price);
  const { base, quote } = instrument;
  if (move?.lt(takerTaker) === true)
    findings.push({
      level: "refuse",
      code: "negative-edge",
      say: `a move of ${move.toFixed()} % is below break-even after taker fees (${takerTaker.toFixed(6)} %): each turn may lose`,
    });
  else if (move?.lt(needed) === true)
    findings.push({
      level: "warn",
      code: "thin-edge",
      say: `a move of ${move.toFixed()} % is above break-even (${takerTaker.toFixed(6)} %) but below fees and a buffer of ${bufferPct} % (${needed.toFixed()} %)`,
    });
  if (instrument.kind === "spot" && params.side !== "spot" && params.side !== "long")
    findings.push({ level: "refuse", code: "side", say: `a spot market cannot be traded ${params.side}` });
  const { interval, kind } = params;
  if (kind === "arithmetic" && interval !== undefined && new Big(interval).lt(instrument.tickSize))
    findings.push({
      level: "refuse",
      code: "lattice",
      say: `cells of ${interval} are lower than a tick (${instrument.tickSize})`,
    });
  if (price === undefined) return findings;
  if (
    kind === "arithmetic" &&
    interval !== undefined &&
    new Big(interval).times(Math.floor(params.cells / 2) + 1).gte(price)
  )
    findings.push({
      level: "refuse",
      code: "lattice",
      say: `${params.cells} cells of ${interval} reach below a price of 0`,
    });
  const least = smallestSpend(instrument, new Big(price));
  if (!params.infinite && new Big(params.perCell).lt(least))
    findings.push({
      level: "refuse",
      code: "too-small",
      say: `${params.perCell} ${quote} per cell buys less ${base} than the market takes; at least ${least}`,
    });
  return findings;
}

/** Quote that the smallest order at a price costs. */
function smallestSpend(instrument: Instrument, price: Big): Decimal {
  const { price: grid, unit } = gridsOf(instrument);
  const at = Math.max(1, roundToGrid(price, grid, "floor"));
  const size = Math.ceil(leastAt(instrument, at) / at);
  return bigToDecimal(unit.times(at).times(size));
}
