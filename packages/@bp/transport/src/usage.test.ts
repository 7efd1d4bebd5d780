import { describe, expect, it } from "vitest";
import { type AnswerHeaders, usageIn } from "./index.ts";

const headersOf = (all: Readonly<Record<string, string>>): AnswerHeaders => ({
  get: (name) => all[name],
  names: () => Object.keys(all),
});
const prefixes = { "x-mbx-used-weight-": "weight", "x-mbx-order-count-": "orders" };

describe("usageIn", () => {
  it("reads each interval of each kind, in upper and lower case", () => {
    const headers = headersOf({
      "x-mbx-used-weight-1m": "37",
      "x-mbx-order-count-10S": " 3 ",
      "x-mbx-order-count-1h": "0",
      "x-mbx-order-count-2d": "9",
    });
    expect(usageIn(headers, prefixes)).toEqual([
      { counts: "weight", perMs: 60_000, used: 37 },
      { counts: "orders", perMs: 10_000, used: 3 },
      { counts: "orders", perMs: 3_600_000, used: 0 },
      { counts: "orders", perMs: 172_800_000, used: 9 },
    ]);
  });

  it("passes over what has another form", () => {
    const headers = headersOf({
      "x-mbx-used-weight-": "1",
      "x-mbx-used-weight-1w": "1",
      "x-mbx-used-weight-0m": "1",
      "x-mbx-used-weight-1m": "many",
      "x-mbx-order-count-10s": "-1",
      "content-type": "1",
    });
    expect(usageIn(headers, prefixes)).toEqual([]);
  });
});
