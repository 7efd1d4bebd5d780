// The picture of a ladder on its canvas: what has changed is drawn anew. Thirty times a second that costs a browser a fraction of what
// texts on the page do, which it lays out, styles and paints.
import { keepEqual } from "../common/keepEqual.ts";
import type { Tools } from "./drawChip.ts";
import { type Band, drawLine, type Placed } from "./drawLine.ts";
import { drawTouch } from "./drawTouch.ts";
import { type Extent, firstBid, type Grid, gridOf, linesHigh, touchLine } from "./grid.ts";
import type { Ink } from "./ink.ts";
import { type Box, createPen } from "./pen.ts";
import type { Line, Picture } from "./picture.ts";

/** A canvas that is drawn on. */
export interface Drawing {
  /** @returns the own orders, and where they stand on the canvas, CSS px; `undefined` before it has a size */
  draw(picture: Picture): readonly Placed[] | undefined;
  /** Its canvas has another size now: it is empty until it is drawn again. */
  resize(extent: Extent): void;
  /** What is drawn next is drawn whole, in the colours that the page has now. */
  paint(): void;
}

/** @param inkOf - the page's, by pixels of the screen for one of CSS @returns `undefined` where the browser draws on no canvas */
export function createDrawing(canvas: HTMLCanvasElement, inkOf: (ratio: number) => Ink): Drawing | undefined {
  const context = canvas.getContext("2d", { alpha: false, desynchronized: !isSingleBuffered });
  if (context === null) return undefined;
  let ready: { readonly tools: Tools; readonly grid: Grid } | undefined;
  let drawn: Picture | undefined;
  const placed = new Map<number, readonly Placed[]>();

  const equip = (extent: Extent) => {
    const { ratio } = extent;
    ready = { tools: { context, pen: createPen(context), ink: inkOf(ratio), ratio }, grid: gridOf(extent) };
    drawn = undefined;
  };
  const draw = (picture: Picture): readonly Placed[] | undefined => {
    if (ready === undefined) return undefined;
    const { tools, grid } = ready;
    const before = drawn;
    const now = keepEqual(before, picture);
    drawn = now;
    const isDoubtful = now.isDoubtful;
    const isOther = before === undefined || before.isDoubtful !== isDoubtful;
    const lines = (all: readonly Line[], first: number, old: readonly Line[] | undefined) => {
      for (const [at, line] of all.entries())
        if (isOther || line !== old?.[at])
          placed.set(first + at, drawLine(line, bandOf(first + at, 1, grid), isDoubtful, grid, tools));
    };
    lines(now.asks, 0, before?.asks);
    if (isOther || now.touch !== before.touch)
      drawTouch(now.touch, bandOf(touchLine, firstBid - touchLine, grid), grid, tools);
    lines(now.bids, firstBid, before?.bids);
    return Array.from({ length: linesHigh }, (_, line) => placed.get(line) ?? [])
      .flat()
      .map(({ own, box }) => ({ own, box: inCss(box, grid) }));
  };
  return {
    draw,
    resize: (extent) => {
      [canvas.width, canvas.height] = [extent.width, extent.height];
      equip(extent);
    },
    paint: () => {
      if (ready !== undefined) equip(ready.grid);
    },
  };
}

/**
 * Past the page's own drawing, where it can be: a picture that alone has changed then costs none of the page's canvases. Android and Chrome
 * OS show such a canvas while it is drawn on, and a line would be seen half drawn.
 */
const isSingleBuffered = /Android|CrOS/.test(navigator.userAgent);

const bandOf = (line: number, high: number, { top }: Grid): Band => ({ top: top(line), bottom: top(line + high) });

function inCss({ left, top, width, height }: Box, { ratio }: Grid): Box {
  return { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio };
}
