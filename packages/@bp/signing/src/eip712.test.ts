import { inspect } from "node:util";
import { BpError } from "@bp/core";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/aster-signing-vectors.json" with { type: "json" };
import {
  addressFrom,
  agentKey,
  createAgent,
  formText,
  loadFastSecp256k1,
  recoverEip712,
  Secret,
  verifyEip712,
} from "./index.ts";
import { digestOf, domainSeparator } from "./message.ts";
import { nobleSecp256k1, type Secp256k1 } from "./secp256k1.ts";

const { vectors, keys, intermediates } = fixtures.eip712;
const { address: signer, privateKey, user } = keys.demoAgent;
const fast = (await loadFastSecp256k1()) as Secp256k1; // a development dependency: the first test says so
const backends = [
  ["noble", nobleSecp256k1],
  ["WebAssembly", fast],
] as const;

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("loadFastSecp256k1", () => {
  it("finds the package that is installed", () => {
    expect(fast).toBeDefined();
  });

  it("takes the package from whoever can import it", async () => {
    const given = await loadFastSecp256k1(() => import("tiny-secp256k1"));
    expect(agentKey({ signer, privateKey, chainId: 1666, backend: given }).signer).toBe(signer);
  });

  it("gives nothing when the package is not there", async () => {
    expect(await loadFastSecp256k1(() => Promise.reject(new Error("not installed")))).toBeUndefined();
  });
});

