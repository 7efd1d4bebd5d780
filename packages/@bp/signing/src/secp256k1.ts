// The curve of Ethereum: in JavaScript always, in WebAssembly where the optional package is installed.
import { secp256k1 } from "@noble/curves/secp256k1.js";

/** What this package needs of the curve. Signatures are deterministic (RFC 6979), with the lower s. */
export interface Secp256k1 {
  /**
   * @param privateKey - 32 bytes
   * @returns `undefined` when the number is no key of the curve (0, or its order and above). `publicKey` has 65 bytes;
   *   `sign` takes a digest of 32 bytes and gives 65: r, s, and 27 or 28
   */
  signer(
    privateKey: Uint8Array,
  ): { readonly publicKey: Uint8Array; readonly sign: (digest: Uint8Array) => Uint8Array } | undefined;
  /**
   * @param digest - 32 bytes
   * @param signature - 64 bytes: r, s
   * @param parity - 0 or 1
   * @returns the public key of 65 bytes whose signature it is, `undefined` when there is none
   */
  recover(digest: Uint8Array, signature: Uint8Array, parity: 0 | 1): Uint8Array | undefined;
}

/** The members of `tiny-secp256k1` that are used. */
export interface TinySecp256k1 {
  isPrivate(privateKey: Uint8Array): boolean;
  pointFromScalar(privateKey: Uint8Array, compressed: boolean): Uint8Array | null;
  signRecoverable(digest: Uint8Array, privateKey: Uint8Array): { signature: Uint8Array; recoveryId: number };
  recover(digest: Uint8Array, signature: Uint8Array, parity: 0 | 1, compressed: boolean): Uint8Array | null;
}

/** Here, by `@noble/curves`: about 0.3 ms a signature. */
export const nobleSecp256k1: Secp256k1 = {
  signer: (privateKey) => {
    if (!secp256k1.utils.isValidSecretKey(privateKey)) return undefined;
    const key = Uint8Array.from(privateKey);
    return {
      publicKey: secp256k1.getPublicKey(key, false),
      sign: (digest) => {
        const signed = secp256k1.sign(digest, key, { prehash: false, format: "recovered" }); // parity, r, s
        const signature = new Uint8Array(65);
        signature.set(signed.subarray(1));
        signature[64] = 27 + (signed[0] ?? 0);
        return signature;
      },
    };
  },
  recover: (digest, signature, parity) => {
    const signed = new Uint8Array(65);
    signed[0] = parity;
    signed.set(signature, 1);
    try {
      const point = secp256k1.recoverPublicKey(signed, digest, { prehash: false });
      return secp256k1.Point.fromBytes(point).toBytes(false);
    } catch {
      return undefined; // noble throws for r or s that no signature has
    }
  },
};

/**
 * The curve in WebAssembly, about three times as fast: libsecp256k1 from the optional package `tiny-secp256k1`. Pass the
 * answer to `agentKey` and `verifyEip712`; nothing is changed behind your back.
 *
 * @param load - brings the package. Left out: by its name at run time, which bundlers do not see; in a bundle give
 *   `() => import("tiny-secp256k1")`
 * @returns `undefined` when the package is not there or cannot run here
 * @example
 * const key = agentKey({ ...agent, chainId: 1666, backend: await loadFastSecp256k1() });
 */
export async function loadFastSecp256k1(load: () => Promise<TinySecp256k1> = byName): Promise<Secp256k1 | undefined> {
  try {
    return fast(await load());
  } catch {
    return undefined; // not installed, or no WebAssembly: everything works without it
  }
}

/** A bundler that saw the name as a whole would want to have the package. */
function byName(): Promise<TinySecp256k1> {
  const name = ["tiny", "secp256k1"].join("-");
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

function fast(tiny: TinySecp256k1): Secp256k1 {
  return {
    signer: (privateKey) => {
      if (!tiny.isPrivate(privateKey)) return undefined;
      const key = Uint8Array.from(privateKey);
      const publicKey = tiny.pointFromScalar(key, false);
      if (publicKey === null) return undefined;
      return {
        publicKey,
        sign: (digest) => {
          const { signature, recoveryId } = tiny.signRecoverable(digest, key);
          const all = new Uint8Array(65);
          all.set(signature);
          all[64] = 27 + recoveryId;
          return all;
        },
      };
    },
    recover: (digest, signature, parity) => {
      try {
        return tiny.recover(digest, signature, parity, false) ?? undefined;
      } catch {
        return undefined; // it throws for r or s that no signature has
      }
    },
  };
}
