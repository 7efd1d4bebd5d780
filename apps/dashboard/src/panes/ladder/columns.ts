// One side of a ladder as few long texts: thirty times a second it costs a browser a third of what cells of a table do.
import { levelSize, price } from "../format.ts";
import { depth, type LadderRow, type OwnOrder } from "./rows.ts";

/** Own orders at one price, and on which line. */
export interface Rung {
  /** Its price in one way of writing. */
  readonly key: string;
  /** From the top, 0 to `depth` - 1. */
  readonly line: number;
  readonly own: readonly OwnOrder[];
}

/** A side as it stands on the screen: asks with the best at the bottom, bids with the best at the top. */
export interface Columns {
  /** A price on each line, `depth` of them; empty where the side has no more. */
  readonly prices: string;
  /** A size on each line; empty where the book has no level. */
  readonly sizes: string;
  /** The sizes as bars: the CSS `background-size` beside `barLook`. */
  readonly bars: string;
  /** In the order of the lines. */
  readonly rungs: readonly Rung[];
}

/** How a market writes its numbers, decimal text. */
export interface Steps {
  readonly tickSize: string;
  readonly lotSize: string;
}

/** @param rows - best first, at most `depth` */
export function columnsOf(side: "bid" | "ask", rows: readonly LadderRow[], { tickSize, lotSize }: Steps): Columns {
  const lines: readonly (LadderRow | undefined)[] = Array.from({ length: depth }, (_, line) =>
    side === "bid" ? rows[line] : rows[depth - 1 - line],
  );
  return {
    prices: lines.map((row) => (row === undefined ? "" : price(row.price, tickSize))).join("\n"),
    sizes: lines.map((row) => levelSize(row?.size, lotSize)).join("\n"),
    bars: lines.map((row) => `${Math.round((row?.share ?? 0) * 1_000) / 10}% ${barHeight}`).join(","),
    rungs: lines.flatMap((row, line) =>
      row === undefined || row.own.length === 0 ? [] : [{ key: row.key, line, own: row.own }],
    ),
  };
}

/** A line has a little air above and below its bar. */
const barHeight = "calc(0.8 * var(--p-row))";

/**
 * A bar on each line of one element, at its right end and of no length yet. As backgrounds they are painted alone: elements would
 * be laid out, and a shape that clips or is drawn makes a browser put all its layers together anew.
 */
export const barLook = {
  backgroundImage: Array<string>(depth).fill("linear-gradient(currentColor,currentColor)").join(","),
  backgroundPosition: Array.from({ length: depth }, (_, line) => `right calc(${line + 0.1} * var(--p-row))`).join(","),
  backgroundRepeat: "no-repeat",
};
