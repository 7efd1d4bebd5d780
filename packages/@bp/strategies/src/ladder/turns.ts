// What follows on what: from the first rung to the last sale, and on to the next ladder.
import { Big, type Event, type Instrument, sizeToBig, type View, venueOf } from "@bp/core";
import { judged } from "./exits.ts";
import { targetsOf } from "./lot.ts";
import {
  emptyBook,
  hasFilled,
  type Ladder,
  type LadderCycle,
  type LadderMemory,
  leftOf,
  wholeRungs,
} from "./memory.ts";
import type { LadderParams } from "./params.ts";
import { anchorOf, type LadderMarket } from "./prices.ts";
import { infeasible, lowestOf, type Rung, rungsOf, stepOf } from "./rungs.ts";
import { isSellable } from "./sale.ts";

/** The memory after an event, own trades already folded. Nothing is concluded while the position is unknown. */
export function turned(memory: LadderMemory, view: View, params: LadderParams, market?: LadderMarket): LadderMemory {
  if (view.position(params.instrument) === undefined) return memory;
  const begun = memory.begun ? memory : takenOver(memory, view, params);
  switch (begun.phase) {
    case "building":
    case "monitoring": {
      if (market === undefined) return begun;
      if (begun.ladder === undefined) return isClear(view, params) ? built(begun, view, params, market) : begun;
      const next = judged(opened(begun, view, params), view, params, market);
      return next.phase === "selling" ? next : moved(next, view, params, market);
    }
    case "selling": {
      const next = market === undefined ? begun : judged(begun, view, params, market);
      return isSold(next, view, params, market) ? finished(next, view, params) : next;
    }
    case "restarting": {
      if (!params.restartAfterTakeProfit) return { ...begun, phase: "done", end: "no new ladder is wanted any more" };
      if (view.now - begun.since < params.restartDelayMs) return begun;
      return turned({ ...begun, phase: "building", since: view.now }, view, params, market);
    }
    case "done":
    case "stopped":
      return begun;
  }
}

/** A person wants it to go on after a stop. */
export function resumed(memory: LadderMemory, event: Event, view: View): LadderMemory {
  if (memory.phase !== "stopped" || event.type !== "operator.asked" || event.ask !== "resume") return memory;
  return { ...memory, phase: "building", since: view.now, ladder: undefined, end: undefined };
}

/** Orders that the venue did not take while everything is to be sold. */
export function refused(memory: LadderMemory, event: Event, view: View, params: LadderParams): LadderMemory {
  if (memory.phase !== "selling" || memory.sale === undefined) return memory;
  const failed =
    event.type === "order.rejected" ||
    (event.type === "order.expired" && event.reason !== "filled-what-it-could") ||
    (event.type === "order.doubted" && event.request === "place");
  if (!failed) return memory;
  for (const order of view.orders(params.instrument))
    if (order.side === "sell" && order.state !== "unknown") return memory; // another one stands already
  return { ...memory, sale: { ...memory.sale, failures: memory.sale.failures + 1 } };
}

/** A position that is there before the first rung is part of the first cycle. */
function takenOver(memory: LadderMemory, view: View, params: LadderParams): LadderMemory {
  const holding = view.holding(params.instrument);
  if (holding === undefined || holding.size <= 0 || memory.lot !== undefined) return { ...memory, begun: true };
  const instrument = view.instrument(params.instrument);
  const none = new Big(0);
  const lot = { size: sizeToBig(instrument, holding.size), taken: none, cost: holding.cost, fees: none };
  return { ...memory, begun: true, lot, targets: targetsOf(lot, instrument, params) };
}

/** Whether no order of ours may be at the venue any more. */
function isClear(view: View, { instrument }: LadderParams): boolean {
  for (const _ of view.orders(instrument)) return false;
  return true;
}

function built(memory: LadderMemory, view: View, params: LadderParams, market: LadderMarket): LadderMemory {
  const instrument = view.instrument(params.instrument);
  const anchor = anchorOf(view, params, market);
  const rungs = rungsOf(params, instrument, anchor, market.touch);
  const why =
    infeasible(params, instrument, anchor) ??
    (rungs.length === 0 ? `${params.totalAmount} ${instrument.quote} buy less than the market takes` : undefined);
  if (why !== undefined) return { ...memory, phase: "stopped", since: view.now, end: why };
  const ladder: Ladder = {
    anchor,
    lowest: lowestOf(params, anchor),
    rungs,
    asked: params.orderCount,
    builtAt: view.now,
    shortage: shortageOf(rungs, memory, view, instrument),
  };
  const book = memory.book.startedAt === 0 ? { ...memory.book, startedAt: view.now } : memory.book;
  return {
    ...memory,
    ladder,
    phase: "building",
    since: view.now,
    moving: false,
    drop: undefined,
    peak: undefined,
    book,
  };
}

