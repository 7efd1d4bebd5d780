// What the hedge loop remembers between events. Plain data.
import type { Decimal, Millis, Quote } from "@bp/core";

/**
 * Where a cycle is. `idle`: waits until it may begin. `leg1`, `leg2`: an order rests. `between`: the pair is open and rests.
 * `hold`: the pair is kept through a settlement. `closing`: both sides are brought to nothing at once. `sleep`: after a cycle.
 */
export type HedgePhase = "idle" | "leg1" | "between" | "hold" | "leg2" | "closing" | "sleep";

/** What both accounts hold for this strategy, in atoms (see scale), signed. */
export interface Pair {
  readonly lead: number;
  readonly hedge: number;
}

/** Trades of one side in one market. */
export interface Traded {
  /** Lots. */
  readonly size: number;
  /** Tick-lots: price times size. */
  readonly value: number;
}

/** Trades of a cycle. */
export interface Trades {
  readonly leadSold: Traded;
  readonly leadBought: Traded;
  readonly hedgeSold: Traded;
  readonly hedgeBought: Traded;
}

/** What has been earned and paid by both markets since the start, in quote. */
export interface Earned {
  readonly gross: Decimal;
  readonly fees: Decimal;
  /** Received less paid. */
  readonly leadFunding: Decimal;
  readonly hedgeFunding: Decimal;
}

/** How a cycle ended: both legs done; closed at once; nothing filled. */
export type CycleEnd = "done" | "closed" | "skipped";

/** One finished cycle. Prices and money as decimal text in quote; USDC and USDT are taken as equal. */
export interface CycleReport {
  readonly cycle: number;
  readonly end: CycleEnd;
  readonly trades: Trades;
  readonly gross: Decimal;
  readonly fees: Decimal;
  readonly funding: { readonly lead: Decimal; readonly hedge: Decimal; readonly net: Decimal };
  /** Gross less fees, funding included. */
  readonly net: Decimal;
  /** The hedge cost more than the edge guard allows when the first leg filled. */
  readonly negativeEdge: boolean;
  readonly beganAt: Millis;
  readonly endedAt: Millis;
}

/** Sums over all finished cycles. */
export interface HedgeTotals {
  readonly cycles: number;
  readonly skipped: number;
  readonly gross: Decimal;
  readonly fees: Decimal;
  readonly funding: Decimal;
  readonly net: Decimal;
  readonly negativeEdges: number;
  /** Trades of the lead that were traded back because they stayed without a hedge. */
  readonly unwound: number;
}

/** Spot inventory as trades and fees in base have left it, exact. */
export interface Wallet {
  /** Base. */
  readonly base: Decimal;
  /** Base: what fees took of it in this cycle. */
  readonly fees: Decimal;
}

/** The lead is traded back, since its hedge did not come in time. */
export interface Unwinding {
  readonly since: Millis;
  readonly why: string;
  /** The hedge could have been traded and was not: a halt follows. */
  readonly failed: boolean;
}

/** What the hedge loop remembers. */
export interface HedgeMemory {
  readonly phase: HedgePhase;
  /** When the phase began. */
  readonly since: Millis;
  /** 1, 2, 3 …; 0 before the first. */
  readonly cycle: number;
  readonly beganAt: Millis;
  /** The resting order that is wished; its size is what is left of the leg. */
  readonly quote: Quote | undefined;
  readonly quotedAt: Millis;
  /** What the quote's price was made of, in ticks of the lead. */
  readonly basis: number | undefined;
  /** As last known. */
  readonly pair: Pair;
  /** Whether an account has been out of sight since. */
  readonly blind: boolean;
  /** Whether the lead's has: then nothing can be traded back. */
  readonly dark: boolean;
  /** Since when a trade is without its hedge. */
  readonly nakedSince: Millis | undefined;
  readonly unwinding: Unwinding | undefined;
  /** How often this cycle's lead was traded back. */
  readonly unwinds: number;
  /** What the accounts held beyond ours when all of ours was flat, in lots. */
  readonly others: { readonly lead: number; readonly hedge: number };
  /** Since when a part of ours seems to be gone that no order of ours traded. */
  readonly goneSince: Millis | undefined;
  /** What is gone for certain, in lots, 0 or above. */
  readonly gone: { readonly lead: number; readonly hedge: number };
  /** Why everything stops. */
  readonly failed: string | undefined;
  readonly wallets: { readonly lead: Wallet; readonly hedge: Wallet };
  readonly trades: Trades;
  readonly negativeEdge: boolean;
  /** Cycles below the edge in a row. */
  readonly negatives: number;
  readonly pausedUntil: Millis;
  /** The stamp that keeps the next cycle waiting. */
  readonly waitsFor: Millis | undefined;
  /** The pair is kept until then. */
  readonly holdUntil: Millis;
  /** The quantity cannot be traded. */
  readonly refused: string | undefined;
  /** Earned up to the end of the last cycle. */
  readonly earned: Earned | undefined;
  readonly last: CycleReport | undefined;
  readonly totals: HedgeTotals;
}
