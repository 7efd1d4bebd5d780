// What a maker's configuration must earn or lose, worked out before anything is sent.
import { Big, bigToDecimal, type Decimal, gridsOf, type Instrument, lots, roundToGrid, sizeText } from "@bp/core";
import type { Finding } from "./finding.ts";
import type { MakerParams } from "./maker/params.ts";

/** The figures of a stop loss at the largest position. */
export interface StopFigures {
  /** Quote per base by which the price has to move against the position. */
  readonly move: Decimal;
  /** The same in percent of the price. */
  readonly movePct: Decimal;
  /** Quote: the taker fee of closing. */
  readonly fee: Decimal;
}

/** What a round trip (one buy and one sell of one order's size, both as maker) comes to, and what else stands out. */
export interface Economics {
  /** Base: the size that the figures are for; 1 where the size is automatic. */
  readonly quantity: Decimal;
  /** Quote: quantity · price · spread. */
  readonly gross: Decimal;
  /** Quote: both maker fees; negative is a rebate. */
  readonly fees: Decimal;
  /** Quote: gross less fees. */
  readonly net: Decimal;
  /** Percent: below this spread every round trip loses. 0 where makers are paid. */
  readonly minSpreadPct: Decimal;
  /** Base: the smallest order that the venue takes at this price. */
  readonly minQuantity: Decimal;
  /** Perpetuals with a stop loss. */
  readonly stop: StopFigures | undefined;
  readonly findings: readonly Finding[];
}

/** A stop nearer than this many percent of the price is ordinary noise. */
const noisePct = 1;
/** A closing fee above this share of the stop makes the stop a cost of its own. */
const heavyFee = 0.1;

/**
 * Checks a configuration against the fees and filters of its market.
 *
 * @param params - checked parameters (`makerParams.parse`)
 * @param price - quote per base, above 0: the mid at the start
 */
export function economicsOf(params: MakerParams, instrument: Instrument, price: Big | string): Economics {
  const at = new Big(price);
  const quantity = params.quantity === "auto" ? new Big(1) : new Big(params.quantity);
  const notional = quantity.times(at);
  const gross = notional.times(params.spreadPct).div(100);
  const fees = notional.times(instrument.fees.maker).times(2);
  const least = new Big(instrument.fees.maker).times(200);
  const minSpreadPct = least.lt(0) ? new Big(0) : least;
  const minQuantity = smallestOrder(instrument, at);
  const stop = stopFigures(params, instrument, at);
  const { base, quote } = instrument;

  const findings: Finding[] = [];
  if (gross.lt(fees))
    findings.push({
      level: "refuse",
      code: "negative-edge",
      say: `a round trip of ${quantity.toFixed()} ${base} earns ${gross.toFixed()} ${quote} and pays ${fees.toFixed()} in fees; the spread must be at least ${minSpreadPct.toFixed()} %`,
    });
  if (params.quantity !== "auto" && quantity.lt(minQuantity))
    findings.push({
      level: "refuse",
      code: "too-small",
      say: `${quantity.toFixed()} ${base} is worth ${notional.toFixed()} ${quote}; the market takes ${minQuantity} ${base} or more`,
    });
  if (stop !== undefined && params.stopLoss !== undefined) {
    const tight = Number(stop.movePct) < noisePct || new Big(stop.fee).gt(new Big(params.stopLoss).times(heavyFee));
    if (tight)
      findings.push({
        level: "warn",
        code: "tight-stop",
        say: `at the full position the stop is ${new Big(stop.move).toFixed(gridsOf(instrument).price.digits)} ${quote} per ${base} = ${new Big(stop.movePct).toFixed(2)} % away; one stop costs about ${stop.fee} fee`,
      });
  }
  return {
    quantity: bigToDecimal(quantity),
    gross: bigToDecimal(gross),
    fees: bigToDecimal(fees),
    net: bigToDecimal(gross.minus(fees)),
    minSpreadPct: bigToDecimal(minSpreadPct),
    minQuantity,
    stop,
    findings,
  };
}

function smallestOrder(instrument: Instrument, price: Big): Decimal {
  const byNotional = roundToGrid(new Big(instrument.minNotional).div(price), gridsOf(instrument).size, "ceil");
  return sizeText(instrument, lots(Math.max(instrument.minSize, byNotional)));
}

function stopFigures(params: MakerParams, instrument: Instrument, price: Big): StopFigures | undefined {
  const largest = new Big(params.maxPosition);
  if (instrument.kind === "spot" || params.stopLoss === undefined || largest.eq(0)) return undefined;
  const move = new Big(params.stopLoss).div(largest);
  return {
    move: bigToDecimal(move.round(8)),
    movePct: bigToDecimal(move.times(100).div(price).round(6)),
    fee: bigToDecimal(largest.times(price).times(instrument.fees.taker).round(8)),
  };
}
