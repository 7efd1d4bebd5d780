// Spans, lines and marks as the chart library wants them.
import { LineStyle, type SeriesMarker, type UTCTimestamp } from "lightweight-charts";
import type { Bucket } from "./buckets.ts";
import type { PriceLine } from "./lines.ts";
import { roleColour } from "./look.ts";
import type { Mark } from "./marks.ts";

type Colour = (name: string) => string;

const at = (seconds: number) => seconds as UTCTimestamp; // whole seconds since 1970, as the library wants them

/** A point of a line; a gap where nothing is known. */
export const valueAt = (time: number, value: number | undefined) =>
  value === undefined ? { time: at(time) } : { time: at(time), value };

/** A candle; a gap where nothing is known. */
export const candleAt = ({ time, open, high, low, close }: Bucket) =>
  open === undefined || high === undefined || low === undefined || close === undefined
    ? { time: at(time) }
    : { time: at(time), open, high, low, close };

/** Colours of candles that rise and fall. */
export const candleLook = (up: string, down: string) => ({
  upColor: up,
  wickUpColor: up,
  borderUpColor: up,
  downColor: down,
  wickDownColor: down,
  borderDownColor: down,
});

/** A result above and below nothing, without areas. */
export const netLook = (good: string, bad: string) => ({
  topLineColor: good,
  bottomLineColor: bad,
  topFillColor1: "transparent",
  topFillColor2: "transparent",
  bottomFillColor1: "transparent",
  bottomFillColor2: "transparent",
});

/** Own orders are solid; cells and rungs, of which there are many, have no label on the axis. */
export function lineLook({ price, role }: PriceLine, title: string, colour: Colour) {
  const isOwn = role === "buy" || role === "sell";
  const isOfMany = role === "cell" || role === "rung";
  return {
    price,
    title,
    color: colour(roleColour(role)),
    lineWidth: 1 as const,
    lineStyle: isOwn ? LineStyle.Solid : isOfMany ? LineStyle.SparseDotted : LineStyle.Dashed,
    axisLabelVisible: !isOfMany,
    axisLabelTextColor: colour("--p-paper"),
  };
}

/** A buy points up from below, a sell down from above; where there were many, their size is written. */
export function markShape({ time, side, count, size }: Mark, colour: Colour): SeriesMarker<UTCTimestamp> {
  const many = count > 3;
  return {
    time: at(time),
    position: side === "buy" ? "belowBar" : "aboveBar",
    shape: side === "buy" ? "arrowUp" : "arrowDown",
    color: colour(side === "buy" ? "--p-buy" : "--p-sell"),
    size: many ? 1.4 : 0.9,
    ...(many ? { text: size } : {}),
  };
}
