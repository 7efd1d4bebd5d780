import { describe, expect, it } from "vitest";
import { aMarket, noon } from "../frame.fixture.ts";
import { en } from "../words/en.ts";
import { createDrawing } from "./drawing.ts";
import { aPaper, ink } from "./paper.fixture.ts";
import { pictureOf } from "./picture.ts";

const extent = { width: 600, height: 704, ratio: 1 };
const pictureWith = (last: string) => pictureOf(aMarket({ last }), noon, en).picture;

function started() {
  const { written, canvas } = aPaper();
  const drawing = createDrawing(canvas, () => ink);
  if (drawing === undefined) throw new Error("no canvas");
  const draws = (last: string) => {
    written.length = 0;
    const placed = drawing.draw(pictureWith(last));
    return { placed, written: [...written] };
  };
  return { drawing, draws };
}

describe("createDrawing", () => {
  it("does not say that there are no own orders as long as it has no size", () => {
    const { drawing, draws } = started();
    expect(draws("150.11")).toEqual({ placed: undefined, written: [] });
    drawing.resize(extent);
    expect(draws("150.11").placed?.map(({ own }) => own.order.clientId)).toEqual([8, 7]);
  });

  it("draws what has changed, and whole when it was told to paint", () => {
    const { drawing, draws } = started();
    drawing.resize(extent);
    const all = draws("150.11").written;
    expect(draws("150.11").written).toEqual([]);
    const changed = draws("150.12").written;
    expect(changed).toContain("150.12");
    expect(changed.length).toBeLessThan(all.length / 2);
    drawing.paint();
    expect(draws("150.11").written).toEqual(all);
  });
});
