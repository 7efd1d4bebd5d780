import { describe, expect, it } from "vitest";
import { anOrder } from "../frame.fixture.ts";
import { chipParts } from "./chip.ts";
import { drawLine } from "./drawLine.ts";
import { gridOf } from "./grid.ts";
import { aPaper } from "./paper.fixture.ts";
import type { Line } from "./picture.ts";

const band = { top: 22, bottom: 44 };

/** A bid with so many own orders, on a picture that is so wide. */
function drawn(orders: number, width: number) {
  const { written, tools } = aPaper();
  const chips = Array.from({ length: orders }, (_, at) => {
    const own = { order: anOrder({ clientId: at, state: "placing" }), rest: "1.5", queue: 0.4 };
    return { own, parts: chipParts(own) };
  });
  const line: Line = { side: "bid", price: "", size: "", share: 0, chips };
  const grid = gridOf({ width, height: 704, ratio: 1 });
  const placed = drawLine(line, band, false, grid, tools);
  return { placed, grid, text: written.filter((text) => text !== "").join(" ") };
}

describe("drawLine", () => {
  it("says all of an own order where there is room", () => {
    const { placed, text, grid } = drawn(1, 600);
    expect(text).toBe("▲ 1.5 /2 ↗ 3.2");
    expect(placed).toMatchObject([
      { own: { order: { clientId: 0 } }, box: { left: grid.ownFrom, top: 23, height: 20 } },
    ]);
  });

  it("leaves out the place in the queue first, then how much it is", () => {
    expect(drawn(2, 600).text).toBe("▲ 1.5 /2 ↗ ▲ 1.5 /2 ↗");
    expect(drawn(4, 600).text).toBe("▲ ↗ ▲ ↗ ▲ ↗ ▲ ↗");
  });

  it("keeps orders beside each other and within the picture, however many stand at one price", () => {
    for (const orders of [1, 2, 4, 12]) {
      const { placed, grid } = drawn(orders, 400);
      expect(placed).toHaveLength(orders);
      for (const [at, { box }] of placed.entries()) {
        const next = placed[at + 1]?.box.left ?? grid.width + 1;
        expect(box.width).toBeGreaterThan(0);
        expect(box.left + box.width).toBeLessThan(next);
      }
    }
  });
});
