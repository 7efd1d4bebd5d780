// One side of a ladder as few long texts: thirty times a second it costs a browser a third of what cells of a table do.
import { digitsOf, number, price } from "../format.ts";
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
  /** The sizes as bars that begin at the right: a CSS `clip-path` of the whole side. */
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
  const places = Math.min(4, digitsOf(lotSize));
  const lines: readonly (LadderRow | undefined)[] = Array.from({ length: depth }, (_, line) =>
    side === "bid" ? rows[line] : rows[depth - 1 - line],
  );
  return {
    prices: lines.map((row) => (row === undefined ? "" : price(row.price, tickSize))).join("\n"),
    sizes: lines.map((row) => (row?.size === undefined ? "" : number(row.size, { places }))).join("\n"),
    bars: `polygon(${lines.map((row, line) => bar(row?.share ?? 0, line)).join(",")})`,
    rungs: lines.flatMap((row, line) =>
      row === undefined || row.own.length === 0 ? [] : [{ key: row.key, line, own: row.own }],
    ),
  };
}

/** The four corners of a bar, with a little air above and below it. */
function bar(share: number, line: number): string {
  const left = `${Math.round((1 - share) * 1_000) / 10}%`;
  const y = (part: number) => `${Math.round(((line + part) / depth) * 10_000) / 100}%`;
  const [top, bottom] = [y(0.1), y(0.9)];
  return `100% ${top},${left} ${top},${left} ${bottom},100% ${bottom}`;
}
