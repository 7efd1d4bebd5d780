import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/aster-signing-vectors.json" with { type: "json" };
import { type NodeHash, nodeHash } from "./hash.ts";
import { formText, hmacKey, Secret, verifyHmac } from "./index.ts";
import { nobleHmac } from "./nobleHmac.ts";
import { nodeHmac } from "./nodeHmac.ts";

const { vectors, credentials } = fixtures.hmac;
const { apiKey, secret } = credentials.futures;
const hash = nodeHash as NodeHash; // these tests run on Node

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("hmacKey", () => {
  it("knows every vector of the venue", () => {
    expect(vectors).toHaveLength(17);
  });

  for (const { id, credentials: whose, signedString, signature, request } of vectors) {
    it(`signs ${id}`, () => {
      const owner = credentials[whose as keyof typeof credentials]; // a name of the file's own list
      const key = hmacKey(owner.apiKey, owner.secret);
      expect(key.sign(signedString)).toBe(signature);
      expect(nobleHmac(owner.secret)(signedString)).toBe(signature);
      expect(nodeHmac(hash, owner.secret)(signedString)).toBe(signature);
      expect(verifyHmac(owner.secret, signedString, signature)).toBe(true);
      expect(request.headers["X-MBX-APIKEY"]).toBe(key.apiKey);
      const sent = request.url + (request.body ?? "");
      expect(sent).toContain(`signature=${signature}`);
    });
  }

  it("signs a mixture of query and body as the one after the other, nothing between", () => {
    const vector = vectors.find(({ id }) => id.includes("mixed"));
    const query = formText({ symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC" });
    const body = formText({ quantity: "1", price: "9000", recvWindow: 5000, timestamp: 1591702613943 });
    expect(hmacKey(apiKey, secret).sign(query + body)).toBe(vector?.signature);
  });

  it("gives the same as node:crypto, on both ways, for any key and text", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 150 }), text, (key, message) => {
        const expected = createHmac("sha256", key).update(message).digest("hex");
        expect(nodeHmac(hash, key)(message)).toBe(expected);
        expect(nobleHmac(key)(message)).toBe(expected);
      }),
    );
  });

  it("signs one text after the other without a trace of the first", () => {
    const { sign } = hmacKey(apiKey, Secret.of(secret));
    const first = sign("a long text ".repeat(50));
    sign("");
    expect(sign("a long text ".repeat(50))).toBe(first);
  });

  it.each([
    ["nothing", ""],
    ["a line end", `${secret}\n`],
    ["a space before it", ` ${secret}`],
    ["another script", "ключ"],
  ])("refuses a secret or a key of %s without showing it", (_, text) => {
    for (const [which, work] of [
      ["API secret", () => hmacKey(apiKey, text)],
      ["API secret", () => hmacKey(apiKey, Secret.of(text))],
      ["API key", () => hmacKey(text, secret)],
    ] as const) {
      const error = failure(work);
      expect(error.code).toBe("signing/bad-key");
      expect(error.context).toMatchObject({ which });
      expect(JSON.stringify(error.context) + error.message).not.toContain(text.slice(0, 12) || "no text");
    }
  });

  it("refuses a secret that is the API key", () => {
    const error = failure(() => hmacKey(secret, secret));
    expect(error.code).toBe("signing/bad-key");
    expect(error.message).not.toContain(secret.slice(0, 8));
  });

  it("hides the secret inside the key", () => {
    const key = hmacKey(apiKey, secret);
    expect(inspect(key, { showHidden: true, depth: null })).not.toContain(secret.slice(0, 8));
    expect(JSON.stringify(key)).toBe(JSON.stringify({ apiKey }));
  });
});

describe("verifyHmac", () => {
  const text = "symbol=ASTERUSDT&timestamp=1";
  const signature = hmacKey(apiKey, secret).sign(text);

  it("takes digits of either case", () => {
    expect(verifyHmac(Secret.of(secret), text, signature.toUpperCase())).toBe(true);
  });

  it("refuses another text, another secret, and one digit that differs", () => {
    expect(verifyHmac(secret, `${text}0`, signature)).toBe(false);
    expect(verifyHmac(credentials.spot.secret, text, signature)).toBe(false);
    for (let at = 0; at < 64; at++) {
      const other = signature[at] === "0" ? "1" : "0";
      expect(verifyHmac(secret, text, signature.slice(0, at) + other + signature.slice(at + 1))).toBe(false);
    }
  });

  it.each([
    "",
    "0x",
    signature.slice(1),
    `${signature}0`,
    `0x${signature}`,
    `${signature}\n`,
    `${signature.slice(1)}ı`,
  ])("refuses %j", (malformed) => {
    expect(verifyHmac(secret, text, malformed)).toBe(false);
  });

  it("knows no signature of an empty secret", () => {
    expect(verifyHmac("", text, createHmac("sha256", "").update(text).digest("hex"))).toBe(false);
  });
});
