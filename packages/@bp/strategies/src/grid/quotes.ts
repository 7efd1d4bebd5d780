// The orders that should rest now, out of what the cells are about.
import { type Hold, type Instrument, lots, type OrderView, type Quote, type View } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import { entryOf, mayOpen } from "./arming.ts";
import { slotName } from "./fills.ts";
import { closable } from "./lots.ts";
import { type Cell, closingSide, type GridMemory, isEmpty, type Lot, openingSide, slotOf } from "./memory.ts";
import type { GridParams } from "./params.ts";
import { baseValueOf, leastAt } from "./sizing.ts";
import { givenUp, isReducing, worstOf } from "./stops.ts";
import type { Market } from "./touch.ts";

/**
 * The wishes of this moment; the same memory when they are the same. A new opening order comes when the pace allows it, one
 * at a time, the nearest to the price first. A closing order answers its fill at once; one that should be larger goes and
 * comes again, at most once in a pace.
 */
export function wished(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  const instrument = view.instrument(params.instrument);
  const live = new Map<string, OrderView>();
  for (const order of view.orders(instrument.id)) live.set(slotName(order.slot), order);
  const before = new Map(memory.quotes.map((each) => [each.slot, each]));
  const due = view.now - memory.actedAt >= params.paceMs;
  const quotes: Quote[] = [];
  const fresh: Quote[] = [];
  let acts = false;

  const close = (lot: Lot | undefined, slot: string) => {
    const exit = exitOf(lot, slot, live.get(slot), view, params, market);
    if (exit === undefined) return;
    const order = live.get(slot);
    const grows = order?.state === "open" && order.price === exit.price && order.size - order.filled < exit.size;
    if (order === undefined || (grows && due)) acts = true;
    if (!(grows && due)) quotes.push(exit);
  };
  for (const cell of memory.cells) {
    if (cell.stopping) continue;
    if (cell.lot !== undefined && !isEmpty(cell)) close(cell.lot, slotOf(cell.index, closingSide(cell.lot.way)));
    const entry = entryFor(cell, live, params, instrument, market);
    if (entry === undefined) continue;
    if (live.has(entry.slot) || before.has(entry.slot)) quotes.push(entry);
    else fresh.push(entry);
  }
  const { core } = memory;
  if (core !== undefined && !params.infinite) close(core, `core.${closingSide(core.way)}`);
  const [next] = fresh.toSorted((a, b) => Math.abs(a.price - market.price) - Math.abs(b.price - market.price));
  if (next !== undefined && due) {
    quotes.push(next);
    acts = true;
  }

  const kept = reused(quotes, memory.quotes, before);
  const hold = holdFor(memory, view, params, instrument, market);
  const actedAt = acts && kept !== memory.quotes ? view.now : memory.actedAt;
  if (kept === memory.quotes && hold === memory.hold && actedAt === memory.actedAt) return memory;
  return { ...memory, quotes: kept, hold, actedAt };
}

/**
 * The order that closes a lot, as far as it can be closed. Where the market is at its price already it takes, at that
 * price or better; one that rests stays as it is.
 */
function exitOf(
  lot: Lot | undefined,
  slot: string,
  order: OrderView | undefined,
  view: View,
  params: GridParams,
  { bid, ask }: Market,
): Quote | undefined {
  if (lot === undefined) return undefined;
  const instrument = view.instrument(params.instrument);
  const size = closable(instrument, lot);
  const { way, target: price } = lot;
  const side = closingSide(way);
  const reduceOnly = isReducing(side, view, params);
  // What is left of an order that rests may be less than a new one has to be.
  if (size < (order === undefined ? minimumSize(instrument, price, reduceOnly) : 1)) return undefined;
  const passive = way === "long" ? bid < price : ask > price;
  const postOnly = order === undefined ? passive : order.postOnly;
  const quote: Quote = { kind: "quote", instrument: instrument.id, slot, side, price, size, postOnly };
  return reduceOnly ? { ...quote, reduceOnly } : quote;
}

/** What is left to open of an armed cell. An order that rests stays where it is; a new one only goes where it rests. */
function entryFor(
  cell: Cell,
  live: ReadonlyMap<string, OrderView>,
  params: GridParams,
  instrument: Instrument,
  market: Market,
): Quote | undefined {
  const { armed } = cell;
  if (armed === undefined || (!isEmpty(cell) && cell.lot?.way !== armed.way)) return undefined;
  const side = openingSide(armed.way);
  const slot = slotOf(cell.index, side);
  const order = live.get(slot);
  if (order === undefined && !mayOpen(cell, armed.way, params, market)) return undefined;
  const price = order?.price ?? entryOf(cell, armed.way, params, market);
  const size = lots(Math.max(0, Math.floor((armed.budget - cell.spent) / price)));
  if (size === 0 || size * price < leastAt(instrument, price)) return undefined;
  return { kind: "quote", instrument: instrument.id, slot, side, price, size, postOnly: true };
}

/** The array and the wishes of before, as far as they are still the same. */
function reused(
  quotes: readonly Quote[],
  before: readonly Quote[],
  bySlot: ReadonlyMap<string, Quote>,
): readonly Quote[] {
  const next = quotes.map((each) => {
    const was = bySlot.get(each.slot);
    return was !== undefined && isSame(was, each) ? was : each;
  });
  return next.length === before.length && next.every((each, at) => each === before[at]) ? before : next;
}

function isSame(a: Quote, b: Quote): boolean {
  return (
    a.price === b.price &&
    a.size === b.size &&
    a.side === b.side &&
    a.postOnly === b.postOnly &&
    a.reduceOnly === b.reduceOnly
  );
}

/** Position without the lots that are given up; for an infinite grid, at its start, with its stock. */
function holdFor(
  memory: GridMemory,
  view: View,
  params: GridParams,
  instrument: Instrument,
  market: Market,
): Hold | undefined {
  const held = view.position(instrument.id);
  if (held === undefined) return undefined;
  const stopping = memory.cells.filter((cell) => cell.stopping);
  if (stopping.length === 0 && memory.stock === undefined) return undefined;
  const position = (memory.stock ?? held) + givenUp(memory, view, params);
  const worst = worstOf(position < held ? "sell" : "buy", params, market);
  const why =
    memory.stock === undefined
      ? `stop loss: ${stopping.map(({ index }) => `cell ${index}`).join(", ")}`
      : `the stock of an infinite grid, worth ${baseValueOf(params).toFixed()} ${instrument.quote}`;
  const { hold } = memory;
  if (hold !== undefined && hold.position === position && hold.worst === worst && hold.why === why) return hold;
  return { kind: "hold", instrument: instrument.id, position: lots(position), worst, why };
}
