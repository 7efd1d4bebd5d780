import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/aster-signing-vectors.json" with { type: "json" };
import { formText, type ParamValue, rawFormText } from "./index.ts";

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

type Pairs = [string, string][];

describe("formText", () => {
  for (const { id, params, msg } of fixtures.eip712.vectors) {
    if (id.includes("raw-signed")) continue; // below
    it(`writes the text of ${id}`, () => {
      expect(formText(params as Pairs)).toBe(msg); // JSON has no pairs
      expect(formText(Object.fromEntries(params))).toBe(msg);
    });
  }

  for (const { id, params, signedString } of fixtures.hmac.vectors) {
    if (id.includes("mixed")) continue; // two texts, one after the other: see hmac.test.ts
    it(`writes the text of ${id}`, () => {
      expect(formText(params as Pairs)).toBe(signedString); // JSON has no pairs
    });
  }

  it("keeps the order, leaves out null and undefined, writes booleans and whole numbers plainly", () => {
    const params = {
      z: "1",
      a: null,
      b: undefined,
      yes: true,
      no: false,
      minusZero: -0,
      most: Number.MAX_SAFE_INTEGER,
    };
    expect(formText(params)).toBe("z=1&yes=true&no=false&minusZero=0&most=9007199254740991");
    expect(formText({})).toBe("");
    expect(formText([])).toBe("");
    expect(formText({ empty: "" })).toBe("empty=");
  });

  it("sends a name twice if it is asked to", () => {
    expect(
      formText([
        ["id", 1],
        ["id", 2],
      ]),
    ).toBe("id=1&id=2");
  });

  it("is not changed by a URL, and says the same to whoever decodes it", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            text.filter((key) => key !== ""),
            text,
          ),
          { minLength: 1 },
        ),
        (pairs) => {
          const sent = formText(pairs);
          expect(new URL(`http://localhost/?${sent}`).search).toBe(`?${sent}`);
          expect([...new URLSearchParams(sent)]).toEqual(pairs);
        },
      ),
    );
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
    ["half a surrogate pair", "\ud800"],
  ])("refuses %s", (_, value) => {
    const error = failure(() => formText({ quantity: value as ParamValue })); // what JavaScript may pass
    expect(error.code).toBe("signing/bad-value");
    expect(error.context).toMatchObject({ key: "quantity" });
  });

  it("refuses a name that is missing", () => {
    expect(failure(() => formText({ "": "1" })).code).toBe("signing/bad-value");
  });
});

describe("rawFormText", () => {
  it("writes what the venue's own programs sign", () => {
    const vector = fixtures.eip712.vectors.find(({ id }) => id === "E10-futures-batch-raw-signed");
    expect(vector).toBeDefined();
    expect(rawFormText(vector?.params as Pairs)).toBe(vector?.msg); // JSON has no pairs
    expect(vector?.request.url).toContain(formText(vector?.params as Pairs));
  });

  it("is the same as the encoded text where nothing has to be encoded", () => {
    const word = fc.stringMatching(/^[\w.-]+$/);
    fc.assert(
      fc.property(fc.dictionary(word, word), (params) => {
        expect(rawFormText(params)).toBe(formText(params));
      }),
    );
  });
});
