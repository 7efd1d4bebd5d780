import { describe, expect, it } from "vitest";
import { aMarket, anOrder, noon } from "../frame.fixture.ts";
import { en } from "../words/en.ts";
import { pictureOf } from "./picture.ts";
import { depth } from "./rows.ts";

const text = (said: readonly object[]) => said.flatMap((each) => Object.values(each) as string[]).join("");

describe("pictureOf", () => {
  it("has the best bid on its first line and the best ask on its last, and keeps the lines that are empty", () => {
    const market = aMarket({
      bids: [
        ["100", "4"],
        ["99.9", "2"],
      ],
      asks: [["100.1", "1"]],
      orders: [],
      lotSize: "0.1",
    });
    const { bids, asks } = pictureOf(market, noon, en).picture;
    expect(bids.map(({ price }) => price)).toEqual(["100.00", "99.90", ...Array<string>(depth - 2).fill("")]);
    expect(bids.map(({ size }) => size).slice(0, 3)).toEqual(["4.0", "2.0", ""]);
    expect(bids.map(({ share }) => share).slice(0, 3)).toEqual([1, 0.5, 0]);
    expect(asks.map(({ price }) => price)).toEqual([...Array<string>(depth - 1).fill(""), "100.10"]);
  });

  it("has own orders on the line of their price, also where the book has no level", () => {
    const market = aMarket({ bids: [["100", "4"]], orders: [anOrder({ price: "99" })] });
    const { bids } = pictureOf(market, noon, en).picture;
    expect(bids[1]).toMatchObject({ price: "99.00", size: "", chips: [{ own: { order: { clientId: 7 } } }] });
  });

  it("says between the sides what lies there, and of a spot market no mark", () => {
    const market = aMarket({ bids: [["100", "4"]], asks: [["100.1", "1"]], last: "100.1", mark: "100.05" });
    const { touch } = pictureOf(market, noon, en).picture;
    expect(touch.mid).toBe("100.05");
    expect(text(touch.spread)).toBe("Spread 0.1 · 9.9 bps");
    expect(text(touch.prints)).toBe("Last 100.10   Mark 100.05");
    expect(text(pictureOf({ ...market, kind: "spot" }, noon, en).picture.touch.prints)).toBe("Last 100.10");
    expect(text(pictureOf({ ...market, bids: [["101", "1"]] }, noon, en).picture.touch.spread)).toContain("crossed");
  });

  it("doubts a book that nothing quotes from", () => {
    expect(pictureOf(aMarket(), noon, en).picture.isDoubtful).toBe(false);
    expect(pictureOf(aMarket({ bookIsValid: false }), noon, en).picture.isDoubtful).toBe(true);
    expect(pictureOf(aMarket({ bookAt: 0 }), noon, en).picture.isDoubtful).toBe(true);
  });
});
