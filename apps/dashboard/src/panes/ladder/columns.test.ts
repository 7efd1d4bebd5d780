import { describe, expect, it } from "vitest";
import { columnsOf } from "./columns.ts";
import { depth, type LadderRow, type OwnOrder } from "./rows.ts";

const steps = { tickSize: "0.01", lotSize: "0.1" };
const own: OwnOrder = {
  rest: "2",
  order: {
    clientId: 7,
    slot: "maker/bid",
    side: "buy",
    price: "99.9",
    size: "2",
    filled: "0",
    state: "open",
    placedAt: 0,
    postOnly: true,
    reduceOnly: false,
  },
};
const rows: readonly LadderRow[] = [
  { key: "100", price: "100.00", size: "4", share: 0.5, own: [] },
  { key: "99.9", price: "99.90", share: 0, own: [own] },
];

describe("columnsOf", () => {
  it("has the best of the bids on the first line, and keeps the lines that are empty", () => {
    const { prices, sizes } = columnsOf("bid", rows, steps);
    expect(prices.split("\n")).toEqual(["100.00", "99.90", ...Array<string>(depth - 2).fill("")]);
    expect(sizes.split("\n")).toEqual(["4.0", ...Array<string>(depth - 1).fill("")]);
  });

  it("has the best of the asks on the last line", () => {
    const { prices, rungs } = columnsOf("ask", rows, steps);
    expect(prices.split("\n").slice(-3)).toEqual(["", "99.90", "100.00"]);
    expect(rungs).toEqual([{ key: "99.9", line: depth - 2, own: [own] }]);
  });

  it("draws each size as a bar of its share", () => {
    const bars = columnsOf("bid", rows, steps).bars.split(",");
    expect(bars).toHaveLength(depth);
    expect(bars.slice(0, 2).map((bar) => bar.split(" ")[0])).toEqual(["50%", "0%"]);
  });
});
