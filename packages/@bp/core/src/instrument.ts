// What can be traded, on which grid, and what the venue takes: its filters as one function.
import { Big } from "big.js";
import { fromGrid, type Grid, gridOf, toGrid } from "./decimal.ts";
import { divideRounded } from "./divide.ts";
import type { RejectReason } from "./reject.ts";
import type { Side } from "./side.ts";
import { type Decimal, decimal, type Lots, lots, type Ticks, ticks } from "./units.ts";

/** One account at one venue: `backpack`, `backpack-2`, `aster-futures`, `aster-spot`. Two accounts are two venues. */
export type VenueId = string;

/** `venue:symbol`, the symbol spelled as the venue spells it: `backpack:SOL_USDC_PERP`. */
export type InstrumentId = `${VenueId}:${string}`;

/** What the market takes at the moment. */
export type MarketState = "open" | "closed" | "cancel-only" | "limit-only" | "post-only";

/** Margin fraction of a position: `max(base, factor × sqrt(notional in quote))`. */
export interface MarginFunction {
  readonly base: Decimal;
  readonly factor: Decimal;
}

/** One market as its venue describes it. Plain data: it travels in events and in the journal. */
export interface Instrument {
  readonly id: InstrumentId;
  readonly kind: "spot" | "perp";
  readonly base: string;
  readonly quote: string;
  /** Quote per base. */
  readonly tickSize: Decimal;
  /** Base. */
  readonly lotSize: Decimal;
  readonly minSize: Lots;
  readonly maxSize: Lots | undefined;
  readonly minPrice: Ticks;
  readonly maxPrice: Ticks | undefined;
  /** Quote; `0` where the venue has no such filter. */
  readonly minNotional: Decimal;
  /** Allowed price as a multiple of the mark (or last) price, where the venue says so: `{ min: 0.9, max: 1.1 }`. */
  readonly band: { readonly min: number; readonly max: number } | undefined;
  /** Fraction of notional; a rebate is negative. */
  readonly fees: { readonly maker: Decimal; readonly taker: Decimal };
  readonly state: MarketState;
  /** Perpetuals only. */
  readonly fundingIntervalMs: number | undefined;
  /** Perpetuals only: initial and maintenance margin. */
  readonly margin: { readonly initial: MarginFunction; readonly maintenance: MarginFunction } | undefined;
}

const grids = new WeakMap<Instrument, { readonly price: Grid; readonly size: Grid; readonly unit: Big }>();

/** The instrument's two grids and the quote value of one tick times one lot; read once and kept. */
export function gridsOf(instrument: Instrument): { readonly price: Grid; readonly size: Grid; readonly unit: Big } {
  let found = grids.get(instrument);
  if (found === undefined) {
    const price = gridOf(instrument.tickSize);
    const size = gridOf(instrument.lotSize);
    found = { price, size, unit: new Big(price.text).times(size.text) };
    grids.set(instrument, found);
  }
  return found;
}

/**
 * Price text as ticks.
 *
 * @throws BpError `grid/off-grid`, `grid/not-decimal`, `grid/too-large`
 */
export function toTicks(instrument: Instrument, text: string): Ticks {
  return ticks(toGrid(text, gridsOf(instrument).price));
}

/**
 * Size text as lots.
 *
 * @throws BpError `grid/off-grid`, `grid/not-decimal`, `grid/too-large`
 */
export function toLots(instrument: Instrument, text: string): Lots {
  return lots(toGrid(text, gridsOf(instrument).size));
}

/** Ticks as the text the venue reads. */
export function priceText(instrument: Instrument, price: Ticks): Decimal {
  return fromGrid(price, gridsOf(instrument).price);
}

/** Lots as the text the venue reads; a position keeps its sign. */
export function sizeText(instrument: Instrument, size: Lots): Decimal {
  return fromGrid(size, gridsOf(instrument).size);
}

/** Ticks as money in quote per base. */
export function priceToBig(instrument: Instrument, price: Ticks): Big {
  return new Big(price).times(instrument.tickSize);
}

/** Lots as an amount of base. */
export function sizeToBig(instrument: Instrument, size: Lots): Big {
  return new Big(size).times(instrument.lotSize);
}

/** Price times size in quote, exact. Signed like the size. */
export function notionalOf(instrument: Instrument, price: Ticks, size: Lots): Big {
  return new Big(price).times(size).times(gridsOf(instrument).unit);
}

/**
 * An amount of quote as whole tick-lots, rounded down, so that `price * size` can be compared with it without money
 * arithmetic on the hot path. Never above 2^53 - 1.
 */
