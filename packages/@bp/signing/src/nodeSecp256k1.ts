// ECDSA on the curve of Ethereum by Node's OpenSSL. Reached without an import, so that a bundle for browsers stays clean.
//
// OpenSSL signs only what it has hashed itself, and with a nonce of chance. So it does the two things that are long: the
// multiplication on the curve (as the public half of an ECDH key) and SHA-256. The nonce of RFC 6979 and
// s = (z + r d) / k, a few lines, are done here.
import { bytesOfHex, hexOf } from "./bytes.ts";
import { builtin } from "./files.ts";
import { type NodeHash, nodeHash } from "./hash.ts";
import type { Secp256k1 } from "./secp256k1.ts";

// The few members of `node:crypto` used here; this package is compiled without Node's types.
interface Ecdh {
  setPrivateKey(privateKey: Uint8Array): void;
  getPublicKey(): Uint8Array;
}
interface NodeCurves {
  createECDH(curve: "secp256k1"): Ecdh;
  getCurves(): readonly string[];
}

type Hash = NodeHash["hash"];

/** SEC 2, 2.4.1: how many points there are. */
const order = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;

/** Signs only. `undefined` where there is no Node, or one whose OpenSSL does not know the curve. */
export function nodeSecp256k1(): Pick<Secp256k1, "signer"> | undefined {
  const crypto = builtin("node:crypto") as NodeCurves | undefined; // the module of that name
  if (crypto === undefined || nodeHash === undefined || !crypto.getCurves().includes("secp256k1")) return undefined;
  const { hash } = nodeHash;
  return {
    signer: (privateKey) => {
      const curve = crypto.createECDH("secp256k1");
      const d = numberOf(privateKey);
      if (privateKey.length !== 32 || d === 0n || d >= order) return undefined;
      const key = Uint8Array.from(privateKey);
      return { publicKey: pointOf(curve, key), sign: (digest) => sign(curve, hash, key, d, digest) };
    },
  };
}

function sign(curve: Ecdh, hash: Hash, key: Uint8Array, d: bigint, digest: Uint8Array): Uint8Array {
  const z = numberOf(digest) % order;
  const nextNonce = noncesOf(hash, key, bytesOf(z));
  for (;;) {
    const nonce = nextNonce();
    const k = numberOf(nonce);
    if (k === 0n || k >= order) continue;
    const point = pointOf(curve, nonce);
    const r = numberOf(point.subarray(1, 33));
    const s = (inverse(k) * ((z + r * d) % order)) % order;
    if (r === 0n || r >= order || s === 0n) continue; // once in 2^127
    const isHigh = s > order / 2n;
    const signature = new Uint8Array(65);
    signature.set(bytesOf(r));
    signature.set(bytesOf(isHigh ? order - s : s), 32);
    signature[64] = 27 + (((point[64] ?? 0) & 1) ^ (isHigh ? 1 : 0)); // the other s belongs to the point with the other y
    return signature;
  }
}

/** Uncompressed: 4, x, y. */
function pointOf(curve: Ecdh, scalar: Uint8Array): Uint8Array {
  curve.setPrivateKey(scalar);
  return Uint8Array.from(curve.getPublicKey());
}

/** RFC 6979, 3.2: nonces that follow from key and digest. Nearly always the first one is taken. */
function noncesOf(hash: Hash, key: Uint8Array, digest: Uint8Array): () => Uint8Array {
  let mac: Uint8Array = new Uint8Array(32);
  let value: Uint8Array = new Uint8Array(32).fill(1);
  const stir = (...rest: readonly Uint8Array[]) => {
    mac = hmac(hash, mac, value, ...rest);
    value = hmac(hash, mac, value);
  };
  stir(Uint8Array.of(0), key, digest);
  stir(Uint8Array.of(1), key, digest);
  let asked = 0;
  return () => {
    if (asked++ > 0) stir(Uint8Array.of(0));
    value = hmac(hash, mac, value);
    return value;
  };
}

/** HMAC-SHA256 under a key of 32 bytes. */
function hmac(hash: Hash, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const inner = new Uint8Array(64 + parts.reduce((sum, { length }) => sum + length, 0)).fill(0x36, 0, 64);
  const outer = new Uint8Array(96).fill(0x5c, 0, 64);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  let at = 64;
  for (const part of parts) {
    inner.set(part, at);
    at += part.length;
  }
  outer.set(hash("sha256", inner, "buffer"), 64);
  return hash("sha256", outer, "buffer");
}

/**
 * 1 / k. Euclid's steps take a time that tells of their number, so it goes in multiplied by chance.
 *
 * @param k - above 0, below the order
 */
function inverse(k: bigint): bigint {
  const chance = (numberOf(globalThis.crypto.getRandomValues(new Uint8Array(32))) % (order - 1n)) + 1n;
  let [rest, next] = [order, (k * chance) % order];
  let [factor, following] = [0n, 1n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, following] = [following, factor - times * following];
  }
  const found = (factor * chance) % order;
  return found < 0n ? found + order : found;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${hexOf(bytes)}`);
}

/** 32, the greatest first. */
function bytesOf(value: bigint): Uint8Array {
  return bytesOfHex(value.toString(16).padStart(64, "0"));
}
