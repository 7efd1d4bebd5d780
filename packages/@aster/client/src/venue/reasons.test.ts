import { describe, expect, it } from "vitest";
import { errorCodes } from "../errorCodes.ts";
import { endingOf, refusalOf } from "./reasons.ts";

describe("refusalOf", () => {
  it.each([
    ["-5022", "would-take"],
    ["-1111", "off-grid"],
    ["-4014", "off-grid"],
    ["-4023", "off-grid"],
    ["-4164", "below-minimum"],
    ["-4004", "below-minimum"],
    ["-2019", "no-funds"],
    ["-2018", "no-funds"],
    ["-2027", "no-funds"],
    ["-2022", "reduce-only"],
    ["-4016", "price-band"],
    ["-4024", "price-band"],
    ["-5060", "price-band"],
    ["-4141", "closed"],
    ["-2025", "other"],
    ["-4061", "other"],
  ])("takes %s for %s", (code, reason) => {
    expect(refusalOf(code, "words")).toEqual({ reason, text: `${code}: words` });
  });

  it("looks at the words of the general code alone", () => {
    expect(refusalOf("-2010", "Account has insufficient balance for requested action.")).toMatchObject({
      reason: "no-funds",
    });
    expect(refusalOf("-2010", "Order would immediately match and take.")).toMatchObject({ reason: "would-take" });
    expect(refusalOf("-2010", "NEW_ORDER_REJECTED")).toMatchObject({ reason: "other" });
    expect(refusalOf("-2019", "Order would immediately match")).toMatchObject({ reason: "no-funds" });
  });

  it("knows a client id that is in use for an order that had arrived", () => {
    expect(refusalOf("-2010", "Duplicate order sent.")).toBe("stands");
    expect(refusalOf("-4116", "ClientOrderId is duplicated.")).toBe("stands");
  });

  it("has a reason for every code of the venue", () => {
    for (const code of errorCodes.keys()) expect(typeof refusalOf(String(code), "x")).not.toBe("undefined");
  });
});

describe("endingOf", () => {
  it.each([
    ["NEW", "gtx", 0, undefined],
    ["PARTIALLY_FILLED", "ioc", 3, undefined],
    ["FILLED", "gtc", 5, undefined],
    ["SOMETHING_NEW", "gtc", 0, undefined],
  ] as const)("lets %s of a %s order stand", (status, tif, filled, ending) => {
    expect(endingOf(status, tif, filled)).toBe(ending);
  });

  it.each([
    ["CANCELED", "gtx", 0, { type: "order.cancelled" }],
    ["EXPIRED", "gtx", 0, { type: "order.expired", reason: "would-take", text: "EXPIRED" }],
    ["EXPIRED", "gtx", 2, { type: "order.expired", reason: "other", text: "EXPIRED" }],
    ["EXPIRED", "ioc", 2, { type: "order.expired", reason: "filled-what-it-could", text: "EXPIRED" }],
    ["EXPIRED", "fok", 0, { type: "order.expired", reason: "filled-what-it-could", text: "EXPIRED" }],
    ["EXPIRED", "gtc", 0, { type: "order.expired", reason: "self-trade", text: "EXPIRED" }],
    ["EXPIRED", undefined, 0, { type: "order.expired", reason: "other", text: "EXPIRED" }],
    ["EXPIRED_IN_MATCH", "gtx", 0, { type: "order.expired", reason: "self-trade", text: "EXPIRED_IN_MATCH" }],
    ["REJECTED", "gtc", 0, { type: "order.expired", reason: "other", text: "REJECTED" }],
  ] as const)("ends %s of a %s order with %i lots", (status, tif, filled, ending) => {
    expect(endingOf(status, tif, filled)).toEqual(ending);
  });
});
