import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/signing-vectors.json" with { type: "json" };
import { base64, bytesOf } from "./base64.ts";
import { createEd25519Pair, ed25519Key, prepare, Secret, signedHeaders, verifyEd25519 } from "./index.ts";
import { nobleBackend } from "./noble.ts";
import { nodeBackend } from "./node.ts";

const { key: pair, vectors } = fixtures;
const { publicKeyBase64: apiKey, seedBase64: seed, seedPlusPublicKeyBase64: long } = pair;
const seedBytes = Uint8Array.from({ length: 32 }, (_, at) => at + 1);

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("ed25519Key", () => {
  const key = ed25519Key(apiKey, seed);

  for (const vector of vectors) {
    it(`signs ${vector.name}`, () => {
      expect(key.sign(vector.message)).toBe(vector.signature);
      expect(nobleBackend.signer(seedBytes).sign(vector.message)).toBe(vector.signature);
      expect(nodeBackend?.signer(seedBytes).sign(vector.message)).toBe(vector.signature);
    });
  }

  it("takes the 64 bytes that some exports give, and a Secret", () => {
    expect(ed25519Key(apiKey, long).sign("x")).toBe(key.sign("x"));
    expect(ed25519Key(apiKey, Secret.of(seed)).sign("x")).toBe(key.sign("x"));
  });

  it.each([
    ["nothing", ""],
    ["31 bytes", base64(new Uint8Array(31))],
    ["33 bytes", base64(new Uint8Array(33))],
    ["hex", pair.seedHex],
    ["a missing pad", seed.slice(0, -1)],
    ["a line end", `${seed}\n`],
    ["the URL alphabet", "__________________________________________8="],
    ["stray bits", seed.replace("A=", "B=")],
  ])("refuses a secret of %s without showing it", (_, secret) => {
    const error = failure(() => ed25519Key(apiKey, secret));
    expect(error.code).toBe("signing/bad-key");
    expect(error.context).toMatchObject({ which: "API secret" });
    expect(JSON.stringify(error.context) + error.message).not.toContain(secret.slice(0, 12) || "no text");
  });

  it("refuses an API key that is no public key", () => {
    expect(failure(() => ed25519Key("nonsense", seed)).context).toMatchObject({ which: "API key" });
    expect(failure(() => ed25519Key(long, seed)).context).toMatchObject({ which: "API key" });
  });

  it("refuses halves of two pairs", () => {
    const error = failure(() => ed25519Key(createEd25519Pair().apiKey, seed));
    expect(error.code).toBe("signing/key-mismatch");
    expect(error.message).toContain("swapped");
  });

  it("shows the public half, and only its start, when the two were swapped", () => {
    const error = failure(() => ed25519Key(seed, apiKey));
    expect(error.code).toBe("signing/key-mismatch");
    expect(error.context).toEqual({ publicKey: apiKey.slice(0, 4) });
    expect(error.message + error.stack).not.toContain(seed.slice(0, 4));
  });
});

