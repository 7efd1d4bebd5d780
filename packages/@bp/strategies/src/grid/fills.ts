// What own trades make of cells, lots and books.
import {
  Big,
  type Instrument,
  type Lots,
  lots,
  millis,
  notionalOf,
  type OwnFill,
  priceToBig,
  type View,
} from "@bp/core";
import { feeIn, type Paid } from "../fees.ts";
import { latticeIn } from "./lattice.ts";
import { closable, closed, joined, opened } from "./lots.ts";
import {
  type Cell,
  type Cycle,
  emptyCell,
  type GridMemory,
  isEmpty,
  type Lot,
  openingSide,
  slotOf,
  type Way,
} from "./memory.ts";
import type { GridParams } from "./params.ts";
import { scored } from "./points.ts";

const dayMs = 86_400_000;

/** Folds the own trades that an event brought. The same memory when there were none. */
export function filled(memory: GridMemory, view: View, params: GridParams): GridMemory {
  let next = memory;
  for (const fill of view.fills()) {
    if (fill.instrument !== params.instrument) continue;
    const instrument = view.instrument(fill.instrument);
    const fee = feeIn(instrument, fill);
    next = placed(booked(next, fill, instrument, fee.quote), fill, fee, instrument, view, params);
  }
  return next;
}

/** The books know of a trade before it is known what it closed. */
function booked(memory: GridMemory, fill: OwnFill, instrument: Instrument, fee: Big): GridMemory {
  const ledger = onDay(memory.ledger, fill.venueAt);
  const notional = notionalOf(instrument, fill.price, fill.size);
  return {
    ...memory,
    points: scored(memory.points, notional, fill.liquidity, fill.venueAt),
    ledger: {
      ...ledger,
      buys: ledger.buys + (fill.side === "buy" ? 1 : 0),
      sells: ledger.sells + (fill.side === "sell" ? 1 : 0),
      fees: ledger.fees.plus(fee),
      today: ledger.today.minus(fee),
    },
  };
}

/** The books of the day of a moment: what was realised on another day counts no more. */
export function onDay(ledger: GridMemory["ledger"], at: number): GridMemory["ledger"] {
  const day = millis(at - (at % dayMs));
  return day <= ledger.day ? ledger : { ...ledger, day, today: new Big(0) };
}

function placed(
  memory: GridMemory,
  fill: OwnFill,
  fee: Paid,
  instrument: Instrument,
  view: View,
  params: GridParams,
): GridMemory {
  const index = cellIn(fill.slot);
  if (index === undefined) return reduced(memory, fill, fee, instrument, view, params);
  const known = withCell(memory, index, instrument, params);
  const cell = known.cells.find((each) => each.index === index);
  if (cell === undefined) return memory;
  const { lot } = cell;
  const opens = lot === undefined || lot.size === 0 || fill.side === openingSide(lot.way);
  if (!opens) return closing(known, cell, fill, fill.size, fee.quote, view, params);
  const way = fill.side === "buy" ? "long" : "short";
  if (instrument.kind === "spot" && way === "short") return reduced(known, fill, fee, instrument, view, params);
  const trade = { way, size: fill.size, price: priceToBig(instrument, fill.price), taken: fee.base } as const;
  return put(known, {
    ...cell,
    lot: opened(instrument, lot, trade, params, cell),
    spent: cell.spent + fill.price * fill.size,
    fees: cell.fees.plus(fee.quote),
  });
}

/** A trade in a slot of no cell: a stop, a person's flatten, the stock of an infinite grid. */
function reduced(
  memory: GridMemory,
  fill: OwnFill,
  fee: Paid,
  instrument: Instrument,
  view: View,
  params: GridParams,
): GridMemory {
  let left: number = fill.size;
  let next = memory;
  const takes = (lot: Lot | undefined) =>
    lot !== undefined && openingSide(lot.way) !== fill.side ? Math.min(left, closable(instrument, lot)) : 0;
  const share = (size: number) => (size === fill.size ? fee.quote : fee.quote.times(size).div(fill.size));
  const takeFrom = (cells: readonly Cell[]) => {
    for (const cell of cells) {
      const size = takes(cell.lot);
      if (size === 0) continue;
      left -= size;
      next = closing(next, cell, fill, lots(size), share(size), view, params);
    }
  };
  takeFrom(memory.cells.filter(({ stopping }) => stopping));
  const fromCore = takes(next.core);
  if (next.core !== undefined && fromCore > 0) {
    left -= fromCore;
    const { lot, gross } = closed(instrument, next.core, lots(fromCore), priceToBig(instrument, fill.price));
    next = earned({ ...next, core: lot }, gross);
  }
  if (left > 0) takeFrom(next.cells.filter(({ stopping }) => !stopping));
  if (left === 0) return next;
  const way = fill.side === "buy" ? "long" : "short";
  if (instrument.kind === "spot" && way === "short") return next; // more sold than there was: not ours to book
  const taken = left === fill.size ? fee.base : fee.base.times(left).div(fill.size);
  const trade = { way, size: lots(left), price: priceToBig(instrument, fill.price), taken } as const;
  return { ...next, core: opened(instrument, next.core, trade, params, undefined) };
}

