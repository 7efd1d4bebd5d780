// The edges of the cells, exact in ticks, and which cells a price asks for.
import { Big, divideRounded, gridsOf, type Instrument, priceToBig, roundToGrid, type Ticks, ticks } from "@bp/core";
import type { GridParams } from "./params.ts";

/** A ladder of prices without ends. Cell `k` lies between edge `k` and edge `k + 1`; its number is its name. */
export interface Lattice {
  /** The floor of a cell, rounded down to a tick. */
  edge(index: number): Ticks;
  /** The cell whose floor is at or below the price and whose ceiling is above it. */
  indexOf(price: Ticks): number;
}

type Spacing = Pick<GridParams, "kind" | "interval" | "ratioPct">;

/**
 * The lattice of a configuration. Arithmetic: edge `k` is `k · interval`. Geometric: edge `k` is `anchor · (1 + ratio)^k`.
 *
 * @param anchor - the price at edge 0 of a geometric lattice
 * @see Public descriptions of grid trading: p_i = L + i (U - L) / n and p_i = L · r^i with r = (U / L)^(1 / n)
 */
export function latticeOf({ kind, interval, ratioPct }: Spacing, instrument: Instrument, anchor: Ticks): Lattice {
  const { price: grid } = gridsOf(instrument);
  if (kind === "geometric" && ratioPct !== undefined) {
    const ratio = new Big(ratioPct).div(100).plus(1);
    const edge = (index: number) => ticks(divideRounded(ratio.pow(index).times(anchor), one, "floor").toNumber());
    const guess = (price: Ticks) => Math.floor(Math.log(price / anchor) / Math.log(ratio.toNumber()));
    return { edge, indexOf: (price) => settled(edge, price, guess(price)) };
  }
  const step = new Big(interval ?? instrument.tickSize);
  const edge = (index: number) => ticks(roundToGrid(step.times(index), grid, "floor"));
  const guess = (price: Ticks) => divideRounded(priceToBig(instrument, price), step, "floor").toNumber();
  return { edge, indexOf: (price) => settled(edge, price, guess(price)) };
}

/** The lattice of a run, made once: its edges are asked for all the time. */
export function latticeIn(params: GridParams, instrument: Instrument, anchor: Ticks): Lattice {
  const known = kept.get(params);
  if (known?.instrument === instrument && known.anchor === anchor) return known;
  const made = latticeOf(params, instrument, anchor);
  const edges = new Map<number, Ticks>();
  const edge = (index: number) => {
    const found = edges.get(index) ?? made.edge(index);
    edges.set(index, found);
    return found;
  };
  const lattice = { instrument, anchor, edge, indexOf: (price: Ticks) => made.indexOf(price) };
  kept.set(params, lattice);
  return lattice;
}

const kept = /* @__PURE__ */ new WeakMap<
  GridParams,
  Lattice & { readonly instrument: Instrument; readonly anchor: Ticks }
>();

/** The first of `cells` cells around the price: half of them below it, rounded down, so that an even number has one more below. */
export function windowAt(lattice: Lattice, price: Ticks, cells: number): number {
  return lattice.indexOf(price) - Math.floor(cells / 2);
}

const one = /* @__PURE__ */ new Big(1);

/** A guess is at most a rounding away. */
function settled(edge: (index: number) => Ticks, price: Ticks, guess: number): number {
  let index = guess;
  while (edge(index) > price) index -= 1;
  while (edge(index + 1) <= price) index += 1;
  return index;
}
