// What a picture of a ladder is drawn with: the fonts and colours of the page as they are now.
import { colourIn } from "../common/colour.ts";
import type { Hand } from "./pen.ts";

/** Sizes of fonts are in pixels of the screen. */
export interface Ink {
  readonly fonts: Readonly<Record<"plain" | "strong" | "sign" | "small" | "figure" | "mid", Hand["font"]>>;
  readonly colours: Readonly<Record<(typeof names)[number], string>>;
}

const names = ["paper", "ink", "quiet", "line", "shade", "buy", "sell", "bad"] as const;

/** @param element - on the page, within what is drawn @param ratio - pixels of the screen for one of CSS */
export function inkIn(element: HTMLElement, ratio: number): Ink {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = (weight: number, px: number) => `${weight} ${px * ratio}px ${fontFamily}`;
  const px = Number.parseFloat(fontSize);
  return {
    fonts: {
      plain: font(400, px),
      strong: font(600, px),
      sign: font(700, px),
      small: font(400, 0.75 * rem),
      figure: font(500, 0.75 * rem),
      mid: font(600, rem),
    },
    colours: Object.fromEntries(names.map((name) => [name, colourIn(element, `--p-${name}`)])) as Ink["colours"], // each of them
  };
}
