// What own trades make of rungs, lot and books.
import { lots, notionalOf, type OwnFill, sizeToBig, type View } from "@bp/core";
import { feeIn } from "../fees.ts";
import { boughtMore, soldOff, targetsOf } from "./lot.ts";
import { type LadderMemory, rungIn } from "./memory.ts";
import type { LadderParams } from "./params.ts";

/** Folds the own trades that an event brought. The same memory when there were none. */
export function folded(memory: LadderMemory, view: View, params: LadderParams): LadderMemory {
  let next = memory;
  for (const fill of view.fills())
    if (fill.instrument === params.instrument)
      next = fill.side === "buy" ? bought(next, fill, view) : sold(next, fill, view);
  if (next.lot === memory.lot) return next;
  const instrument = view.instrument(params.instrument);
  return { ...next, targets: next.lot === undefined ? undefined : targetsOf(next.lot, instrument, params) };
}

function bought(memory: LadderMemory, fill: OwnFill, view: View): LadderMemory {
  const instrument = view.instrument(fill.instrument);
  const { book } = memory;
  return {
    ...memory,
    filled: counted(memory.filled, fill),
    lot: boughtMore(memory.lot, instrument, fill),
    boughtAt: Math.max(memory.boughtAt ?? 0, fill.venueAt),
    book: {
      ...book,
      bought: book.bought.plus(sizeToBig(instrument, fill.size)),
      spent: book.spent.plus(notionalOf(instrument, fill.price, fill.size)),
      fees: book.fees.plus(feeIn(instrument, fill).quote),
    },
  };
}

/** A trade in a slot of no rung (a person's own) spends nothing of a rung. */
function counted(filled: LadderMemory["filled"], { slot, size, price }: OwnFill): LadderMemory["filled"] {
  const index = rungIn(slot);
  if (index === undefined) return filled;
  const next = Array.from({ length: Math.max(filled.length, index + 1) }, (_, at) => filled[at]);
  const before = filled[index];
  next[index] = { lots: (before?.lots ?? 0) + size, units: (before?.units ?? 0) + price * size };
  return next;
}

function sold(memory: LadderMemory, fill: OwnFill, view: View): LadderMemory {
  const instrument = view.instrument(fill.instrument);
  const base = sizeToBig(instrument, lots(fill.size));
  const fee = feeIn(instrument, fill).quote;
  const worth = notionalOf(instrument, fill.price, fill.size);
  const { rest, cost, fees } = soldOff(memory.lot, base);
  const { book, sale } = memory;
  return {
    ...memory,
    lot: rest,
    sale: sale === undefined || sale.failures === 0 ? sale : { ...sale, failures: 0 },
    book: {
      ...book,
      sold: book.sold.plus(base),
      received: book.received.plus(worth),
      fees: book.fees.plus(fee),
      net: book.net.plus(worth).minus(cost).minus(fees).minus(fee),
    },
  };
}
