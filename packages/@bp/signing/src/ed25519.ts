// ED25519 keys: Node's own crypto with a key made once, noble elsewhere; the same bytes from both.
import { BpError } from "@bp/core";
import { ed25519Backend } from "#backends";
import { base64, bytesOf } from "./base64.ts";
import { Secret } from "./secret.ts";

/** A key that signs. It holds the secret in a closure: printing it shows the public half alone. */
export interface Ed25519Key {
  /** Base64 of the 32-byte public key, which is the API key. */
  readonly publicKey: string;
  /** Signature of the UTF-8 bytes of `text`, base64. Synchronous: one signature takes less time than a hop to a thread. */
  readonly sign: (text: string) => string;
}

/** An API key and its secret. */
export interface Ed25519Pair {
  readonly apiKey: string;
  readonly secret: Secret;
}

/**
 * Makes a signing key and checks that both halves belong together.
 *
 * @param apiKey - base64 of the 32-byte public key
 * @param secret - base64 of the 32-byte seed, or of 64 bytes that begin with it (some exports)
 * @throws BpError `signing/bad-key` for anything else; `signing/key-mismatch` when the seed belongs to another key
 */
export function ed25519Key(apiKey: string, secret: Secret | string): Ed25519Key {
  const pub = bytesOf(apiKey);
  if (pub?.length !== 32) throw badKey("API key", pub, "the base64 of 32 bytes");
  const seed = seedOf(secret);
  const backend = ed25519Backend();
  const { publicKey, sign } = backend.signer(seed);
  const own = base64(publicKey);
  // A swapped pair has the secret where the public key should be: then the other one is shown.
  if (own !== apiKey) {
    const swapped = base64(backend.signer(pub).publicKey) === base64(seed);
    throw new BpError("signing/key-mismatch", { publicKey: (swapped ? base64(seed) : apiKey).slice(0, 4) });
  }
  return { publicKey: apiKey, sign };
}

/**
 * Whether `signature` is that of `text` by the owner of `publicKey`. Anything malformed is simply not a signature.
 *
 * @param publicKey - base64 of 32 bytes
 * @param signature - base64 of 64 bytes
 */
export function verifyEd25519(publicKey: string, text: string, signature: string): boolean {
  const key = bytesOf(publicKey);
  const signed = bytesOf(signature);
  if (key?.length !== 32 || signed?.length !== 64) return false;
  return ed25519Backend().verify(key, text, signed);
}

/**
 * A new pair.
 *
 * @param seed - 32 bytes; left out: from the system's random source
 * @throws BpError `signing/bad-key` for a seed of another length
 */
export function createEd25519Pair(
  seed: Uint8Array = globalThis.crypto.getRandomValues(new Uint8Array(32)),
): Ed25519Pair {
  if (seed.length !== 32) throw badKey("seed", seed, "32 bytes");
  return { apiKey: base64(ed25519Backend().signer(seed).publicKey), secret: Secret.of(base64(seed)) };
}

function seedOf(secret: Secret | string): Uint8Array {
  const bytes = bytesOf(typeof secret === "string" ? secret : secret.reveal());
  if (bytes?.length !== 32 && bytes?.length !== 64) throw badKey("API secret", bytes, "the base64 of 32 or 64 bytes");
  return bytes.subarray(0, 32);
}

/** Says what is wrong without showing anything of it. */
function badKey(which: string, bytes: Uint8Array | undefined, expected: string): BpError {
  const found = bytes === undefined ? "it is not base64 (standard alphabet, padded)" : `it has ${bytes.length} bytes`;
  return new BpError("signing/bad-key", { which, why: `${found}; expected ${expected}` });
}
