// Where things stand in the picture of a ladder, in pixels of the screen: an edge that lies between two of them is not sharp.
import { depth } from "./rows.ts";

/** What lies between the sides is as high as so many lines. */
const touchLines = 2;
/** How many lines a picture is high. */
export const linesHigh = 2 * depth + touchLines;
/** The line below the asks, where what lies between the sides begins. */
export const touchLine = depth;
/** The first of the bids. */
export const firstBid = depth + touchLines;

/** How wide its columns are, and those of the head above it, percent; own orders have the rest. */
export const columns = { price: 26, size: 27 };

/** How large the picture is. */
export interface Extent {
  /** Pixels of the screen. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for one of CSS. */
  readonly ratio: number;
}

/** Places from the left edge, pixels of the screen. */
export interface Grid extends Extent {
  /** Where a bar begins that is as long as can be, and where all of them end. */
  readonly barFrom: number;
  readonly barTo: number;
  /** Where the numbers of sizes end. */
  readonly sizeTo: number;
  readonly ownFrom: number;
  /** The upper edge of a line, from 0 to `linesHigh`. */
  readonly top: (line: number) => number;
}

/** Where all that is, in a picture of this size. */
export function gridOf({ width, height, ratio }: Extent): Grid {
  const barTo = Math.round((width * (columns.price + columns.size)) / 100);
  return {
    width,
    height,
    ratio,
    barFrom: Math.round((width * columns.price) / 100),
    barTo,
    sizeTo: barTo - Math.round(6 * ratio),
    ownFrom: barTo + Math.round(12 * ratio),
    top: (line) => Math.round((line * height) / linesHigh),
  };
}
