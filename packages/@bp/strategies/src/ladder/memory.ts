// What a ladder remembers: its rungs and what they have filled, what it holds, and where it is in its cycle.
import { Big, type Intent, type Ticks } from "@bp/core";
import type { Lot, Targets } from "./lot.ts";
import type { Rung } from "./rungs.ts";

/**
 * `building` → `monitoring` → `selling` → `restarting` → `building` …, or `done` after the last sale. `stopped`: a person has to
 * look (a stop has sold, or the budget is too small); `resume` begins anew.
 */
export type LadderPhase = "building" | "monitoring" | "selling" | "restarting" | "done" | "stopped";

/** The rungs as they were planned. */
export interface Ladder {
  /** The price they hang from, in ticks (a mid may have a fraction). */
  readonly anchor: number;
  /** Below it the price has fallen further than the ladder reaches. */
  readonly lowest: Ticks;
  readonly rungs: readonly Rung[];
  /** How many rungs were asked for. */
  readonly asked: number;
  readonly builtAt: number;
  /** More than the wallet has: which rungs wait, in plain words. */
  readonly shortage: string | undefined;
}

/** What a rung has filled in this cycle. */
export interface Filled {
  readonly lots: number;
  /** Spent, in tick-lots. */
  readonly units: number;
}

/** Why everything is being sold. */
export interface Sale {
  readonly why: "take profit" | "trailing take profit" | "stop loss" | "max drop";
  /** Sells at any price within the cap, also at a loss. */
  readonly gives: boolean;
  /** Orders in a row that the venue did not take. */
  readonly failures: number;
}

/** The price fell below the lowest rung. */
export interface Drop {
  /** Whole percent below the anchor, the deepest so far: it is told again when it gets deeper. */
  readonly pct: number;
  readonly say: string;
  /** The highest price since, in ticks. */
  readonly high: number;
}

/** What has been traded since the cycle began. Money in quote; fees in base at the price of their trade. */
export interface Book {
  readonly startedAt: number;
  readonly bought: Big;
  readonly spent: Big;
  readonly sold: Big;
  readonly received: Big;
  readonly fees: Big;
  /** What the sales have made, less the cost of what was sold and the fees of both sides. */
  readonly net: Big;
}

/** One cycle from the first rung to the last sale. */
export interface LadderCycle extends Book {
  /** From 1. */
  readonly number: number;
  readonly endedAt: number;
  readonly why: Sale["why"];
  readonly anchor: number;
  /** Rungs that filled whole, and rungs that were planned. */
  readonly rungsFilled: number;
  readonly rungs: number;
  /** Base that was too little to sell: it goes into the next cycle with its cost. */
  readonly dust: Big;
  readonly dustCost: Big;
}

/** Since the beginning, over all cycles that are finished. */
export interface LadderTotals {
  readonly cycles: number;
  /** Cycles with more than nothing left after fees. */
  readonly won: number;
  readonly spent: Big;
  readonly received: Big;
  readonly fees: Big;
  readonly net: Big;
}

/** Plain data. */
export interface LadderMemory {
  readonly phase: LadderPhase;
  /** When the phase began, in ms. */
  readonly since: number;
  /** The number of the cycle, from 1. */
  readonly cycle: number;
  readonly ladder: Ladder | undefined;
  /** By the number of the rung. */
  readonly filled: readonly (Filled | undefined)[];
  /** The rungs are being taken away, to be put up elsewhere. */
  readonly moving: boolean;
  readonly lot: Lot | undefined;
  readonly targets: Targets | undefined;
  /**
   * When the last buy traded, by the venue's clock, until the market has told something younger: a falling market fills
   * rungs before its book is seen to fall, and the price of before would look like a profit.
   */
  readonly boughtAt: number | undefined;
  /** The highest price since the profit was reached, in ticks (trailing). */
  readonly peak: number | undefined;
  readonly drop: Drop | undefined;
  readonly sale: Sale | undefined;
  readonly book: Book;
  readonly lastCycle: LadderCycle | undefined;
  readonly totals: LadderTotals;
  /** Why it is `stopped`, or how it was `done`. */
  readonly end: string | undefined;
  /** What was there before the first rung has been looked at. */
  readonly begun: boolean;
  /** The wish, kept while it is the same. */
  readonly wishes: readonly Intent[];
  /** What was last looked at, in ticks. */
  readonly seen: { readonly bid: number; readonly ask: number; readonly price: number };
}

const zero = /* @__PURE__ */ new Big(0);
const nothing: readonly never[] = [];

/** Nothing traded yet. */
export const emptyBook = (startedAt: number): Book => ({
  startedAt,
  bought: zero,
  spent: zero,
  sold: zero,
  received: zero,
  fees: zero,
  net: zero,
});

/** The memory before the first event. */
export function nothingYet(): LadderMemory {
  return {
    phase: "building",
    since: 0,
    cycle: 1,
    ladder: undefined,
    filled: nothing,
    moving: false,
    lot: undefined,
    targets: undefined,
    boughtAt: undefined,
    peak: undefined,
    drop: undefined,
    sale: undefined,
    book: emptyBook(0),
    lastCycle: undefined,
    totals: { cycles: 0, won: 0, spent: zero, received: zero, fees: zero, net: zero },
    end: undefined,
    begun: false,
    wishes: nothing,
    seen: { bid: 0, ask: 0, price: 0 },
  };
}

/** The slot of a rung. */
export const rungSlot = (index: number): string => `rung.${index}`;
/** The slot of the resting sale. */
export const saleSlot = "sale";

/** The number of a rung's slot: `rung.3` is 3. */
export function rungIn(slot: string): number | undefined {
  const found = /^rung\.(\d+)$/.exec(slot)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Lots of a rung that have not filled yet. */
export function leftOf({ index, size }: Rung, filled: LadderMemory["filled"]): number {
  return Math.max(0, size - (filled[index]?.lots ?? 0));
}

/** Whether any rung of the cycle has filled, in part or whole. */
export function hasFilled({ filled }: LadderMemory): boolean {
  return filled.some((each) => each !== undefined && each.lots > 0);
}

/** Rungs of which nothing is left. */
export function wholeRungs({ ladder, filled }: Pick<LadderMemory, "ladder" | "filled">): number {
  return ladder?.rungs.filter((rung) => leftOf(rung, filled) === 0).length ?? 0;
}