function closing(
  memory: GridMemory,
  cell: Cell,
  fill: OwnFill,
  size: Lots,
  fee: Big,
  view: View,
  params: GridParams,
): GridMemory {
  const instrument = view.instrument(fill.instrument);
  if (cell.lot === undefined) return memory;
  const { lot, gross } = closed(instrument, cell.lot, size, priceToBig(instrument, fill.price));
  const next = earned(memory, gross);
  const after = { ...cell, lot, gross: cell.gross.plus(gross), fees: cell.fees.plus(fee) };
  return lot !== undefined && lot.size > 0 ? put(next, after) : ended(next, after, cell.lot.way, view, params);
}

/** Ends the cycle of a cell: what its lot still has is too little to sell, and waits for what the cell opens next. */
export function ended(memory: GridMemory, cell: Cell, way: Way, view: View, params: GridParams): GridMemory {
  const { index, gross, fees, stopping, armed } = cell;
  const cycle: Cycle = { index, way, at: view.now, gross, fees, stopped: stopping };
  const net = gross.minus(fees);
  const none = new Big(0);
  const works = isLive(view, params, slotOf(index, openingSide(way)));
  const { ledger } = memory;
  return put(
    {
      ...memory,
      pot: params.compound && net.gt(0) ? memory.pot.plus(net) : memory.pot,
      ledger: {
        ...ledger,
        cycles: ledger.cycles + 1,
        won: ledger.won + (net.gt(0) ? 1 : 0),
        lastCycle: cycle,
      },
    },
    // What still rests of its opening order stays; else it opens anew like any other.
    { ...cell, armed: works ? armed : undefined, spent: 0, gross: none, fees: none, stopping: false },
  );
}

function earned(memory: GridMemory, gross: Big): GridMemory {
  const { ledger } = memory;
  return {
    ...memory,
    ledger: { ...ledger, gross: ledger.gross.plus(gross), today: ledger.today.plus(gross) },
  };
}

/** The memory with a cell of that index: one that has moved away comes back while an order of its old place trades. */
function withCell(memory: GridMemory, index: number, instrument: Instrument, params: GridParams): GridMemory {
  if (memory.anchor === undefined || memory.cells.some((each) => each.index === index)) return memory;
  const lattice = latticeIn(params, instrument, memory.anchor);
  const cell = emptyCell(index, lattice.edge(index), lattice.edge(index + 1));
  return { ...memory, cells: [...memory.cells, cell].toSorted((a, b) => a.index - b.index) };
}

/** Puts a cell in the place of the one with its index. */
export function put(memory: GridMemory, cell: Cell): GridMemory {
  return { ...memory, cells: memory.cells.map((each) => (each.index === cell.index ? cell : each)) };
}

/** Gives what a cell holds to the core: too little to sell, or a part of an infinite grid's stock. */
export function toCore(memory: GridMemory, cell: Cell, instrument: Instrument, params: GridParams): GridMemory {
  const given = cell.lot === undefined ? undefined : { ...cell.lot, size: isEmpty(cell) ? lots(0) : cell.lot.size };
  return { ...memory, core: joined(instrument, memory.core, given, params) };
}

/** The index of a cell's slot: `cell.-3.buy` is -3. */
export function cellIn(slot: string): number | undefined {
  const found = /^cell\.(-?\d+)\.(?:buy|sell)$/.exec(slot)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether an order of the slot may be at the venue. */
export function isLive(view: View, params: Pick<GridParams, "instrument">, slot: string): boolean {
  for (const order of view.orders(params.instrument)) if (slotName(order.slot) === slot) return true;
  return false;
}

/** `grid/cell.3.buy` is `cell.3.buy`. */
export function slotName(slot: string): string {
  return slot.slice(slot.indexOf("/") + 1);
}
