import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../test/venue.ts";
import { actionOf } from "./codeActions.ts";
import { errorCodes } from "./errorCodes.ts";
import { failureOf, mayResign, negativeOf, pauseOf } from "./failure.ts";
import { commissionPaid } from "./wire/fees.ts";

const answer = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  text,
  headers: { get: (name: string) => headers[name], names: () => Object.keys(headers) },
});
const negative = (status: number, body: unknown) =>
  negativeOf(status, JSON.stringify(body), body) ?? { status, code: undefined, message: "a good answer" };

describe("errorCodes", () => {
  it("name each code once, and say what to do", () => {
    expect(errorCodes.size).toBeGreaterThan(125);
    expect(errorCodes.get(-2019)).toEqual({ name: "MARGIN_NOT_SUFFICIENT", action: "permanent" });
    expect(errorCodes.get(-4225)?.action).toBe("resign");
    expect(new Set([...errorCodes.values()].map(({ name }) => name)).size).toBe(errorCodes.size);
  });

  it.each([
    [-1000, "Signature check failed", "resign"],
    [-1000, "Invalid symbol.", "permanent"],
    [-1000, "An unknown error occured while processing the request.", "unknown"],
    [-2011, "", "gone"],
    [-4999, "Nonce is used", "resign"],
    [-4999, "whatever", "permanent"],
    [-4061, "", "stop"],
  ])("%i %s means %s", (code, message, action) => {
    expect(actionOf(code, message)).toBe(action);
  });
});

describe("negativeOf", () => {
  it("knows a good answer, an error at any status, and a page", () => {
    expect(negativeOf(200, "", { code: 200, msg: "success" })).toBeUndefined();
    expect(negativeOf(200, "", { code: "200" })).toBeUndefined();
    expect(negativeOf(200, "", [{ code: -2011 }])).toBeUndefined(); // an element of a batch
    expect(negative(200, { code: "-1121", msg: "Invalid symbol." })).toMatchObject({ code: -1121 });
    expect(negativeOf(502, "<html><title>502 Bad Gateway</title>", undefined)).toMatchObject({
      message: "a web page: 502 Bad Gateway",
    });
    expect(negative(400, fixture("rest-error-nonce.json"))).toMatchObject({ code: -4225, message: "Nonce Expired" });
    expect(negativeOf(403, "", undefined)).toMatchObject({ code: undefined, message: "an empty answer" });
  });
});

describe("failureOf", () => {
  it.each([
    [400, -1121, "venue/refused", "venue/refused"],
    [400, -1000, "venue/unknown-outcome", "venue/unavailable"],
    [400, -1001, "venue/unknown-outcome", "venue/unavailable"],
    [400, -1006, "venue/unknown-outcome", "venue/unavailable"],
    [400, -1007, "venue/unknown-outcome", "venue/unavailable"],
    [503, -2010, "venue/unknown-outcome", "venue/unavailable"],
    [400, -4083, "venue/unknown-outcome", "venue/unavailable"],
    [400, -1003, "venue/rate-limited", "venue/rate-limited"],
    [400, -1015, "venue/rate-limited", "venue/rate-limited"],
    [503, -1003, "venue/unknown-outcome", "venue/unavailable"],
    [200, -1003, "venue/rate-limited", "venue/rate-limited"],
    [400, -1016, "venue/refused", "venue/unavailable"],
    [400, -1112, "venue/refused", "venue/unavailable"],
    [400, -1021, "venue/expired", "venue/expired"],
    [400, -1022, "venue/refused", "venue/refused"],
    [400, -4225, "venue/expired", "venue/expired"],
    [401, -2014, "venue/refused", "venue/refused"],
    [403, undefined, "venue/unavailable", "venue/unavailable"],
    [418, undefined, "venue/rate-limited", "venue/rate-limited"],
    [404, undefined, "venue/refused", "venue/refused"],
    [500, undefined, "venue/unknown-outcome", "venue/unavailable"],
  ])("%i with %s: %s, or %s of a reading call", (status, code, changing, reading) => {
    const found = { status, code, message: "words" };
    expect(failureOf(found, "changes", "aster-futures").code).toBe(changing);
    expect(failureOf(found, "reads", "aster-spot").code).toBe(reading);
  });
});

describe("mayResign", () => {
  it("is not for an order whose nonce was refused", () => {
    const of = (code: number, message: string) => mayResign({ status: 400, code, message }, "orders");
    expect([of(-1021, ""), of(-1022, ""), of(-1000, "Signature check failed")]).toEqual([true, true, true]);
    expect([of(-4225, "Nonce Expired"), of(-4999, "Nonce is used"), of(-1000, "nonce too old")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("is for what the venue has certainly not done", () => {
    const of = (status: number, code: number | undefined, message = "") =>
      mayResign({ status, code, message }, "changes");
    expect([of(400, -1021), of(401, -1022), of(400, -4225), of(400, -1000, "Signature check failed")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([of(503, -1021), of(429, -1021), of(400, -1000), of(400, -2019), of(400, undefined)]).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("pauseOf", () => {
  const now = 1_700_000_000_000;
  it("hears the header, the text, or nothing", () => {
    expect(pauseOf(answer(429, "", { "retry-after": "3" }), now)).toBe(3_000);
    expect(pauseOf(answer(418, '{"code":-1003,"msg":"IP banned until 1700000060000"}'), now)).toBe(60_000);
    expect(pauseOf(answer(418, '{"code":-1003,"msg":"IP banned until 1600000060000"}'), now)).toBeUndefined();
    expect(pauseOf(answer(429, ""), now)).toBeUndefined();
    expect(pauseOf(answer(400, ""), now)).toBe(0);
    expect(pauseOf(answer(403, "<html>"), now)).toBe(300_000);
    expect(pauseOf(answer(403, '{"code":-2015,"msg":"x"}'), now)).toBe(0);
  });
});

describe("commissionPaid", () => {
  it("is a cost, whatever sign the venue writes", () => {
    expect([commissionPaid(decimal("-0.07819010")), commissionPaid(decimal("0.00105000"))]).toEqual([
      "0.07819010",
      "0.00105000",
    ]);
  });
});