/** Which rungs the wallet cannot pay for, with what is needed and what there is. */
function shortageOf(
  rungs: readonly Rung[],
  { filled }: LadderMemory,
  view: View,
  instrument: Instrument,
): string | undefined {
  const { quote, kind, tickSize, lotSize } = instrument;
  const balance = view.balance(venueOf(instrument.id), quote);
  if (kind === "perp" || balance === undefined) return undefined;
  const unit = new Big(tickSize).times(lotSize);
  let needed = new Big(0);
  let first: Rung | undefined;
  for (const rung of rungs) {
    needed = needed.plus(unit.times(rung.price).times(leftOf(rung, filled)));
    if (needed.gt(balance.total)) first ??= rung;
  }
  if (first === undefined) return undefined;
  const last = rungs.at(-1)?.index ?? first.index;
  const which = last === first.index ? `rung ${last + 1} waits` : `rungs ${first.index + 1} to ${last + 1} wait`;
  return `not enough funds: the ladder needs ${needed.toFixed(2)} ${quote}, ${balance.total.toFixed(2)} are available; ${which}`;
}

/** The first order stands, or has traded already. */
function opened(memory: LadderMemory, view: View, params: LadderParams): LadderMemory {
  if (memory.phase === "monitoring") return memory;
  let stands = hasFilled(memory);
  for (const { state } of view.orders(params.instrument)) stands ||= state === "open";
  return stands ? { ...memory, phase: "monitoring", since: view.now } : memory;
}

/** A ladder of which nothing has filled goes after the price: its rungs come down first, and it is built anew when all are gone. */
function moved(memory: LadderMemory, view: View, params: LadderParams, market: LadderMarket): LadderMemory {
  const { ladder } = memory;
  if (ladder === undefined) return memory;
  if (!memory.moving) {
    if (!params.reanchorOnNoFill || hasFilled(memory)) return memory;
    if (view.now - ladder.builtAt < params.noFillRestartMs) return memory;
    const away = Math.abs(anchorOf(view, params, market) - ladder.anchor);
    return away < stepOf(params, ladder.anchor) ? memory : { ...memory, moving: true };
  }
  if (hasFilled(memory)) return { ...memory, moving: false }; // it filled on its way out: it stays where it is
  return isClear(view, params) ? built({ ...memory, ladder: undefined }, view, params, market) : memory;
}

/** Nothing is left that could be sold, and no order that could change that. */
function isSold(memory: LadderMemory, view: View, params: LadderParams, market?: LadderMarket): boolean {
  const held = view.position(params.instrument);
  if (held === undefined || !isClear(view, params)) return false;
  const selling = { gives: memory.sale?.gives === true, targets: memory.targets };
  return !isSellable(held, selling, view, params, market?.touch.bid[0]);
}

function finished(memory: LadderMemory, view: View, params: LadderParams): LadderMemory {
  const { sale, lot, book, totals, ladder } = memory;
  const instrument = view.instrument(params.instrument);
  const none = new Big(0);
  const lastCycle: LadderCycle = {
    ...book,
    number: memory.cycle,
    endedAt: view.now,
    why: sale?.why ?? "take profit",
    anchor: ladder?.anchor ?? 0,
    rungsFilled: wholeRungs(memory),
    rungs: ladder?.rungs.length ?? 0,
    dust: lot === undefined ? none : lot.size.minus(lot.taken),
    dustCost: lot?.cost ?? none,
  };
  const what = `${lastCycle.why}: cycle ${lastCycle.number} sold ${book.sold.toFixed()} ${instrument.base} for ${book.received.toFixed(2)} ${instrument.quote}, ${book.net.toFixed(4)} after fees`;
  const phase = sale?.gives === true ? "stopped" : params.restartAfterTakeProfit ? "restarting" : "done";
  return {
    ...memory,
    phase,
    since: view.now,
    cycle: memory.cycle + 1,
    ladder: undefined,
    filled: [],
    moving: false,
    peak: undefined,
    drop: undefined,
    sale: undefined,
    book: emptyBook(0),
    lastCycle,
    totals: {
      cycles: totals.cycles + 1,
      won: totals.won + (book.net.gt(0) ? 1 : 0),
      spent: totals.spent.plus(book.spent),
      received: totals.received.plus(book.received),
      fees: totals.fees.plus(book.fees),
      net: totals.net.plus(book.net),
    },
    end: phase === "restarting" ? undefined : what,
  };
}
