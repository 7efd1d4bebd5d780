// Lots that are given up at their stop: when, how far they may trade, and what is left over.
import { lots, type Side, type Ticks, type View } from "@bp/core";
import { highestPurchase, lowestSale } from "../caps.ts";
import { percent } from "../fraction.ts";
import { minimumSize } from "../minimum.ts";
import { mayReduce } from "../reduce.ts";
import { ended, isLive } from "./fills.ts";
import { closable, isStopped } from "./lots.ts";
import { type Cell, closingSide, type GridMemory, slotOf } from "./memory.ts";
import type { GridParams } from "./params.ts";
import { leastAt } from "./sizing.ts";
import type { Market } from "./touch.ts";

/** Lots whose stop the price has reached are given up; an infinite grid begins when its stock is there. */
export function stopped(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  const { price } = market;
  const instrument = view.instrument(params.instrument);
  let next = leftOver(memory, view, params, market);
  if (params.stopLossPct !== undefined && next.cells.some((cell) => fires(cell)))
    next = { ...next, cells: next.cells.map((cell) => (fires(cell) ? { ...cell, stopping: true } : cell)) };
  const { stock } = next;
  if (stock === undefined) return next;
  const missing = stock - (view.position(params.instrument) ?? 0);
  return missing <= stock / 100 || missing * price < leastAt(instrument, price) ? { ...next, stock: undefined } : next;

  function fires({ lot, stopping }: Cell): boolean {
    if (stopping || lot === undefined || lot.size === 0 || !isStopped(lot, price)) return false;
    return isTaken(closable(instrument, lot), closingSide(lot.way), view, params, market);
  }
}

/** Lots to be traded for the cells that are given up, signed like a trade. */
export function givenUp({ cells }: Pick<GridMemory, "cells">, view: View, params: GridParams): number {
  const instrument = view.instrument(params.instrument);
  let sum = 0;
  for (const { lot, stopping } of cells)
    if (stopping && lot !== undefined) sum += closable(instrument, lot) * (lot.way === "long" ? -1 : 1);
  return sum;
}

/** How far beyond the touch an order that takes may trade, in ticks. */
export function worstOf(side: Side, { slippagePct }: GridParams, { bid, ask }: Market): Ticks {
  const slippage = percent(slippagePct);
  return side === "sell" ? lowestSale(bid, slippage) : highestPurchase(ask, slippage);
}

/** Whether orders of the grid that close may be `reduceOnly`: those of a neutral one may close a lot and open a position. */
export function isReducing(side: Side, view: View, params: GridParams): boolean {
  return params.side !== "neutral" && mayReduce(view, params.instrument, side);
}

/** Whether the market takes so many lots, judged as venues do: at the worst price that the order may get. */
function isTaken(size: number, side: Side, view: View, params: GridParams, market: Market): boolean {
  const instrument = view.instrument(params.instrument);
  return size >= minimumSize(instrument, worstOf(side, params, market), isReducing(side, view, params));
}

/**
 * What is left of lots that are given up and is less than the market takes ends their cycle: it waits, with its cost, for
 * what the cell buys next. A neutral cell may open the other way, so there it stays where it is.
 */
function leftOver(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  const missing = givenUp(memory, view, params);
  if (missing === 0 || memory.stock !== undefined || params.side === "neutral") return memory;
  if (isTaken(Math.abs(missing), missing < 0 ? "sell" : "buy", view, params, market)) return memory;
  const giving = memory.cells.filter(({ stopping }) => stopping);
  const slots = giving.flatMap(({ index }) => [slotOf(index, "buy"), slotOf(index, "sell")]);
  if ([`hold:${params.instrument}`, ...slots].some((slot) => isLive(view, params, slot))) return memory; // it may trade yet
  let next = memory;
  for (const cell of giving)
    if (cell.lot !== undefined)
      next = ended(next, { ...cell, lot: { ...cell.lot, size: lots(0) } }, cell.lot.way, view, params);
  return next;
}