export function notionalUnits(instrument: Instrument, amount: Decimal | Big): number {
  const units = divideRounded(new Big(amount), gridsOf(instrument).unit, "floor");
  return units.gt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : units.toNumber();
}

const minimums = new WeakMap<Instrument, number>();

/** The market's minimum notional as whole tick-lots, rounded up: what `price * size` must reach. 0 where there is none. */
export function leastUnits(instrument: Instrument): number {
  let found = minimums.get(instrument);
  if (found === undefined) {
    found = divideRounded(new Big(instrument.minNotional), gridsOf(instrument).unit, "ceil").toNumber();
    minimums.set(instrument, found);
  }
  return found;
}

/** The venue of an instrument id. */
export function venueOf(id: InstrumentId): VenueId {
  return id.slice(0, id.indexOf(":"));
}

/** The venue's own spelling of an instrument id. */
export function symbolOf(id: InstrumentId): string {
  return id.slice(id.indexOf(":") + 1);
}

/** An order as far as filters care. */
export interface Candidate {
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
}

/**
 * Whether the venue's filters let an order through, so that it can be refused here before it costs a request.
 *
 * @param mark - ticks, for the price band; `undefined` skips the band
 * @returns `undefined` if it fits, else the first reason found and a sentence with the figures
 */
export function fits(
  instrument: Instrument,
  order: Candidate,
  mark?: number,
): { readonly reason: RejectReason; readonly text: string } | undefined {
  const { state, band, minSize, maxSize, minPrice, maxPrice } = instrument;
  if (state === "closed" || state === "cancel-only") return { reason: "closed", text: `${instrument.id} is ${state}` };
  if (state === "post-only" && !order.postOnly)
    return { reason: "closed", text: `${instrument.id} takes post-only orders only` };
  if (order.size < minSize)
    return {
      reason: "below-minimum",
      text: `size ${sizeText(instrument, order.size)} is below ${sizeText(instrument, minSize)}`,
    };
  if (maxSize !== undefined && order.size > maxSize)
    return {
      reason: "other",
      text: `size ${sizeText(instrument, order.size)} is above ${sizeText(instrument, maxSize)}`,
    };
  if (order.price < minPrice || (maxPrice !== undefined && order.price > maxPrice))
    return { reason: "price-band", text: `price ${priceText(instrument, order.price)} is outside the market's bounds` };
  if (!order.reduceOnly && order.price * order.size < leastUnits(instrument))
    return {
      reason: "below-minimum",
      text: `notional ${notionalOf(instrument, order.price, order.size).toFixed()} is below ${instrument.minNotional} ${instrument.quote}`,
    };
  if (band !== undefined && mark !== undefined && (order.price > mark * band.max || order.price < mark * band.min))
    return {
      reason: "price-band",
      text: `price ${priceText(instrument, order.price)} is outside ${band.min} to ${band.max} of the mark`,
    };
  return undefined;
}

/** What must be said of a market; the rest has sensible defaults. For tests, simulations and examples. */
export interface InstrumentSketch {
  readonly id: InstrumentId;
  readonly kind: "spot" | "perp";
  readonly base: string;
  readonly quote: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly minSize?: string;
  readonly minNotional?: string;
  readonly maker?: string;
  readonly taker?: string;
}

/**
 * An instrument with defaults: minimum one lot, no maximum, no band, fees 0.02 % / 0.05 %, open, hourly funding and
 * 2 % / 1.25 % margin on a perpetual.
 *
 * @throws BpError `grid/*` for a step or a size that cannot be
 */
export function instrument(sketch: InstrumentSketch): Instrument {
  const { id, kind, base, quote } = sketch;
  const size = gridOf(sketch.lotSize);
  return {
    id,
    kind,
    base,
    quote,
    tickSize: gridOf(sketch.tickSize).text,
    lotSize: size.text,
    minSize: lots(sketch.minSize === undefined ? 1 : toGrid(sketch.minSize, size)),
    maxSize: undefined,
    minPrice: ticks(1),
    maxPrice: undefined,
    minNotional: decimal(sketch.minNotional ?? "0"),
    band: undefined,
    fees: { maker: decimal(sketch.maker ?? "0.0002"), taker: decimal(sketch.taker ?? "0.0005") },
    state: "open",
    fundingIntervalMs: kind === "perp" ? 3_600_000 : undefined,
    margin:
      kind === "perp"
        ? {
            initial: { base: decimal("0.02"), factor: decimal("0.00006") },
            maintenance: { base: decimal("0.0125"), factor: decimal("0.000036") },
          }
        : undefined,
  };
}
