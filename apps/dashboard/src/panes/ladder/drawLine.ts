// Draws a price of a ladder: its bar behind its numbers, and the own orders beside them.
import type { ChipPart } from "./chip.ts";
import { chipWidth, drawChip, type Tools } from "./drawChip.ts";
import type { Grid } from "./grid.ts";
import type { Box } from "./pen.ts";
import type { Chip, Line } from "./picture.ts";
import type { OwnOrder } from "./rows.ts";

/** An own order, and where it was drawn. */
export interface Placed {
  readonly own: OwnOrder;
  readonly box: Box;
}

/** Its upper and its lower edge, pixels of the screen. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** @param isDoubtful - nothing quotes from this book @returns its own orders */
export function drawLine(line: Line, band: Band, isDoubtful: boolean, grid: Grid, tools: Tools): readonly Placed[] {
  const { context, ink } = tools;
  const { colours } = ink;
  const { top, bottom } = band;
  context.fillStyle = line.chips.length > 0 ? colours.shade : colours.paper;
  context.fillRect(0, top, grid.width, bottom - top);
  const colour = colours[line.side === "bid" ? "buy" : "sell"];
  drawBar(line.share, band, isDoubtful ? { colour: colours.line, alpha: 1 } : { colour, alpha: 0.22 }, grid, tools);
  drawNumbers(line, band, isDoubtful, grid, tools);
  return drawChips(line.chips, band, grid, tools);
}

/** A line has a little air above and below its bar. */
function drawBar(
  share: number,
  { top, bottom }: Band,
  look: { colour: string; alpha: number },
  grid: Grid,
  tools: Tools,
) {
  const length = Math.round(share * (grid.barTo - grid.barFrom));
  if (length === 0) return;
  const air = Math.round((bottom - top) / 10);
  const { context } = tools;
  context.globalAlpha = look.alpha;
  context.fillStyle = look.colour;
  context.fillRect(grid.barTo - length, top + air, length, bottom - top - 2 * air);
  context.globalAlpha = 1;
}

function drawNumbers(line: Line, { top, bottom }: Band, isDoubtful: boolean, grid: Grid, tools: Tools): void {
  const { context, pen, ink, ratio } = tools;
  const { buy, sell, ink: black, quiet } = ink.colours;
  const { plain: font } = ink.fonts;
  const colour = line.side === "bid" ? buy : sell;
  const price = pen.from({ x: 0, top, bottom }, line.price, { font, colour: isDoubtful ? quiet : colour });
  const size = pen.upTo({ x: grid.sizeTo, top, bottom }, line.size, { font, colour: isDoubtful ? quiet : black });
  if (!isDoubtful) return;
  const [y, thick] = [Math.round((top + bottom) / 2), Math.max(1, Math.round(ratio))];
  context.fillRect(0, y, price, thick);
  context.fillRect(grid.sizeTo - size, y, size, thick);
}

/** How much own orders on one line say, as there is room: all, without their place in the queue, or how they stand alone. */
const briefer: readonly (readonly ChipPart["as"][])[] = [[], ["queue", "ahead"], ["queue", "ahead", "strong", "small"]];

/** A number is written whole or not at all; the hint of each says everything. */
function drawChips(chips: readonly Chip[], band: Band, grid: Grid, tools: Tools): readonly Placed[] {
  if (chips.length === 0) return [];
  const gap = Math.round(4 * tools.ratio);
  const room = grid.width - grid.ownFrom - gap * (chips.length - 1);
  const fits = (all: readonly Chip[]) => all.reduce((sum, { parts }) => sum + chipWidth(parts, tools), 0) <= room;
  const forms = briefer.map((out) => chips.map((chip) => without(chip, out)));
  const written = forms.find(fits) ?? forms.at(-1) ?? chips;
  const most = fits(written) ? room : Math.floor(room / chips.length);
  const height = Math.min(band.bottom - band.top, Math.round(20 * tools.ratio));
  const top = band.top + Math.floor((band.bottom - band.top - height) / 2);
  let left = grid.ownFrom;
  return written.map((chip) => {
    const box: Box = { left, top, width: Math.min(most, chipWidth(chip.parts, tools)), height };
    drawChip(chip, box, tools);
    left += box.width + gap;
    return { own: chip.own, box };
  });
}

const without = ({ own, parts }: Chip, out: readonly ChipPart["as"][]): Chip => ({
  own,
  parts: parts.filter(({ as }) => !out.includes(as)),
});
