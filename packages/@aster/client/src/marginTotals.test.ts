import { toBig } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../test/venue.ts";
import { marginTotals } from "./marginTotals.ts";
import { get } from "./rest/futures/account/get.ts";

describe("marginTotals", () => {
  const account = get.answer.parse(fixture("futures-rest-v4-account.live.json"));

  it("tells what there is, once", () => {
    expect(marginTotals(account)).toEqual({
      equity: "35.0112029814204",
      wallet: "35.0112029814204",
      unrealized: "0.00000000",
      available: "35.00840230",
      initialMargin: "0.00000000",
      maintenanceMargin: "0.00000000",
    });
  });

  it("is not the sum over assets, of which an empty wallet has its share too", () => {
    const empty = account.assets.find(({ asset }) => asset === "ASTER");
    expect(empty).toMatchObject({ walletBalance: "0.00000000", availableBalance: "39.89230084" });
    const sum = account.assets.reduce((total, { availableBalance }) => total.plus(availableBalance ?? "0"), toBig("0"));
    expect(sum.gt(toBig(marginTotals(account).available).times(2))).toBe(true); // more than twice the money
  });
});
