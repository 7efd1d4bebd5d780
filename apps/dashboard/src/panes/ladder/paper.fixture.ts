// A canvas for the tests of the ladder that remembers what is drawn on it, in a font whose letters are all 8 px wide.
import type { Tools } from "./drawChip.ts";
import type { Ink } from "./ink.ts";
import { createPen } from "./pen.ts";

const font = "13px x";

/** Every colour is its own name. */
export const ink: Ink = {
  fonts: { plain: font, strong: font, sign: font, small: font, figure: font, mid: font },
  colours: {
    paper: "paper",
    ink: "ink",
    quiet: "quiet",
    line: "line",
    shade: "shade",
    buy: "buy",
    sell: "sell",
    bad: "bad",
  },
};

/** Nothing on it yet. */
export function aPaper() {
  const written: string[] = [];
  const nothing = () => undefined;
  const context = {
    font: "",
    beginPath: nothing,
    rect: nothing,
    roundRect: nothing,
    clip: nothing,
    fill: nothing,
    stroke: nothing,
    fillRect: nothing,
    setLineDash: nothing,
    save: nothing,
    restore: nothing,
    fillText: (text: string) => void written.push(text),
    measureText: (text: string) => ({
      width: 8 * Array.from(text).length,
      fontBoundingBoxAscent: 10,
      fontBoundingBoxDescent: 2,
    }),
  } as unknown as CanvasRenderingContext2D; // what is asked of it
  const canvas = { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement; // likewise
  const tools: Tools = { context, pen: createPen(context), ink, ratio: 1 };
  return { written, canvas, tools };
}
