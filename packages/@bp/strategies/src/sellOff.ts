// Sells so much of a person's own coins once, and is done.
import {
  decimal,
  gridsOf,
  type Hold,
  type Instrument,
  type InstrumentId,
  lots,
  roundToGrid,
  type Strategy,
  sizeText,
  type Ticks,
  type View,
} from "@bp/core";
import * as z from "zod";
import { lowestSale } from "./caps.ts";
import { percent } from "./fraction.ts";
import { minimumSize } from "./minimum.ts";
import { duration, instrumentId, positive, share } from "./params.ts";
import { touchOf } from "./touch.ts";

/** What `sell-off` takes. */
export const sellOffParams = z.strictObject({
  /** Spot markets, and how much of their base is sold in each; rounded down to whole lots. */
  markets: z
    .array(z.strictObject({ instrument: instrumentId, size: positive }))
    .min(1)
    .refine((markets) => new Set(markets.map(({ instrument }) => instrument)).size === markets.length, {
      error: "must name each market once",
    }),
  /** How far below the bid it may sell, in percent. */
  slippagePct: share.default(decimal("0.5")),
  /** A book older than this is not traded on, in ms. */
  staleMs: duration.min(1).default(5_000),
});

/** Checked parameters of `sell-off`. */
export type SellOffParams = z.output<typeof sellOffParams>;

/** Lots sold so far, by market. Plain data. */
export type SellOffMemory = Readonly<Record<InstrumentId, number>>;

/**
 * Sells a size in each market with orders that take, at no worse than `slippagePct` below the bid, until less is left than
 * the market trades; then it is done, and never sells again.
 *
 * What is sold is the person's own: a run that uses it must have been told so by name. Own inventory of other strategies is
 * counted apart, and the rule `funds` keeps it from selling what is not there.
 */
export const sellOff: Strategy<SellOffParams, SellOffMemory> = {
  name: "sell-off",
  params: sellOffParams,
  changeable: () => ["slippagePct", "staleMs"],
  instruments: ({ markets }) => markets.map(({ instrument }) => instrument),
  start: () => ({}),
  remember: (memory, _, view) => {
    let next = memory;
    for (const { instrument, side, size } of view.fills())
      next = { ...next, [instrument]: (next[instrument] ?? 0) + (side === "sell" ? size : -size) };
    return next;
  },
  want: (view, memory, params) =>
    params.markets.flatMap((market): readonly Hold[] => {
      const instrument = view.instrument(market.instrument);
      const touch = touchOf(view, { instrument: instrument.id, staleMs: params.staleMs });
      const held = view.position(instrument.id);
      if (touch === undefined || held === undefined || leftIn(view, memory, params, market) === 0) return [];
      const worst = worstIn(params, touch.bid[0]);
      const size = wholeLots(instrument, market.size);
      return [{ kind: "hold", instrument: instrument.id, position: lots(-size), worst, why: "sell off" }];
    }),
  ends: (view, memory, params) => {
    if (params.markets.some((market) => leftIn(view, memory, params, market) > 0)) return undefined;
    const sold = params.markets.map(({ instrument: id }) => {
      const instrument = view.instrument(id);
      return `${sizeText(instrument, lots(memory[id] ?? 0))} ${instrument.base}`;
    });
    return { kind: "done", why: `sold ${sold.join(", ")}` };
  },
};

/** Lots that are still to be sold; 0 when that is less than the market takes at the lowest price that the sale may get. */
function leftIn(
  view: View,
  memory: SellOffMemory,
  params: SellOffParams,
  { instrument: id, size }: SellOffParams["markets"][number],
): number {
  const instrument = view.instrument(id);
  const left = wholeLots(instrument, size) - (memory[id] ?? 0);
  const { bid } = view.book(id);
  const least = bid === undefined ? instrument.minSize : minimumSize(instrument, worstIn(params, bid[0]));
  return left < least ? 0 : left;
}

function worstIn({ slippagePct }: SellOffParams, bid: Ticks): Ticks {
  return lowestSale(bid, percent(slippagePct));
}

function wholeLots(instrument: Instrument, size: string): number {
  return roundToGrid(size, gridsOf(instrument).size, "floor");
}
