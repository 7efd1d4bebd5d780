// How many pixels of the screen a canvas covers, whenever that changes: with its size, with the zoom, on another screen.
import type { Extent } from "./grid.ts";

/** @param then - is told at first, and after each change @returns ends it */
export function onExtent(canvas: HTMLCanvasElement, then: (extent: Extent) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined || entry.contentRect.width === 0) return;
    then(extentOf(entry, devicePixelRatio));
  });
  // Where the browser tells the pixels themselves, they are not guessed: a canvas can begin between two of them.
  const box = "devicePixelContentBoxSize" in ResizeObserverEntry.prototype ? "device-pixel-content-box" : "content-box";
  let ratio: MediaQueryList | undefined;
  const look = () => {
    observer.observe(canvas, { box }); // begun anew, it tells also what is as it was
    ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    ratio.addEventListener("change", look, { once: true });
  };
  look();
  return () => {
    observer.disconnect();
    ratio?.removeEventListener("change", look);
  };
}

type Measured = Pick<ResizeObserverEntry, "contentRect"> &
  Partial<Pick<ResizeObserverEntry, "devicePixelContentBoxSize">>;

/** @param pixels - of the screen for one of CSS, as the browser says */
export function extentOf({ contentRect, devicePixelContentBoxSize }: Measured, pixels: number): Extent {
  const told = devicePixelContentBoxSize?.[0];
  const side = (css: number, counted: number | undefined) => {
    const guess = Math.round(css * pixels);
    // A browser that plays another screen counts those of its own.
    return Math.max(1, counted !== undefined && Math.abs(counted - guess) <= 1 ? counted : guess);
  };
  const width = side(contentRect.width, told?.inlineSize);
  const height = side(contentRect.height, told?.blockSize);
  return { width, height, ratio: height / contentRect.height };
}
