// What the screens of a grid are made of: one reading of the moment, in the words that its users know.
import { Big, bigToDecimal, gridsOf, type Instrument, priceToBig, sizeText, symbolOf, ticks, venueOf } from "@bp/core";
import {
  type CellStatus,
  cellStates,
  deviationOf,
  floatingAt,
  type GridMemory,
  type GridParams,
  marketNow,
  markNow,
} from "@bp/strategies";
import type { Moment } from "../../system.ts";

/** A moment of a grid. */
export type GridMoment = Moment<GridParams, GridMemory>;

/** Money and prices of a moment. Quote unless it says otherwise. */
export interface GridFigures {
  readonly instrument: Instrument;
  readonly symbol: string;
  /** Quote per base; `undefined` while the market is unknown. */
  readonly price: Big | undefined;
  readonly quoteFree: Big | undefined;
  /** Base. */
  readonly baseFree: Big | undefined;
  /** What the grid holds, in base, and what that is worth. */
  readonly held: Big;
  readonly heldValue: Big | undefined;
  readonly cells: readonly CellStatus[];
  /** The price is in none of the lattice's cells. */
  readonly outside: boolean;
  readonly floating: Big | undefined;
  /** Grid profit less fees, and floating result. */
  readonly profit: Big | undefined;
  readonly makerShare: Big | undefined;
  /** Deviation of returns, as a fraction. */
  readonly deviation: number | undefined;
  /** Cycles that earned more than their fees, in percent of all. */
  readonly successPct: Big | undefined;
  readonly average: Big | undefined;
}

/** Reads a moment. */
export function figuresAt({ view, params, memory }: Pick<GridMoment, "view" | "params" | "memory">): GridFigures {
  const instrument = view.instrument(params.instrument);
  const market = marketNow(view, params);
  const price = market === undefined ? undefined : priceToBig(instrument, market.price);
  const mark =
    market === undefined
      ? undefined
      : gridsOf(instrument)
          .unit.times(markNow(view, params, market))
          .div(instrument.lotSize);
  const cells = cellStates(view, memory, params);
  const { ledger, points, core } = memory;
  const lots = [core, ...memory.cells.map(({ lot }) => lot)].filter((lot) => lot !== undefined);
  const held = lots.reduce((sum, { way, base }) => (way === "long" ? sum.plus(base) : sum.minus(base)), new Big(0));
  const floating = mark === undefined ? undefined : floatingAt(memory, mark);
  const net = ledger.gross.minus(ledger.fees);
  const venue = venueOf(instrument.id);
  return {
    instrument,
    symbol: symbolOf(instrument.id),
    price,
    quoteFree: view.balance(venue, instrument.quote)?.free,
    baseFree: view.balance(venue, instrument.base)?.free,
    held,
    heldValue: mark === undefined ? undefined : held.times(mark),
    cells,
    outside: price !== undefined && !cells.some(({ current }) => current),
    floating,
    profit: floating === undefined ? undefined : net.plus(floating),
    makerShare: points.volume.eq(0) ? undefined : points.makerVolume.div(points.volume),
    deviation: deviationOf(memory.bars.returns, params.volatility.bars),
    successPct: ledger.cycles === 0 ? undefined : new Big(ledger.won).times(100).div(ledger.cycles),
    average: ledger.cycles === 0 ? undefined : net.div(ledger.cycles),
  };
}

/** Money with so many digits; `-` for what is not known. */
export function text(value: Big | undefined, digits: number): string {
  return value === undefined ? "-" : value.toFixed(digits);
}

/** A price with the digits of its tick. */
export function priceIn(instrument: Instrument, price: number): string {
  return priceToBig(instrument, ticks(price)).toFixed(gridsOf(instrument).price.digits);
}

/** A size in base with the digits of its lot. */
export function sizeIn(instrument: Instrument, size: Parameters<typeof sizeText>[1]): string {
  return sizeText(instrument, size);
}

/** Decimal text as it is, never with an exponent. */
export const plain = (value: Big): string => bigToDecimal(value);

/** `2026-01-01 14:00:00`, UTC. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
