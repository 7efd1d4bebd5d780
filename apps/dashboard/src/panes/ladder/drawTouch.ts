// Draws what lies between the sides of a ladder: the mid, the spread, and what was traded and marked last.
import type { Tools } from "./drawChip.ts";
import type { Band } from "./drawLine.ts";
import type { Grid } from "./grid.ts";
import type { Said, TouchLine } from "./picture.ts";

/** Two lines of figures at the right, the mid at the left; where they do not have room beside each other, the mid is whole. */
export function drawTouch({ mid, spread, prints }: TouchLine, { top, bottom }: Band, grid: Grid, tools: Tools): void {
  const { context, pen, ink, ratio } = tools;
  const { colours, fonts } = ink;
  const thick = Math.max(1, Math.round(ratio));
  context.fillStyle = colours.paper;
  context.fillRect(0, top, grid.width, bottom - top);
  context.fillStyle = colours.line;
  context.fillRect(0, top, grid.width, thick);
  context.fillRect(0, bottom - thick, grid.width, thick);
  const middle = Math.round((top + bottom) / 2);
  const air = Math.round(5 * ratio);
  const taken = pen.width(mid, fonts.mid) + 2 * air;
  pen.within({ left: taken, top, width: grid.width - taken, height: bottom - top }, () => {
    drawSaid(spread, { top: top + air, bottom: middle }, grid, tools);
    drawSaid(prints, { top: middle, bottom: bottom - air }, grid, tools);
  });
  pen.from({ x: 0, top, bottom }, mid, { font: fonts.mid, colour: colours.ink });
}

function drawSaid(said: readonly Said[], band: Band, grid: Grid, { pen, ink }: Tools): void {
  const { colours, fonts } = ink;
  let x = grid.width;
  for (const each of said.toReversed()) {
    if ("figure" in each) x -= pen.upTo({ x, ...band }, each.figure, { font: fonts.figure, colour: colours.ink });
    else if ("alarm" in each) x -= pen.upTo({ x, ...band }, each.alarm, { font: fonts.small, colour: colours.bad });
    else x -= pen.upTo({ x, ...band }, each.quiet, { font: fonts.small, colour: colours.quiet });
  }
}
