// Where the lattice stands, and when it moves: only after the price has left it for good, and only cells that are empty.
import type { Instrument, Ticks, View } from "@bp/core";
import { isLive, toCore } from "./fills.ts";
import { type Lattice, latticeIn, windowAt } from "./lattice.ts";
import { type Cell, emptyCell, type GridMemory, isEmpty, slotOf } from "./memory.ts";
import type { GridParams } from "./params.ts";

/** The lattice around the first price. */
export function laid(memory: GridMemory, instrument: Instrument, params: GridParams, price: Ticks): GridMemory {
  const lattice = latticeIn(params, instrument, price);
  const window = windowAt(lattice, price, params.cells);
  const cells = Array.from({ length: params.cells }, (_, at) => cellAt(lattice, window + at));
  return { ...memory, anchor: price, window, cells };
}

/** Moves the lattice when it is time, and brings empty cells to where it stands. The same memory when nothing moves. */
export function shifted(memory: GridMemory, view: View, params: GridParams, price: Ticks): GridMemory {
  if (memory.anchor === undefined) return memory;
  const instrument = view.instrument(params.instrument);
  const lattice = latticeIn(params, instrument, memory.anchor);
  const { window, outsideSince } = whereTo(memory, view, params, price, lattice);
  const moved = window === memory.window ? memory : { ...memory, window };
  const told = outsideSince === memory.outsideSince ? moved : { ...moved, outsideSince };
  return gathered(told, view, params, instrument, lattice, price);
}

/** Whether a price is beyond the lattice by more than its margin. */
function isBeyond(price: number, lower: number, upper: number, marginPct: number): boolean {
  return price < lower * (1 - marginPct / 100) || price > upper * (1 + marginPct / 100);
}

function whereTo(memory: GridMemory, view: View, params: GridParams, price: Ticks, lattice: Lattice) {
  const { window, outsideSince } = memory;
  const top = window + params.cells;
  const stays = { window, outsideSince: undefined };
  if (params.infinite) {
    const index = lattice.indexOf(price); // there is always a cell above the price to sell in, and one below to buy in
    return index > window && index < top - 1 ? stays : { ...stays, window: windowAt(lattice, price, params.cells) };
  }
  if (params.trailing && price >= lattice.edge(top + 1)) return { window: window + 1, outsideSince: undefined };
  if (!isBeyond(price, lattice.edge(window), lattice.edge(top), Number(params.shiftMarginPct))) return stays;
  if (outsideSince === undefined) return { window, outsideSince: view.now };
  if (view.now - outsideSince < params.shiftAfterMs) return { window, outsideSince };
  return { ...stays, window: windowAt(lattice, price, params.cells) };
}

/** Cells of the lattice that are missing take the places of cells elsewhere that are empty; the nearest to the price come first. */
function gathered(
  memory: GridMemory,
  view: View,
  params: GridParams,
  instrument: Instrument,
  lattice: Lattice,
  price: Ticks,
): GridMemory {
  const { window } = memory;
  const isInside = ({ index }: Cell) => index >= window && index < window + params.cells;
  const out = memory.cells.filter((cell) => !isInside(cell) && isMovable(cell, params));
  if (out.length === 0) return memory;
  // An order goes with its cell, one in a pace; cells without one move at once.
  const bare = out.filter((cell) => !hasOrder(cell, view, params));
  const [first] = out.filter((cell) => !bare.includes(cell));
  const paced = first !== undefined && view.now - memory.actedAt >= params.paceMs ? first : undefined;
  const away = paced === undefined ? bare : [...bare, paced];
  const there = new Set(memory.cells.map(({ index }) => index));
  const middle = lattice.indexOf(price);
  const missing = Array.from({ length: params.cells }, (_, at) => window + at)
    .filter((index) => !there.has(index))
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  const surplus = Math.max(0, memory.cells.length - params.cells);
  const count = Math.min(away.length, missing.length + surplus);
  if (count === 0) return memory;

  const going = new Set(away.slice(0, count));
  let next = paced !== undefined && going.has(paced) ? { ...memory, actedAt: view.now } : memory;
  for (const cell of going) {
    next = toCore(next, cell, instrument, params);
    if (cell.armed?.extra.gt(0) === true) next = { ...next, pot: next.pot.plus(cell.armed.extra) };
  }
  const coming = missing.slice(0, Math.max(0, count - surplus)).map((index) => cellAt(lattice, index));
  const cells = [...next.cells.filter((cell) => !going.has(cell)), ...coming].toSorted((a, b) => a.index - b.index);
  return { ...next, cells };
}

function hasOrder({ index }: Cell, view: View, params: GridParams): boolean {
  return isLive(view, params, slotOf(index, "buy")) || isLive(view, params, slotOf(index, "sell"));
}

/** Cells that hold stay where they are; those of an infinite grid give what they hold to its stock. */
function isMovable(cell: Cell, { infinite }: GridParams): boolean {
  return !cell.stopping && (infinite || isEmpty(cell));
}

function cellAt(lattice: Lattice, index: number): Cell {
  return emptyCell(index, lattice.edge(index), lattice.edge(index + 1));
}
