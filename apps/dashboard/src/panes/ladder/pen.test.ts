import { describe, expect, it } from "vitest";
import { createPen } from "./pen.ts";

/** A context in whose font a 1 is narrow, or is not; letters stand 10 above and 2 below their line. */
function context(one: number) {
  const put: (readonly [text: string, x: number, y: number])[] = [];
  const width = (text: string) => [...text].reduce((sum, letter) => sum + (letter === "1" ? one : letter === "." ? 4 : 8), 0);
  return {
    put,
    font: "",
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
    expect(paper.put.map(([text, x]) => [text, x])).toEqual([["1", 82], [".", 88], ["0", 92]]);
  });
});
