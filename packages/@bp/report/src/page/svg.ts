// Bars that need no script: drawings whose every length is an attribute, so that a strict policy lets them be.
import { type Html, html, trusted } from "./html.ts";

/** Units across a bar. */
const width = 200;

/**
 * A bar from one value to another on a common scale, gains and losses in different colours and with different ends.
 *
 * @param from - where it begins, @param to - where it ends; both within `low` and `high`
 */
export function bar(
  from: number,
  to: number,
  scale: { readonly low: number; readonly high: number },
  tone: "total" | "part" = "part",
): Html {
  const span = scale.high - scale.low;
  if (!(span > 0) || from === to || ![from, to].every(Number.isFinite)) return html``;
  const place = (value: number) => Number((((value - scale.low) / span) * width).toFixed(2));
  const [left, right] = [place(Math.min(from, to)), place(Math.max(from, to))];
  const kind = tone === "total" ? "total" : to >= from ? "gain" : "loss";
  return trusted(
    `<svg class="bar" viewBox="0 0 ${width} 12" preserveAspectRatio="none" aria-hidden="true"><line x1="${place(0)}" x2="${place(0)}" y1="0" y2="12" class="zero"/><rect class="${kind}" x="${left}" width="${Math.max(0.8, right - left)}" y="1.5" height="9"/></svg>`,
  );
}

/** The scale that holds all of some values, and 0. */
export function scaleOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0];
  for (const each of values) {
    if (!Number.isFinite(each)) continue;
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  return { low, high };
}
