// What can be traded and on which grid.
import { fromGrid, type Grid, gridOf, toGrid } from "./decimal.ts";
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

/** The instrument's two grids. */
export interface Grids {
  readonly price: Grid;
  readonly size: Grid;
}

const grids = /* @__PURE__ */ new WeakMap<Instrument, Grids>();

/** The instrument's two grids, without money; read once and kept. */
export function gridPairOf(instrument: Instrument): Grids {
  let found = grids.get(instrument);
  if (found === undefined) {
    found = { price: gridOf(instrument.tickSize), size: gridOf(instrument.lotSize) };
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
  return ticks(toGrid(text, gridPairOf(instrument).price));
}

/**
 * Size text as lots.
 *
 * @throws BpError `grid/off-grid`, `grid/not-decimal`, `grid/too-large`
 */
export function toLots(instrument: Instrument, text: string): Lots {
  return lots(toGrid(text, gridPairOf(instrument).size));
}

/** Ticks as the text the venue reads. */
export function priceText(instrument: Instrument, price: Ticks): Decimal {
  return fromGrid(price, gridPairOf(instrument).price);
}

/** Lots as the text the venue reads; a position keeps its sign. */
export function sizeText(instrument: Instrument, size: Lots): Decimal {
  return fromGrid(size, gridPairOf(instrument).size);
}

/** The venue of an instrument id. */
export function venueOf(id: InstrumentId): VenueId {
  return id.slice(0, id.indexOf(":"));
}

/** The venue's own spelling of an instrument id. */
export function symbolOf(id: InstrumentId): string {
  return id.slice(id.indexOf(":") + 1);
}

/** The exchange of a venue: two accounts are two venues of one exchange, `backpack-2` is on `backpack`. */
export function exchangeOf(venue: VenueId): string {
  return venue.replace(/-\d+$/, "");
}

/** What tells markets apart where orders meet: the exchange and the symbol, whichever account asks. */
export function marketOf(id: InstrumentId): string {
  return `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
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
