// Draws an own order: a frame that says how it stands, and in it the short form.
import type { OrderNow } from "../../contract/index.ts";
import type { ChipPart } from "./chip.ts";
import type { Ink } from "./ink.ts";
import type { Box, Hand, Pen } from "./pen.ts";
import type { Chip } from "./picture.ts";

/** With what, where to. */
export interface Tools {
  readonly context: CanvasRenderingContext2D;
  readonly pen: Pen;
  readonly ink: Ink;
  /** Pixels of the screen for one of CSS. */
  readonly ratio: number;
}

/** Between parts, and between the frame and the first of them, CSS px. */
const [gap, padding] = [4, 7];
/** The bar of the place in the queue, CSS px. */
const queue = { width: 32, height: 6 };

/** How wide it will be. */
export function chipWidth(parts: readonly ChipPart[], { pen, ink, ratio }: Tools): number {
  const widths = parts.map((part) =>
    part.as === "queue" ? queue.width * ratio : pen.width(part.text, fontOf(part.as, ink)),
  );
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0) + ratio * (gap * (parts.length - 1) + 2 * padding));
}

/** @param box - as wide as `chipWidth` says; what does not fit into it is cut off */
export function drawChip({ own: { order }, parts }: Chip, box: Box, tools: Tools): void {
  const { pen, ink, ratio } = tools;
  const colour = ink.colours[order.side];
  drawFrame(order.state, box, colour, tools);
  pen.within({ ...box, width: box.width - 2 * ratio }, () => drawParts(parts, box, colour, tools));
}

function drawParts(parts: readonly ChipPart[], { left, top, height }: Box, colour: string, tools: Tools): void {
  const { pen, ink, ratio } = tools;
  let x = left + padding * ratio;
  for (const part of parts) {
    if (part.as === "queue") {
      drawQueue(part.share, { x, middle: top + height / 2 }, tools);
      x += (queue.width + gap) * ratio;
      continue;
    }
    const isQuiet = part.as === "small" || part.as === "ahead";
    const hand: Hand = { font: fontOf(part.as, ink), colour: isQuiet ? ink.colours.quiet : colour };
    x += pen.from({ x, top, bottom: top + height }, part.text, hand) + gap * ratio;
  }
}

const fontOf = (as: Exclude<ChipPart["as"], "queue">, { fonts }: Ink): string => fonts[as === "ahead" ? "small" : as];

/** Whole: it rests; broken: on its way there or away; double: nobody knows. */
function drawFrame(state: OrderNow["state"], box: Box, colour: string, { context, ink, ratio }: Tools): void {
  const thick = Math.max(1, Math.round(ratio));
  const ring = (inset: number) => {
    const edge = inset + thick / 2;
    const radius = Math.max(0, 4 * ratio - edge);
    context.beginPath();
    context.roundRect(box.left + edge, box.top + edge, box.width - 2 * edge, box.height - 2 * edge, radius);
  };
  context.fillStyle = ink.colours.paper;
  context.strokeStyle = colour;
  context.lineWidth = thick;
  ring(0);
  context.fill();
  context.setLineDash(state === "placing" || state === "cancelling" ? [3 * thick, 2 * thick] : []);
  context.stroke();
  if (state !== "unknown") return;
  ring(2 * thick);
  context.stroke();
}

function drawQueue(share: number, { x, middle }: { readonly x: number; readonly middle: number }, tools: Tools): void {
  const { context, ink, ratio } = tools;
  const [width, height] = [queue.width * ratio, Math.round(queue.height * ratio)];
  const bar = (length: number, colour: string) => {
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(Math.round(x), Math.round(middle - height / 2), length, height, Math.min(2 * ratio, length / 2));
    context.fill();
  };
  bar(width, ink.colours.line);
  if (share > 0) bar(width * Math.min(1, share), ink.colours.quiet);
}
