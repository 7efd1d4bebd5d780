// Streams `<symbol>@depth` (what has changed) and `<symbol>@depth5`, `10`, `20` (the whole top). Their frames look alike.
import { levels, type Stream, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { wholeOrNull } from "../wire/shapes.ts";
import { event, symbol, timeOrNull } from "./fields.ts";
import { nameOf } from "./names.ts";

/** Levels of a book, called `b` and `a`, or `bids` and `asks` on spot's top of the book. */
export const depthUpdate = z
  .object({
    e: event,
    E: timeOrNull, // when it left the venue, ms
    T: timeOrNull, // engine time, ms
    s: symbol,
    U: wholeNumber, // first update id in this frame
    u: wholeNumber, // last update id in this frame
    pu: wholeOrNull, // `u` of the frame before
    b: levels.nullish(), // bids
    a: levels.nullish(), // asks
    bids: levels.nullish(),
    asks: levels.nullish(),
  })
  .transform(({ bids, asks, b = bids, a = asks, ...rest }, context) => {
    if (b !== undefined && b !== null && a !== undefined && a !== null) return { ...rest, b, a };
    const isLong = (bids ?? asks ?? null) !== null; // it says bids and asks, and one of them is missing
    const path = (b ?? null) === null ? [isLong ? "bids" : "b"] : [isLong ? "asks" : "a"];
    context.issues.push({ code: "custom", message: "expected both sides", path, input: undefined });
    return z.NEVER;
  });
/** Levels of a book: prices quote per base, sizes base, absolute. */
export type DepthUpdate = z.infer<typeof depthUpdate>;

/** Futures: every 250 ms if left out. */
export type FuturesDepthSpeed = "100ms" | "500ms";
/** Spot: every second if left out. */
export type SpotDepthSpeed = "100ms";
/** Levels of each side. */
export type DepthLevels = 5 | 10 | 20;

/**
 * Changes of a futures book: a size of 0 removes the level, and `pu` is the `u` of the frame before. Keep a book with
 * `followAsterBook`.
 *
 * @see https://docs.asterdex.com (diff. book depth streams)
 */
export function depth(market: string, speed?: FuturesDepthSpeed): Stream<DepthUpdate> {
  return { name: nameOf(market, "depth", speed), private: false, data: depthUpdate };
}

/** The best levels of a futures book, whole each time: nothing has to be put together. */
export function partialDepth(market: string, top: DepthLevels, speed?: FuturesDepthSpeed): Stream<DepthUpdate> {
  return { name: nameOf(market, `depth${top}`, speed), private: false, data: depthUpdate };
}

/** Changes of a spot book. */
export function spotDepth(market: string, speed?: SpotDepthSpeed): Stream<DepthUpdate> {
  return depth(market, speed);
}

/** The best levels of a spot book, whole each time. */
export function spotPartialDepth(market: string, top: DepthLevels, speed?: SpotDepthSpeed): Stream<DepthUpdate> {
  return partialDepth(market, top, speed);
}

/** Whether a stream tells changes of a book: its name, and no number behind `depth`. */
export const isDepthChanges = (name: string): boolean => /@depth(@\d+ms)?$/.test(name);
