import { clientId } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientIdOf, clientOrderIdOf } from "./clientIds.ts";

describe("clientIdOf", () => {
  it("reads back every number of ours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff_ffff }), (value) => {
        expect(clientIdOf(clientOrderIdOf(clientId(value)))).toBe(value);
      }),
    );
  });

  it.each([
    "autoclose-1767225600",
    "adl_autoclose",
    "bp-0",
    "bp-007",
    "bp-4294967296",
    "bp-1x",
    "BP-1",
    " bp-1",
    "web_12",
    "",
  ])("takes %j for somebody else's", (text) => {
    expect(clientIdOf(text)).toBeUndefined();
  });

  it("makes ids that the venue takes", () => {
    expect(clientOrderIdOf(clientId(0xffff_ffff))).toMatch(/^[A-Za-z0-9_-]{1,36}$/);
  });
});
