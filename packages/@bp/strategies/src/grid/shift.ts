// Where the lattice stands, and when it moves: only after the price has left it for good, and only cells that are empty.
import { type Instrument, type Ticks, type View } from "@bp/core";
import { isLive, toCore } from "./fills.ts";
import { type Lattice, latticeIn, windowAt } from "./lattice.ts";
import { type Cell, emptyCell, type GridMemory, isEmpty } from "./memory.ts";
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
export function isBeyond(price: number, lower: number, upper: number, marginPct: number): boolean {
  return price < lower * (1 - marginPct / 100) || price > upper * (1 + marginPct / 100);
}

function whereTo(memory: GridMemory, view: View, params: GridParams, price: Ticks, lattice: Lattice) {
  const { window, outsideSince } = memory;
  const top = window + params.cells;
  const stays = { window, outsideSince: undefined };
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
  const away = memory.cells.filter((cell) => !isInside(cell) && isMovable(cell, view, params));
  if (away.length === 0) return memory;
  const there = new Set(memory.cells.map(({ index }) => index));
  const middle = lattice.indexOf(price);
  const missing = Array.from({ length: params.cells }, (_, at) => window + at)
    .filter((index) => !there.has(index))
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  const surplus = Math.max(0, memory.cells.length - params.cells);
  const count = Math.min(away.length, missing.length + surplus);
  if (count === 0) return memory;

  const going = new Set(away.slice(0, count));
  let next = memory;
  for (const cell of going) {
    next = toCore(next, cell, instrument, params);
    if (cell.armed !== undefined && cell.armed.extra.gt(0)) next = { ...next, pot: next.pot.plus(cell.armed.extra) };
  }
  const coming = missing.slice(0, Math.max(0, count - surplus)).map((index) => cellAt(lattice, index));
  const cells = [...next.cells.filter((cell) => !going.has(cell)), ...coming].toSorted((a, b) => a.index - b.index);
  return { ...next, cells };
}

/** Cells that hold stay where they are; those of an infinite grid give what they hold to its stock. */
function isMovable(cell: Cell, view: View, params: GridParams): boolean {
  if (cell.stopping) return false;
  if (isEmpty(cell)) return true;
  return params.infinite && !isLive(view, params, `cell.${cell.index}.sell`);
}

function cellAt(lattice: Lattice, index: number): Cell {
  return emptyCell(index, lattice.edge(index), lattice.edge(index + 1));
}
