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

/** A place in the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** All in pixels of the picture. */
export interface Pen {
  /** What `draw` draws ends at the edges of the box. */
  within(box: Box, draw: () => void): void;
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
  /** The widest figure. */
  readonly figure: number;
  /** Whether all figures are so wide by themselves. */
  readonly isEven: boolean;
  /** Of what is no figure: signs, and words that stay the same. */
  readonly widths: Map<string, number>;
}

type Context = Pick<
  CanvasRenderingContext2D,
  "font" | "fillStyle" | "measureText" | "fillText" | "save" | "restore" | "beginPath" | "rect" | "clip"
>;

/** @param context - with its text aligned to the left, on the alphabetic line, and nobody else's to choose a font for */
export function createPen(context: Context): Pen {
  const faces = new Map<string, Face>();
  let worn = "";
  const wear = (font: string): Face => {
    if (worn !== font) context.font = font;
    worn = font;
    const known = faces.get(font) ?? faceOf(context);
    faces.set(font, known);
    return known;
  };
  const roomOf = (piece: string, { figure, widths }: Face): number => {
    if (isFigure(piece)) return figure;
    const width = widths.get(piece) ?? context.measureText(piece).width;
    widths.set(piece, width);
    return width;
  };
  const wide = (text: string, face: Face) => pieces(text).reduce((sum, piece) => sum + roomOf(piece, face), 0);
  const put = ({ x, top, bottom }: Spot, text: string, colour: string, face: Face) => {
    const { up, down, isEven } = face;
    const y = top + Math.floor((bottom - top - up - down) / 2) + up;
    context.fillStyle = colour;
    if (isEven) {
      context.fillText(text, x, y);
      return;
    }
    let at = x;
    for (const piece of pieces(text)) {
      const room = roomOf(piece, face);
      context.fillText(piece, at + (isFigure(piece) ? (room - context.measureText(piece).width) / 2 : 0), y);
      at += room;
    }
  };
  return {
    within: ({ left, top, width, height }, draw) => {
      context.save();
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
      draw();
      context.restore();
      worn = ""; // the font that it had before
    },
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
  const all = Array.from("0123456789", (figure) => context.measureText(figure).width);
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText("0");
  const figure = Math.max(...all);
  const isEven = figure - Math.min(...all) < 0.01;
  return { up: Math.round(up), down: Math.round(down), figure, isEven, widths: new Map() };
}

/** Each figure by itself, and what stands between them. */
const pieces = (text: string): readonly string[] => text.match(/\d|\D+/g) ?? [];
const isFigure = (piece: string): boolean => piece >= "0" && piece <= "9" && piece.length === 1;
