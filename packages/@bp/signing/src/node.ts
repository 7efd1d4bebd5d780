// ED25519 by Node's own crypto. Reached without an import, so that a bundle for browsers stays clean.
import { base64 } from "./base64.ts";
import type { Backend } from "./noble.ts";

// The few members used here; this package is compiled without Node's types.
interface KeyObject {
  export(options: { format: "der"; type: "spki" }): Uint8Array;
}
interface NodeCrypto {
  createPrivateKey(input: { key: Uint8Array; format: "der"; type: "pkcs8" }): KeyObject;
  createPublicKey(input: KeyObject | { key: Uint8Array; format: "der"; type: "spki" }): KeyObject;
  sign(algorithm: null, data: Uint8Array, key: KeyObject): { toString(encoding: "base64"): string };
  verify(algorithm: null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean;
}
interface NodeBuffer {
  from(text: string, encoding: "utf8"): Uint8Array;
  concat(parts: readonly Uint8Array[]): Uint8Array;
}
interface NodeGlobals {
  readonly process?: { getBuiltinModule?(name: string): unknown };
  readonly Buffer?: NodeBuffer;
}

// RFC 8410: what stands before the seed in PKCS#8, and before the public key in SPKI.
const privatePrefix = /* @__PURE__ */ Uint8Array.of(
  0x30,
  0x2e,
  2,
  1,
  0,
  0x30,
  5,
  6,
  3,
  0x2b,
  0x65,
  0x70,
  4,
  0x22,
  4,
  0x20,
);
const publicPrefix = /* @__PURE__ */ Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);
const remembered = 64; // public keys parsed last; a server knows a handful

/** `undefined` where there is no Node. */
export const nodeBackend: Backend | undefined = /* @__PURE__ */ find();

function find(): Backend | undefined {
  const { process, Buffer } = globalThis as NodeGlobals; // Node's globals, or nothing
  const crypto = process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined; // the module of that name
  return crypto === undefined || Buffer === undefined ? undefined : create(crypto, Buffer);
}

function create(crypto: NodeCrypto, Buffer: NodeBuffer): Backend {
  const publicKeys = new Map<string, KeyObject>();
  const publicKeyOf = (raw: Uint8Array): KeyObject => {
    const name = base64(raw);
    const found = publicKeys.get(name);
    if (found !== undefined) return found;
    const key = crypto.createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: "der", type: "spki" });
    if (publicKeys.size >= remembered) publicKeys.clear();
    publicKeys.set(name, key);
    return key;
  };
  return {
    signer: (seed) => {
      const key = crypto.createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
      return {
        publicKey: crypto.createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32),
        sign: (text) => crypto.sign(null, Buffer.from(text, "utf8"), key).toString("base64"),
      };
    },
    verify: (publicKey, text, signature) => {
      try {
        return crypto.verify(null, Buffer.from(text, "utf8"), publicKeyOf(publicKey), signature);
      } catch {
        return false; // not a point that OpenSSL takes
      }
    },
  };
}
