import { describe, expect, it } from "vitest";
import { createPen } from "./pen.ts";

/** A context in whose font a 1 is narrow, or is not; letters stand 10 above and 2 below their line. */
function context(one: number) {
  const put: (readonly [text: string, x: number, y: number])[] = [];
  const width = (text: string) =>
    Array.from(text).reduce((sum, letter) => sum + (letter === "1" ? one : letter === "." ? 4 : 8), 0);
  const nothing = () => undefined;
  let kept = "";
  return {
    put,
    font: "",
    beginPath: nothing,
    rect: nothing,
    clip: nothing,
    save() {
      kept = this.font;
    },
    restore() {
      this.font = kept;
    },
    fillStyle: "",
    fillText: (text: string, x: number, y: number) => void put.push([text, x, y]),
    measureText: (text: string) =>
      ({ width: width(text), fontBoundingBoxAscent: 10, fontBoundingBoxDescent: 2 }) as TextMetrics, // what is asked of it
  };
}

const hand = { font: "13px x", colour: "red" };

describe("createPen", () => {
  it("writes a text in the middle of its line", () => {
    const paper = context(8);
    expect(createPen(paper).from({ x: 5, top: 20, bottom: 42 }, "11.0", hand)).toBe(28);
    expect(paper.put).toEqual([["11.0", 5, 35]]);
    expect(paper).toMatchObject({ font: "13px x", fillStyle: "red" });
  });

  it("ends a text where it is told to", () => {
    const paper = context(8);
    createPen(paper).upTo({ x: 100, top: 0, bottom: 22 }, "11.0", hand);
    expect(paper.put).toEqual([["11.0", 72, 15]]);
  });

  it("gives each figure the same room in a font whose figures are not as wide as each other", () => {
    const paper = context(4);
    const pen = createPen(paper);
    expect(pen.width("11.0", hand.font)).toBe(pen.width("23.0", hand.font));
    pen.upTo({ x: 100, top: 0, bottom: 22 }, "1.0", hand);
    expect(paper.put.map(([text, x]) => [text, x])).toEqual([
      ["1", 82],
      [".", 88],
      ["0", 92],
    ]);
  });

  it("chooses its font anew after what it has cut off", () => {
    const paper = context(8);
    const pen = createPen(paper);
    const spot = { x: 0, top: 0, bottom: 22 };
    pen.from(spot, "1", hand);
    pen.within(
      { left: 0, top: 0, width: 9, height: 9 },
      () => void pen.from(spot, "2", { ...hand, font: "700 13px x" }),
    );
    expect(paper.font).toBe("13px x");
    pen.from(spot, "3", { ...hand, font: "700 13px x" });
    expect(paper.font).toBe("700 13px x");
  });
});
