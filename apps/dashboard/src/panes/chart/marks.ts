// Own trades as marks on the chart: those of one side within one span are one mark.
import type { FillNow, Text } from "../../contract/index.ts";
import { plus } from "../decimal.ts";

/** Trades of one side in one span. */
export interface Mark {
  /** Beginning of the span, seconds since 1970. */
  readonly time: number;
  readonly side: FillNow["side"];
  readonly count: number;
  /** Base. */
  readonly size: Text;
}

/** So many are drawn, the newest: more cover the price that they are to explain. */
const most = 400;

/** @param step - length of a span, seconds @param from - seconds since 1970 */
export function marksOf(fills: readonly FillNow[], market: string, step: number, from: number): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const fill of fills) {
    if (fill.market !== market || fill.at < from * 1_000) continue;
    const time = Math.floor(fill.at / 1_000 / step) * step;
    const key = `${time} ${fill.side}`;
    const { count = 0, size = "0" } = marks.get(key) ?? {};
    marks.set(key, { time, side: fill.side, count: count + 1, size: plus(size, fill.size) ?? size });
  }
  return [...marks.values()].toSorted((a, b) => a.time - b.time).slice(-most);
}
