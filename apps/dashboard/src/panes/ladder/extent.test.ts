import { describe, expect, it } from "vitest";
import { extentOf } from "./extent.ts";

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