describe("both backends", () => {
  it("give the same public key and the same signature, and know each other's", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, fc.string({ unit: "binary" }), (seed, text) => {
        const noble = nobleBackend.signer(seed);
        const node = nodeBackend?.signer(seed);
        expect(base64(noble.publicKey)).toBe(base64(node?.publicKey ?? new Uint8Array()));
        const signature = noble.sign(text);
        expect(node?.sign(text)).toBe(signature);
        const raw = bytesOf(signature) ?? new Uint8Array();
        expect(nobleBackend.verify(noble.publicKey, text, raw)).toBe(true);
        expect(nodeBackend?.verify(noble.publicKey, text, raw)).toBe(true);
        expect(nobleBackend.verify(noble.publicKey, `${text}.`, raw)).toBe(false);
        expect(nodeBackend?.verify(noble.publicKey, `${text}.`, raw)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it("refuse a public key that is no point", () => {
    const noPoint = new Uint8Array(32).fill(2);
    expect(nobleBackend.verify(noPoint, "x", new Uint8Array(64))).toBe(false);
    expect(nodeBackend?.verify(noPoint, "x", new Uint8Array(64))).toBe(false);
  });
});

describe("verifyEd25519", () => {
  const key = ed25519Key(apiKey, seed);
  const signature = key.sign("a text");

  it("knows its owner's signature", () => {
    expect(verifyEd25519(apiKey, "a text", signature)).toBe(true);
    for (const { message, signature } of vectors) expect(verifyEd25519(apiKey, message, signature)).toBe(true);
  });

  it("refuses another text, another key and everything malformed", () => {
    expect(verifyEd25519(apiKey, "another", signature)).toBe(false);
    expect(verifyEd25519(createEd25519Pair().apiKey, "a text", signature)).toBe(false);
    for (const broken of ["", "x", signature.slice(4), `${signature}AAAA`, signature.replace(/^./, "!")]) {
      expect(verifyEd25519(apiKey, "a text", broken)).toBe(false);
      expect(verifyEd25519(broken, "a text", signature)).toBe(false);
    }
  });

  it("still knows the first of many public keys", () => {
    for (let count = 0; count < 100; count++) verifyEd25519(createEd25519Pair().apiKey, "a text", signature);
    expect(verifyEd25519(apiKey, "a text", signature)).toBe(true);
  });
});

describe("createEd25519Pair", () => {
  it("makes the pair of a seed", () => {
    const made = createEd25519Pair(seedBytes);
    expect(made.apiKey).toBe(apiKey);
    expect(made.secret.reveal()).toBe(seed);
  });

  it("makes a new working pair each time", () => {
    const [one, two] = [createEd25519Pair(), createEd25519Pair()];
    expect(one.apiKey).not.toBe(two.apiKey);
    expect(verifyEd25519(one.apiKey, "x", ed25519Key(one.apiKey, one.secret).sign("x"))).toBe(true);
  });

  it("refuses a seed of another length", () => {
    expect(failure(() => createEd25519Pair(new Uint8Array(31))).code).toBe("signing/bad-key");
  });
});

describe("signed requests", () => {
  const key = ed25519Key(apiKey, seed);

  for (const vector of vectors) {
    const { headers } = vector;
    if (headers === undefined || !("X-Window" in headers)) continue;
    it(`gives the headers of ${vector.name}`, () => {
      const { message, timestamp, window } = vector;
      expect(signedHeaders(key, message, timestamp, window)).toEqual(
        Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("X-") && name !== "X-Broker-Id")),
      );
    });
  }

  it("comes in one go from a prepared instruction", () => {
    const vector = vectors.find(({ name }) => name === "post-limit-postonly");
    const order = prepare("orderExecute", [
      "symbol",
      "side",
      "orderType",
      "price",
      "quantity",
      "timeInForce",
      "postOnly",
      "clientId",
      "selfTradePrevention",
      "reduceOnly",
    ]);
    const params = {
      symbol: "SOL_USDC_PERP",
      side: "Bid",
      orderType: "Limit",
      price: "98.96",
      quantity: "1.25",
      timeInForce: "GTC",
      postOnly: true,
      clientId: 1001,
      selfTradePrevention: "RejectTaker",
    };
    const { headers, body } = order.sign(key, params, 1750793021519, 5000);
    expect(headers["X-Signature"]).toBe(vector?.signature);
    expect(JSON.parse(body)).toEqual(params);
  });

  it("signs the WebSocket frame's four strings", () => {
    for (const vector of vectors) {
      if (vector.method !== "WS") continue;
      const headers = signedHeaders(key, vector.message, vector.timestamp, vector.window);
      expect([headers["X-API-Key"], headers["X-Signature"], headers["X-Timestamp"], headers["X-Window"]]).toEqual(
        vector.frame?.signature,
      );
    }
  });
});
