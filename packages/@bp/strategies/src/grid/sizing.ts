// What a cell may spend: its share, what risk and volatility make of it, and what it has room and money for.
import {
  Big,
  bigToDecimal,
  gridsOf,
  type Instrument,
  leastUnits,
  notionalUnits,
  priceText,
  type Ticks,
  type View,
  venueOf,
} from "@bp/core";
import { deviationOf, volatilityFactor } from "./bars.ts";
import { cellIn, slotName } from "./fills.ts";
import { type Cell, type GridMemory, isEmpty, openingSide, type RiskLevel } from "./memory.ts";
import type { GridParams } from "./params.ts";

/** A cell may spend so much, in tick-lots; or why it may not open. */
export type Allowance = { readonly budget: number; readonly extra: Big } | { readonly why: string };

/** The fewest tick-lots of an order at a price: the market's smallest size and its smallest notional. */
export function leastAt(instrument: Instrument, price: number): number {
  return Math.max(instrument.minSize * price, leastUnits(instrument));
}

/** Share of the size at a level. */
function levelFactor(level: RiskLevel, { enabled, medium, high, critical }: GridParams["sizeFactors"]): string {
  if (!enabled || level === "LOW") return "1";
  return level === "MEDIUM" ? medium : level === "HIGH" ? high : critical;
}

/** What a new order of a cell is meant to spend now, in quote. */
export function meantPerCell(memory: GridMemory, params: GridParams): Big {
  const { sizeFactors, volatility, perCell } = params;
  const level = levelFactor(memory.equity?.level ?? "LOW", sizeFactors);
  const calm = volatilityFactor(deviationOf(memory.bars.returns, volatility.bars), volatility);
  return new Big(perCell).times(level).times(calm);
}

/** The value that an infinite grid keeps, in quote. */
export function baseValueOf({ baseValue, perCell, cells }: GridParams): Big {
  return baseValue === undefined ? new Big(perCell).times(cells) : new Big(baseValue);
}

/** How many lots at a price are worth the value that an infinite grid keeps, rounded down. */
export function lotsWorth(params: GridParams, instrument: Instrument, price: number): number {
  return Math.floor(baseValueOf(params).div(gridsOf(instrument).unit).div(price).toNumber());
}

/**
 * What one step of an infinite grid trades, in lots, rounded down: `V / floor - V / ceiling`.
 *
 * @see Public descriptions of infinity grids: the base held at level k is V / p_k
 */
export function stepSize(params: GridParams, instrument: Instrument, floor: Ticks, ceiling: Ticks): number {
  const units = baseValueOf(params).div(gridsOf(instrument).unit);
  const step = units.times(ceiling - floor).div(new Big(floor).times(ceiling));
  return Math.floor(step.toNumber());
}

/**
 * Whether a cell may open now, and with how much.
 *
 * @param price - where it would rest, in ticks
 */
export function allowanceOf(memory: GridMemory, view: View, params: GridParams, cell: Cell, price: Ticks): Allowance {
  const instrument = view.instrument(params.instrument);
  const { quote } = instrument;
  if (busyCells(memory, view, params) >= params.cells)
    return { why: "waits until an order of a cell that moved is gone" };
  const extra = memory.pot;
  const meant = params.infinite
    ? new Big(stepSize(params, instrument, cell.floor, cell.ceiling) * price).times(gridsOf(instrument).unit)
    : meantPerCell(memory, params).plus(extra);
  const units = notionalUnits(instrument, meant);
  const size = Math.floor(units / price);
  const needed = new Big(size * price).times(gridsOf(instrument).unit);
  if (size * price < leastAt(instrument, price) || size === 0)
    return { why: `${bigToDecimal(meant)} ${quote} at ${priceText(instrument, price)} is less than the market takes` };
  if (params.maxPosition !== undefined) {
    const held = heldAtCost(memory).plus(waiting(memory, view, instrument));
    if (held.plus(needed).gt(params.maxPosition))
      return {
        why: `would hold ${held.plus(needed).toFixed(2)} ${quote}, at most ${params.maxPosition} (max position)`,
      };
  }
  if (instrument.kind === "perp") return { budget: units, extra }; // its margin is a rule's business
  const free = freeQuote(memory, view, instrument);
  if (free === undefined) return { why: `the balance of ${quote} is not known` };
  if (free.lt(needed)) return { why: `needs ${needed.toFixed(2)} ${quote}, ${free.toFixed(2)} are free` };
  if (params.buyFee === "base") return { budget: units, extra };
  const dearest = new Big(Math.max(Number(instrument.fees.maker), Number(instrument.fees.taker), 0)).plus(1);
  return { budget: Math.min(units, notionalUnits(instrument, free.div(dearest))), extra };
}

/** What all lots cost, in quote. */
export function heldAtCost({ cells, core }: GridMemory): Big {
  let sum = core?.cost ?? new Big(0);
  for (const { lot } of cells) if (lot !== undefined) sum = sum.plus(lot.cost);
  return sum;
}

/** Quote in the wallet that no order needs, our own and those of others; `undefined`: not known. */
function freeQuote(memory: GridMemory, view: View, instrument: Instrument): Big | undefined {
  const balance = view.balance(venueOf(instrument.id), instrument.quote);
  return balance?.total.minus(memory.foreign).minus(waiting(memory, view, instrument));
}

/** Quote that opening orders hold: those that work, and those of armed cells that are about to be placed. */
function waiting(memory: GridMemory, view: View, instrument: Instrument): Big {
  let units = 0;
  const live = new Set<number>();
  for (const order of view.orders(instrument.id)) {
    const index = cellIn(slotName(order.slot));
    const cell = index === undefined ? undefined : memory.cells.find((each) => each.index === index);
    if (index === undefined || (cell !== undefined && !opens(cell, order.side))) continue;
    live.add(index);
    units += order.price * (order.size - order.filled);
  }
  for (const { index, armed, spent } of memory.cells)
    if (armed !== undefined && !live.has(index)) units += Math.max(0, armed.budget - spent);
  return new Big(units).times(gridsOf(instrument).unit);
}

/** Whether an order of that side opens in the cell, or closes what it holds. */
function opens({ lot, armed }: Cell, side: "buy" | "sell"): boolean {
  const way = lot === undefined || lot.size === 0 ? armed?.way : lot.way;
  return way === undefined || openingSide(way) === side;
}

/** Cells that hold, may open, or have an order left where they were before they moved. */
function busyCells(memory: GridMemory, view: View, { instrument }: GridParams): number {
  let count = 0;
  for (const cell of memory.cells) if (!isEmpty(cell) || cell.armed !== undefined) count += 1;
  const gone = new Set<number>();
  for (const order of view.orders(instrument)) {
    const index = cellIn(slotName(order.slot));
    if (index !== undefined && !memory.cells.some((each) => each.index === index)) gone.add(index);
  }
  return count + gone.size;
}
