// What the grid remembers: cells with their lots, the books of what was traded, and what it is waiting for.
import { Big, type Hold, type Lots, type Millis, millis, type Quote, type Side, type Ticks } from "@bp/core";
import { type Bars, noBars } from "./bars.ts";
import { noPoints, type Points } from "./points.ts";

/** What it opens with: a long lot buys first. */
export type Way = "long" | "short";

/** Inventory of one cell, with a cost of its own that nothing but its own trades changes. */
export interface Lot {
  readonly way: Way;
  /** Base that is there: what was bought less what its fees took, less what was sold. Positive for a short one too. */
  readonly base: Big;
  /** What that base cost, in quote, without fees. */
  readonly cost: Big;
  /** Whole lots of the open cycle, fees aside; 0: closed, and `base` is what is too little to sell. */
  readonly size: Lots;
  /** Where it is closed with profit. */
  readonly target: Ticks;
  /** At this price or worse it is given up; `undefined`: never. */
  readonly stop: Ticks | undefined;
}

/** A cell that may open a lot. */
export interface Armed {
  readonly way: Way;
  /** What it may spend, in tick-lots: price × size. */
  readonly budget: number;
  /** What of that was earned before, in quote. */
  readonly extra: Big;
}

/** One cell. */
export interface Cell {
  /** Its place in the lattice, and its name: slots are `cell.<index>.buy` and `cell.<index>.sell`. */
  readonly index: number;
  readonly floor: Ticks;
  readonly ceiling: Ticks;
  readonly armed: Armed | undefined;
  readonly lot: Lot | undefined;
  /** Opened in this cycle, in tick-lots. */
  readonly spent: number;
  /** Profit of this cycle before fees, and its fees, in quote. */
  readonly gross: Big;
  readonly fees: Big;
  /** Being given up: the stop loss has fired. */
  readonly stopping: boolean;
}

/** One whole turn of a cell: opened and closed. */
export interface Cycle {
  readonly index: number;
  readonly way: Way;
  readonly at: Millis;
  readonly gross: Big;
  readonly fees: Big;
  readonly stopped: boolean;
}

/** What was traded so far. Money in quote; fees in base are converted at the price of their trade. */
export interface Ledger {
  /** Trades, each counted once. */
  readonly buys: number;
  readonly sells: number;
  /** Profit of what was closed, before fees: the grid's own profit. */
  readonly gross: Big;
  readonly fees: Big;
  readonly cycles: number;
  /** Cycles that earned more than their fees. */
  readonly won: number;
  readonly lastCycle: Cycle | undefined;
  /** Realised less fees since 00:00 UTC of `day`. */
  readonly today: Big;
  readonly day: Millis;
}

/** How bad the losses are: by it new orders get smaller. From calm to the worst. */
export type RiskLevel = "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";

/** Equity: the quote in the wallet at the start and everything that the grid has made of it. */
export interface Equity {
  readonly start: Big;
  /** The floating result that was there at the start. */
  readonly floatingThen: Big;
  readonly now: Big;
  readonly peak: Big;
  /** Largest fall from a peak so far, in percent of it. */
  readonly worstPct: number;
  readonly level: RiskLevel;
}

/** The last comparison of live orders with those that should be. */
export interface Audit {
  readonly at: Millis;
  readonly expected: number;
  readonly live: number;
  /** Slots that should have an order and have none. */
  readonly missing: readonly string[];
  /** Seen missing twice in a row. */
  readonly sure: boolean;
}

/** What the grid remembers between events. Plain data. */
export interface GridMemory {
  /** Edge 0 of a geometric lattice; `undefined`: no lattice yet. */
  readonly anchor: Ticks | undefined;
  /** The lowest cell of the lattice. Cells that hold may be elsewhere. */
  readonly window: number;
  /** Since when the price has been beyond the lattice by the margin. */
  readonly outsideSince: Millis | undefined;
  /** Lowest first. */
  readonly cells: readonly Cell[];
  /** What belongs to no cell: adopted, too little to sell, or an infinite grid's stock. */
  readonly core: Lot | undefined;
  /** An infinite grid buys up to this many lots before it begins. */
  readonly stock: Lots | undefined;
  readonly quotes: readonly Quote[];
  readonly hold: Hold | undefined;
  readonly ledger: Ledger;
  readonly points: Points;
  readonly bars: Bars;
  readonly equity: Equity | undefined;
  /** Earned, and waiting for the next order (compound). */
  readonly pot: Big;
  /** When an order was last put up or taken away, and when that was last tried. */
  readonly actedAt: Millis;
  readonly triedAt: Millis;
  /** Why cells do not open; by topic. */
  readonly skips: readonly { readonly topic: string; readonly say: string }[];
  /** Quote that others' orders on this account hold. */
  readonly foreign: Big;
  readonly audit: Audit | undefined;
  /** When the last summary was due: one every `loopMs`. */
  readonly loopAt: Millis;
  /** The largest loss was reached. */
  readonly over: string | undefined;
  /** The touch and the print that were last looked at, in ticks. */
  readonly seen: { readonly bid: number; readonly ask: number; readonly last: number };
}

const zero = /* @__PURE__ */ new Big(0);
const nothing: readonly never[] = [];

/** How often the grid is summed up for a person, in ms. */
export const loopMs = 10_000;

/** The memory before the first event. */
export function nothingYet(): GridMemory {
  return {
    anchor: undefined,
    window: 0,
    outsideSince: undefined,
    cells: nothing,
    core: undefined,
    stock: undefined,
    quotes: nothing,
    hold: undefined,
    ledger: {
      buys: 0,
      sells: 0,
      gross: zero,
      fees: zero,
      cycles: 0,
      won: 0,
      lastCycle: undefined,
      today: zero,
      day: millis(0),
    },
    points: noPoints,
    bars: noBars,
    equity: undefined,
    pot: zero,
    actedAt: millis(0),
    triedAt: millis(0),
    skips: nothing,
    foreign: zero,
    audit: undefined,
    loopAt: millis(0),
    over: undefined,
    seen: { bid: 0, ask: 0, last: 0 },
  };
}

/** A cell with nothing in it. */
export function emptyCell(index: number, floor: Ticks, ceiling: Ticks): Cell {
  const none = { armed: undefined, lot: undefined, spent: 0, gross: zero, fees: zero, stopping: false };
  return { index, floor, ceiling, ...none };
}

/** Whether a cell holds nothing that could be closed. */
export function isEmpty({ lot }: Cell): boolean {
  return lot === undefined || lot.size === 0;
}

/** The slot of a cell's orders of one side. */
export function slotOf(index: number, side: Side): string {
  return `cell.${index}.${side}`;
}

/** The side on which a lot is opened, and the one on which it is closed. */
export const openingSide = (way: Way): Side => (way === "long" ? "buy" : "sell");
export const closingSide = (way: Way): Side => (way === "long" ? "sell" : "buy");
