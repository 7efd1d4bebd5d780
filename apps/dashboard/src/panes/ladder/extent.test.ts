import { afterEach, describe, expect, it, vi } from "vitest";
import { extentOf, onExtent } from "./extent.ts";

const contentRect = { width: 306, height: 704 } as DOMRectReadOnly; // what is asked of it

describe("extentOf", () => {
  it("is what the browser has counted", () => {
    const devicePixelContentBoxSize = [{ inlineSize: 613, blockSize: 1_408 }];
    expect(extentOf({ contentRect, devicePixelContentBoxSize }, 2)).toEqual({ width: 613, height: 1_408, ratio: 2 });
  });

  it("is not what is counted on another screen than the one that is played", () => {
    const devicePixelContentBoxSize = [{ inlineSize: 306, blockSize: 704 }];
    expect(extentOf({ contentRect, devicePixelContentBoxSize }, 2)).toEqual({ width: 612, height: 1_408, ratio: 2 });
  });

  it("is worked out where the browser does not count", () => {
    expect(extentOf({ contentRect }, 1.5)).toEqual({ width: 459, height: 1_056, ratio: 1.5 });
  });
});

describe("onExtent", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("measures anew on a screen with other pixels, also where the browser counts none and the size is the same", () => {
    const measured: (readonly [box: string | undefined, ratio: number])[] = [];
    const screens: EventTarget[] = [];
    const observe = (_: Element, options?: ResizeObserverOptions) =>
      void measured.push([options?.box, devicePixelRatio]);
    vi.stubGlobal("ResizeObserver", function Observer() {
      return { observe, disconnect: () => undefined };
    });
    vi.stubGlobal("ResizeObserverEntry", function Entry() {});
    vi.stubGlobal("matchMedia", () => {
      const screen = new EventTarget();
      screens.push(screen);
      return screen;
    });
    const moveTo = (ratio: number) => {
      vi.stubGlobal("devicePixelRatio", ratio);
      screens.at(-1)?.dispatchEvent(new Event("change"));
    };
    vi.stubGlobal("devicePixelRatio", 1);
    const end = onExtent({} as HTMLCanvasElement, () => undefined); // nothing is asked of it
    moveTo(2);
    moveTo(1);
    end();
    moveTo(2);
    expect(measured).toEqual([1, 2, 1].map((ratio) => ["content-box", ratio]));
  });
});
