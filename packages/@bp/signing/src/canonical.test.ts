import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/signing-vectors.json" with { type: "json" };
import { canonical, canonicalBatch, type Params, type ParamValue, prepare } from "./index.ts";

const { vectors } = fixtures;

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("canonical", () => {
  it("knows every vector of the venue", () => {
    expect(vectors).toHaveLength(39);
  });

  for (const vector of vectors) {
    it(`writes the text of ${vector.name}`, () => {
      const { instruction, timestamp, window, query, body } = vector;
      const params = (query ?? body) as Params | Params[] | undefined; // JSON's own type is the union of all vectors
      const text = Array.isArray(params)
        ? canonicalBatch(instruction, params, timestamp, window)
        : canonical(instruction, params, timestamp, window);
      expect(text).toBe(vector.message);
    });
  }

  it("leaves out null and undefined, and signs an empty object like none", () => {
    const none = "instruction=balanceQuery&timestamp=1&window=2";
    expect(canonical("balanceQuery", undefined, 1, 2)).toBe(none);
    expect(canonical("balanceQuery", {}, 1, 2)).toBe(none);
    expect(canonical("balanceQuery", { a: null, b: undefined }, 1, 2)).toBe(none);
  });

  it("writes booleans and whole numbers plainly", () => {
    const params = { yes: true, no: false, zero: 0, below: -7, most: Number.MAX_SAFE_INTEGER, minusZero: -0 };
    expect(canonical("x", params, 1, 2)).toBe(
      "instruction=x&below=-7&minusZero=0&most=9007199254740991&no=false&yes=true&zero=0&timestamp=1&window=2",
    );
  });

  it("sorts keys by byte, capitals before small letters", () => {
    expect(canonical("x", { b: "1", a: "2", B: "3", a1: "4" }, 1, 2)).toContain("B=3&a=2&a1=4&b=1");
  });

  it.each([
    ["a fraction", 0.1],
    ["a tiny number", 1e-7],
    ["a number beyond 2^53", 2 ** 53],
    ["infinity", Number.POSITIVE_INFINITY],
    ["NaN", Number.NaN],
    ["an object", { nested: 1 }],
    ["a list", ["a"]],
    ["a bigint", 1n],
    ["a function", () => 1],
  ])("refuses %s", (_, value) => {
    const error = failure(() => canonical("x", { quantity: value as ParamValue }, 1, 2)); // what JavaScript may pass
    expect(error.code).toBe("signing/bad-value");
    expect(error.context).toMatchObject({ key: "quantity" });
    expect(error.retry).toBe("never");
  });

  it("refuses a name that could be read as two parameters", () => {
    for (const key of ["a&b", "a=b", "", "ä"])
      expect(failure(() => canonical("x", { [key]: "1" }, 1, 2)).code).toBe("signing/bad-value");
    expect(failure(() => canonical("x&y", {}, 1, 2)).code).toBe("signing/bad-value");
  });

  it("refuses a time or a window that is no whole number", () => {
    for (const bad of [1.5, -1, Number.NaN, 2 ** 53]) {
      expect(failure(() => canonical("x", {}, bad, 5000)).code).toBe("signing/bad-value");
      expect(failure(() => canonical("x", {}, 1, bad)).code).toBe("signing/bad-value");
    }
  });
});

describe("canonicalBatch", () => {
  it("signs a batch of one like a single order", () => {
    const order = { symbol: "SOL_USDC", price: "1" };
    expect(canonicalBatch("orderExecute", [order], 1, 2)).toBe(canonical("orderExecute", order, 1, 2));
  });

  it("refuses an empty batch", () => {
    expect(failure(() => canonicalBatch("orderExecute", [], 1, 2)).code).toBe("signing/bad-value");
  });
});

describe("prepare", () => {
  const value = fc.oneof(fc.string(), fc.boolean(), fc.maxSafeInteger(), fc.constant(null), fc.constant(undefined));
  const params = fc.dictionary(fc.stringMatching(/^[a-zA-Z_]\w{0,8}$/), value);

  it("writes the same text as canonical and the same body as JSON", () => {
    fc.assert(
      fc.property(params, fc.nat(), fc.nat(), (given, timestamp, window) => {
        const prepared = prepare("orderExecute", [...Object.keys(given), "neverGiven"]);
        expect(prepared.text(given, timestamp, window)).toBe(canonical("orderExecute", given, timestamp, window));
        const kept = Object.entries(given).filter(([, each]) => each !== null && each !== undefined);
        const body = prepared.body(given);
        expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(kept))));
        expect([...body.matchAll(/"(\w+)":/g)].length).toBeGreaterThanOrEqual(kept.length);
      }),
    );
  });

  it("refuses a key that was not prepared, so that nothing is lost in silence", () => {
    const cancel = prepare("orderCancel", ["symbol", "orderId"]);
    for (const work of [() => cancel.text({ clientId: 1 }, 1, 2), () => cancel.body({ clientId: 1 })])
      expect(failure(work).context).toEqual({ key: "clientId", why: "not prepared for orderCancel" });
  });

  it("refuses the values that canonical refuses, in the body too", () => {
    const order = prepare("orderExecute", ["price"]);
    expect(failure(() => order.body({ price: 1.5 })).code).toBe("signing/bad-value");
    expect(failure(() => order.text({ price: 1.5 }, 1, 2)).code).toBe("signing/bad-value");
  });
});
