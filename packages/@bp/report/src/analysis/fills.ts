// Our fills as columns: what tables, markouts and round trips are made of.
import { type Column, column } from "./columns.ts";

/** The columns; a row for each fill. */
export interface FillColumns {
  readonly at: Column;
  readonly market: Column;
  /** Quote per base. */
  readonly price: Column;
  /** Base, positive for a buy. */
  readonly signed: Column;
  /** 1 where it rested. */
  readonly maker: Column;
  /** Quote; negative is a rebate. */
  readonly fee: Column;
  /** Quote, before fees. */
  readonly realized: Column;
  /** Place of its slot in `slots`; −1 where it has none. */
  readonly slot: Column;
  /** The mid before it, quote per base; NaN while it is not known. */
  readonly mid: Column;
  /** The mid after each horizon, likewise. */
  readonly later: readonly Column[];
  readonly slots: readonly string[];
  slotAt(name: string): number;
}

/** None yet. @param horizons - how many */
export function createFillColumns(horizons: number): FillColumns {
  const slots: string[] = [];
  const places = new Map<string, number>();
  return {
    at: column(),
    market: column(),
    price: column(),
    signed: column(),
    maker: column(),
    fee: column(),
    realized: column(),
    slot: column(),
    mid: column(),
    later: Array.from({ length: horizons }, column),
    slots,
    slotAt: (name) => {
      const found = places.get(name);
      if (found !== undefined) return found;
      places.set(name, slots.length);
      return slots.push(name) - 1;
    },
  };
}
