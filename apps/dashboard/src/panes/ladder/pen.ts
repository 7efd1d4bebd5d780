// Writes into a picture. Figures are as wide as each other, as `tabular-nums` has them on the page: a canvas cannot ask a font for it.

/** A font as CSS writes it, and a colour. */
export interface Hand {
  readonly font: string;
  readonly colour: string;
}

/** Where a text begins, or ends, and the line that it stands in the middle of. */
export interface Spot {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** All in pixels of the picture. */
export interface Pen {
  /** @returns how wide it is */
  from(spot: Spot, text: string, hand: Hand): number;
  /** Ends at the spot. @returns how wide it is */
  upTo(spot: Spot, text: string, hand: Hand): number;
  width(text: string, font: string): number;
}

/** What is known of a font. */
interface Face {
  /** Above and below the line that letters stand on. */
  readonly up: number;
  readonly down: number;
  /** The widest figure; 0 where all are as wide as each other by themselves. */
  readonly figure: number;
}

type Context = Pick<CanvasRenderingContext2D, "font" | "fillStyle" | "measureText" | "fillText">;

/** @param context - with its text aligned to the left, on the alphabetic line */
export function createPen(context: Context): Pen {
  const faces = new Map<string, Face>();
  const wear = (font: string): Face => {
    context.font = font;
    const known = faces.get(font) ?? faceOf(context);
    faces.set(font, known);
    return known;
  };
  const wide = (text: string, { figure }: Face) =>
    figure === 0
      ? context.measureText(text).width
      : pieces(text).reduce((sum, piece) => sum + (isFigure(piece) ? figure : context.measureText(piece).width), 0);
  const put = ({ x, top, bottom }: Spot, text: string, colour: string, { up, down, figure }: Face) => {
    const y = Math.round((top + bottom + up - down) / 2);
    context.fillStyle = colour;
    if (figure === 0) {
      context.fillText(text, x, y);
      return;
    }
    let at = x;
    for (const piece of pieces(text)) {
      const { width } = context.measureText(piece);
      const room = isFigure(piece) ? figure : width;
      context.fillText(piece, at + (room - width) / 2, y);
      at += room;
    }
  };
  return {
    from: (spot, text, { font, colour }) => {
      const face = wear(font);
      put(spot, text, colour, face);
      return wide(text, face);
    },
    upTo: (spot, text, { font, colour }) => {
      const face = wear(font);
      const width = wide(text, face);
      put({ ...spot, x: spot.x - width }, text, colour, face);
      return width;
    },
    width: (text, font) => wide(text, wear(font)),
  };
}

function faceOf(context: Context): Face {
  const widths = Array.from("0123456789", (figure) => context.measureText(figure).width);
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText("0");
  const widest = Math.max(...widths);
  return { up, down, figure: widest - Math.min(...widths) < 0.01 ? 0 : widest };
}

/** Each figure by itself, and what stands between them. */
const pieces = (text: string): readonly string[] => text.match(/\d|\D+/g) ?? [];
const isFigure = (piece: string): boolean => piece >= "0" && piece <= "9" && piece.length === 1;
