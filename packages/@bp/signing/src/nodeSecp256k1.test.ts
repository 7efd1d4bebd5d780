import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { secp256k1Signer as portableSigner } from "./backends.ts";
import { nodeSecp256k1 } from "./nodeSecp256k1.ts";
import { nobleSecp256k1 } from "./secp256k1.ts";

const node = nodeSecp256k1();
const order = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;
const bytesOf = (value: bigint) => hexToBytes(value.toString(16).padStart(64, "0"));
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("nodeSecp256k1", () => {
  it("is there on Node", () => {
    expect(node).toBeDefined();
  });

  it("gives noble's public keys and signatures, byte for byte", () => {
    fc.assert(
      fc.property(bytes, bytes, (privateKey, digest) => {
        const ours = node?.signer(privateKey);
        const theirs = nobleSecp256k1.signer(privateKey);
        expect(ours === undefined).toBe(theirs === undefined);
        if (ours === undefined || theirs === undefined) return;
        expect(bytesToHex(ours.publicKey)).toBe(bytesToHex(theirs.publicKey));
        expect(bytesToHex(ours.sign(digest))).toBe(bytesToHex(theirs.sign(digest)));
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with noble at the ends of both ranges", () => {
    for (const key of [1n, 2n, order - 1n])
      for (const digest of [0n, 1n, order - 1n, order, order + 1n, 2n ** 256n - 1n]) {
        const signed = [node, nobleSecp256k1].map((each) => each?.signer(bytesOf(key))?.sign(bytesOf(digest)));
        expect(signed[0]).toEqual(signed[1]);
        expect(signed[0]).toHaveLength(65);
      }
  });

  it("refuses what is no key of the curve", () => {
    for (const key of [
      bytesOf(0n),
      bytesOf(order),
      bytesOf(order + 1n),
      new Uint8Array(31).fill(1),
      new Uint8Array(33),
    ])
      expect(node?.signer(key)).toBeUndefined();
  });

  it("keeps its key when the caller wipes his", () => {
    const key = bytesOf(7n);
    const signer = node?.signer(key);
    const before = signer?.sign(bytesOf(9n));
    key.fill(0);
    expect(signer?.sign(bytesOf(9n))).toEqual(before);
  });
});

describe("secp256k1Signer", () => {
  it("is JavaScript where it is not known to be Node", () => {
    expect(portableSigner()).toBe(nobleSecp256k1);
  });
});
