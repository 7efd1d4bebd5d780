import { describe, expect, it } from "vitest";
import { fixture } from "../../test/server.ts";
import { reasonOfExpiry, reasonOfRefusal, saysItStands } from "./reasons.ts";

const sample = (name: string) => fixture(name) as { readonly code: string; readonly message: string };

describe("reasonOfRefusal", () => {
  it.each([
    ["error-post-only-would-take.json", "would-take"],
    ["error-price-decimal-too-long.json", "off-grid"],
    ["error-quantity-decimal-too-long.json", "off-grid"],
    ["error-insufficient-funds.json", "no-funds"],
    ["error-insufficient-margin.json", "no-funds"],
    ["error-trading-paused.json", "closed"],
    ["error-maintenance.json", "closed"],
    ["error-too-many-requests.json", "rate-limited"],
    ["error-invalid-order.json", "other"],
    ["error-unauthorized.json", "other"],
  ])("takes %s for %s", (name, reason) => {
    const { code, message } = sample(name);
    expect(reasonOfRefusal(code, message)).toBe(reason);
  });

  it("takes a code that it does not know for some other reason", () => {
    expect(reasonOfRefusal("SOMETHING_NEW", "would immediately match")).toBe("other");
  });
});

describe("saysItStands", () => {
  it("tells a used client id from other refusals", () => {
    const used = sample("error-duplicate-client-id.json");
    const other = sample("error-invalid-order.json");
    expect([saysItStands(used.code, used.message), saysItStands(other.code, other.message)]).toEqual([true, false]);
  });
});

describe("reasonOfExpiry", () => {
  it("reads the venue's word", () => {
    expect(
      ["PostOnlyTaker", "ImmediateOrCancel", "SelfTradePrevention", "PRICE_BAND", "Novelty"].map((word) =>
        reasonOfExpiry(word, "gtc"),
      ),
    ).toEqual(["would-take", "filled-what-it-could", "self-trade", "price-band", "other"]);
  });

  it("says what the kind of order tells where there is no word", () => {
    expect((["gtx", "ioc", "fok", "gtc"] as const).map((tif) => reasonOfExpiry(null, tif))).toEqual([
      "would-take",
      "filled-what-it-could",
      "filled-what-it-could",
      "other",
    ]);
  });
});
