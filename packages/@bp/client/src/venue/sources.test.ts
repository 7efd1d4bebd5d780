import { bytesOf, type Print } from "@bp/adapter";
import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/server.ts";
import { createBackpack } from "../client.ts";
import { tradeSource } from "./sources.ts";

const market = instrument({
  id: "backpack:ETH_USDC_PERP",
  kind: "perp",
  base: "ETH",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.0001",
});

describe("tradeSource", () => {
  const read = tradeSource(createBackpack(), "ETH_USDC_PERP").reader(market);
  const text = JSON.stringify(fixture("ws-trade.json"));
  const printOf = (frame: string): Print => {
    const print: Print = { id: 0, longId: "", at: 0, price: 0, size: 0, buyerRested: false };
    read(bytesOf(frame), print);
    return print;
  };
  const withId = (id: string) => printOf(text.replace(/"t":\d+/, `"t":${id}`));

  it("reads the fast and the slow way alike", () => {
    expect(printOf(JSON.stringify(JSON.parse(text), null, 1))).toEqual(printOf(text));
    expect(printOf(text).id).toBeGreaterThan(0);
  });

  it("keeps an id above 2^53 digit for digit, as a number or as text", () => {
    const { id: _, longId: __, ...rest } = printOf(text);
    const expected = { ...rest, id: -1, longId: "1234567890123456789" };
    expect(withId("1234567890123456789")).toEqual(expected);
    expect(withId('"1234567890123456789"')).toEqual(expected);
    expect(withId('"77"')).toMatchObject({ id: 77, longId: "" });
  });

  it("refuses a print without an id, with the place", () => {
    const context = expect.objectContaining({ path: "t" });
    expect(() => withId("null")).toThrow(expect.objectContaining({ code: "wire/schema", context }));
  });
});
