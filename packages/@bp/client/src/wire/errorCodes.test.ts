import { describe, expect, it } from "vitest";
import { failureOf } from "../failure.ts";
import { errorCodeOf, errorCodes } from "./errorCodes.ts";

describe("errorCodes", () => {
  it("has the 35 codes of the venue, each with words", () => {
    const entries = Object.entries(errorCodes);
    expect(entries).toHaveLength(35);
    expect(entries.filter(([, { meaning }]) => meaning.length < 10)).toEqual([]);
  });

  it("says which are worth another try, and which do not tell", () => {
    const of = (retry: string) =>
      Object.entries(errorCodes).flatMap(([code, each]) => (each.retry === retry ? [code] : []));
    expect(of("unknown")).toEqual(["SERVER_ERROR", "TIMEOUT"]);
    expect(of("later")).toEqual(["MAINTENANCE", "TOO_EARLY", "TOO_MANY_REQUESTS", "TRADING_PAUSED"]);
  });

  it("agrees with the failure of a call that changes something", () => {
    for (const [code, { retry }] of Object.entries(errorCodes)) {
      const failure = failureOf({ status: 400, code, message: "" }, "changes");
      expect([code, failure.retry === "unknown"]).toEqual([code, retry === "unknown"]);
      expect(failure.context).toMatchObject({ code, status: 400 });
    }
  });

  it("agrees with the failure of a reading call: what may pass is worth another try", () => {
    for (const [code, { retry }] of Object.entries(errorCodes))
      expect([code, failureOf({ status: 400, code, message: "" }, "reads").retry]).toEqual([
        code,
        retry === "never" ? "never" : "later",
      ]);
  });
});

describe("errorCodeOf", () => {
  it("knows a code, and takes a new one for a refusal like any other", () => {
    expect(errorCodeOf("ORDER_LIMIT")).toEqual({ meaning: "too many open orders", retry: "never" });
    expect([errorCodeOf("SOMETHING_NEW"), errorCodeOf("constructor")]).toEqual([undefined, undefined]);
    expect(failureOf({ status: 400, code: "SOMETHING_NEW", message: "m" }, "changes").code).toBe("venue/refused");
  });
});
