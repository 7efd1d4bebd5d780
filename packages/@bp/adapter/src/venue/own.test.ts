import { clientId, instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { mustBeOurs } from "./own.ts";

const sol = instrument({ id: "x:SOL", kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });
const asked = { clientId: clientId(7), instrument: sol, venueOrderId: undefined };
const found = { venueOrderId: "9", clientId: clientId(7), symbol: "SOL" };

describe("mustBeOurs", () => {
  it("lets the order through that was asked for", () => {
    expect(() => mustBeOurs(asked, found)).not.toThrow();
    expect(() => mustBeOurs(asked, { ...found, clientId: undefined })).not.toThrow(); // the venue left it out
  });

  it("goes by the venue's name where it is known: a cancel's answer may carry another client id", () => {
    expect(() => mustBeOurs({ ...asked, venueOrderId: "9" }, { ...found, clientId: "another" })).not.toThrow();
    expect(() => mustBeOurs({ ...asked, venueOrderId: "8" }, found)).toThrow(/expected 8; got 9/);
  });

  it.each([
    ["another number of ours", { ...found, clientId: clientId(8) }],
    ["somebody else's name", { ...found, clientId: "another" as const }],
    ["another market", { ...found, symbol: "BTC" }],
  ])("throws for %s", (_, other) => {
    expect(() => mustBeOurs(asked, other)).toThrow(/answer about order 7/);
  });
});