describe("agentKey", () => {
  it("knows every vector of the venue", () => {
    expect(vectors).toHaveLength(16);
  });

  it("works out the constants of the typed data", () => {
    for (const [chain, expected] of Object.entries(intermediates.domainSeparator))
      expect(`0x${bytesToHex(domainSeparator(Number(chain)))}`).toBe(expected);
  });

  for (const vector of vectors)
    for (const [name, backend] of backends)
      it(`signs ${vector.id} by ${name}`, () => {
        const { msg, chainId, signature, recoveredAddress, request } = vector;
        const owner = keys[vector.signerKey as keyof typeof keys]; // a name of the file's own list
        expect(`0x${bytesToHex(digestOf(chainId)(msg))}`).toBe(vector.digest);
        const key = agentKey({ signer: owner.address, privateKey: owner.privateKey, chainId, backend });
        expect(key.sign(msg)).toBe(signature);
        expect(recoverEip712(msg, signature, chainId, backend)).toBe(recoveredAddress);
        expect(verifyEip712(owner.address, msg, signature, chainId, backend)).toBe(true);
        const text = vector.id.includes("raw-signed") ? formText(vector.params as [string, string][]) : msg; // JSON has no pairs
        const sent = `${text}&signature=${signature}`;
        expect(request.body ?? request.url.split("?")[1]).toBe(sent);
      });

  it("does not produce the signatures of the scheme that was dropped in 2026", () => {
    const { vectors: dead } = fixtures.legacyV3DoNotImplement;
    expect(dead).toHaveLength(2);
    const key = agentKey({ user, signer, privateKey, chainId: 1666 });
    for (const { json, nonce, signature } of dead) {
      const params = Object.entries(JSON.parse(json) as Record<string, string>); // an object of texts
      const texts = [
        json,
        formText(params),
        formText([...params, ["nonce", nonce], ["user", user], ["signer", signer]]),
      ];
      for (const text of texts) {
        expect(key.sign(text)).not.toBe(signature);
        for (const chainId of [1666, 714, 56]) expect(verifyEip712(signer, text, signature, chainId)).toBe(false);
      }
    }
  });

  it("gives the addresses with their check sums, whatever they came in", () => {
    const key = agentKey({
      user: user.toLowerCase(),
      signer: `0x${signer.slice(2).toUpperCase()}`,
      privateKey,
      chainId: 714,
    });
    expect(key.user).toBe(user);
    expect(key.signer).toBe(signer);
    expect(agentKey({ signer, privateKey, chainId: 714 }).user).toBeUndefined();
  });

  it("takes a private key with 0x, without, in capitals, and as a Secret", () => {
    const digits = privateKey.slice(2);
    for (const each of [privateKey, digits, digits.toUpperCase(), Secret.of(privateKey)])
      expect(agentKey({ signer, privateKey: each, chainId: 1666 }).sign("x")).toBe(
        agentKey({ signer, privateKey, chainId: 1666 }).sign("x"),
      );
  });

  it.each([
    ["nothing", ""],
    ["63 digits", privateKey.slice(0, -1)],
    ["66 digits", `${privateKey}00`],
    ["a line end", `${privateKey}\n`],
    ["base64", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="],
    ["zero", `0x${"0".repeat(64)}`],
    ["the order of the curve", "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"],
  ])("refuses a private key of %s without showing it", (_, text) => {
    for (const [, backend] of backends) {
      const error = failure(() => agentKey({ signer, privateKey: text, chainId: 1666, backend }));
      expect(error.code).toBe("signing/bad-key");
      expect(error.context).toMatchObject({ which: "private key" });
      expect(JSON.stringify(error.context) + error.message).not.toContain(text.slice(2, 14) || "no text");
    }
  });

  it("refuses a private key of somebody else", () => {
    const error = failure(() => agentKey({ signer: user, privateKey, chainId: 1666 }));
    expect(error.code).toBe("signing/key-mismatch");
    expect(error.message + error.stack).not.toContain(privateKey.slice(2, 10));
  });

  it("refuses addresses that are none, and says so of one with a slip in it", () => {
    const slip = `${signer.slice(0, -3)}B${signer.slice(-2)}`;
    for (const [which, options] of [
      ["signer", { signer: privateKey }],
      ["signer", { signer: signer.slice(2) }],
      ["user", { signer, user: "" }],
    ] as const) {
      const error = failure(() => agentKey({ privateKey, chainId: 1666, ...options }));
      expect(error.context).toMatchObject({ which, why: "expected 0x and 40 hex digits" });
      expect(error.message).not.toContain(privateKey.slice(2, 10));
    }
    expect(failure(() => agentKey({ signer: slip, privateKey, chainId: 1666 })).message).toContain("check sum");
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("refuses the chain %d", (chainId) => {
    expect(failure(() => agentKey({ signer, privateKey, chainId })).code).toBe("signing/bad-value");
  });

  it("hides the private key inside the key", () => {
    const key = agentKey({ user, signer, privateKey, chainId: 1666 });
    expect(inspect(key, { showHidden: true, depth: null })).not.toContain(privateKey.slice(2, 10));
    expect(JSON.stringify(key)).toBe(JSON.stringify({ user, signer }));
  });
});

describe("both curves", () => {
  it("sign alike, and know each other's backends", () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => bytes.some((byte) => byte > 0));
    fc.assert(
      fc.property(seed, fc.string({ unit: "binary" }), fc.integer({ min: 1 }), (bytes, msg, chainId) => {
        const agent = createAgent(bytes);
        const [one, other] = backends.map(([, backend]) =>
          agentKey({ signer: agent.address, privateKey: agent.privateKey, chainId, backend }).sign(msg),
        );
        expect(other).toBe(one);
        for (const [, backend] of backends) expect(recoverEip712(msg, one ?? "", chainId, backend)).toBe(agent.address);
        expect(BigInt(`0x${one?.slice(66, 130)}`) < 2n ** 255n).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("agree about signatures that nobody made", () => {
    const hex = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToHex);
    const edge = fc.constantFrom("0".repeat(64), "f".repeat(64), `${"0".repeat(63)}1`);
    fc.assert(
      fc.property(fc.oneof(hex(32), edge), fc.oneof(hex(32), edge), fc.constantFrom("1b", "1c"), (r, s, v) => {
        const [one, other] = backends.map(([, backend]) => recoverEip712("x", `0x${r}${s}${v}`, 1666, backend));
        expect(one).toBe(other);
      }),
      { numRuns: 100 },
    );
  });
});

describe("recoverEip712", () => {
  const key = agentKey({ signer, privateKey, chainId: 1666 });
  const signature = key.sign("x");

  it("takes capitals, and v without 27", () => {
    const v = signature.endsWith("1b") ? "00" : "01";
    expect(recoverEip712("x", signature.slice(0, -2) + v, 1666)).toBe(signer);
    expect(recoverEip712("x", `0x${signature.slice(2).toUpperCase()}`, 1666)).toBe(signer);
  });

  it("finds somebody else, or nobody, for another text or chain", () => {
    expect(recoverEip712("y", signature, 1666)).not.toBe(signer);
    expect(recoverEip712("x", signature, 714)).not.toBe(signer);
    expect(verifyEip712(user, "x", signature, 1666)).toBe(false);
    expect(verifyEip712("nobody", "x", signature, 1666)).toBe(false);
  });

  it.each([
    "",
    "0x",
    signature.slice(2),
    signature.slice(0, -2),
    `${signature}00`,
    `${signature.slice(0, -2)}1d`,
    `${signature}\n`,
  ])("knows no signer of %j", (malformed) => {
    expect(recoverEip712("x", malformed, 1666)).toBeUndefined();
  });
});

describe("createAgent", () => {
  it("makes a pair that signs", () => {
    const { address, privateKey: own } = createAgent();
    expect(agentKey({ signer: address, privateKey: own, chainId: 714 }).signer).toBe(address);
    expect(createAgent().address).not.toBe(address);
  });

  it("makes the same of the same seed, and nothing of a bad one", () => {
    const seed = Uint8Array.from({ length: 32 }, (_, at) => at + 1);
    expect(createAgent(seed).address).toBe(createAgent(seed).address);
    for (const bad of [new Uint8Array(32), new Uint8Array(31), new Uint8Array(32).fill(255)])
      expect(failure(() => createAgent(bad)).code).toBe("signing/bad-key");
  });
});

describe("addressFrom", () => {
  it.each(["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"])(
    "writes %s as EIP-55 does",
    (address) => {
      expect(addressFrom(address.toLowerCase())).toBe(address);
      expect(addressFrom(address)).toBe(address);
      expect(addressFrom(`0x${address.slice(2).toUpperCase()}`)).toBe(address);
    },
  );

  it("knows no address in anything else", () => {
    for (const text of ["", "0x", signer.slice(2), `${signer}0`, `0X${signer.slice(2)}`, `${signer}\n`])
      expect(addressFrom(text)).toBeUndefined();
  });
});
