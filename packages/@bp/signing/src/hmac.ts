// HMAC-SHA256 keys: the two pads are made once, then each signature is two hashes.
import { BpError } from "@bp/core";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type NodeHash, nodeHash } from "./hash.ts";
import type { Secret } from "./secret.ts";

/** A key that signs. It holds the secret in a closure: printing it shows the API key alone. */
export interface HmacKey {
  /** What goes into the header that names the key. */
  readonly apiKey: string;
  /** HMAC-SHA256 of the UTF-8 bytes of `text`, 64 hex digits in lower case. */
  readonly sign: (text: string) => string;
}

/**
 * Makes a signing key. Whether the two halves belong together only the venue knows.
 *
 * @param apiKey - printable ASCII, as it goes into a header
 * @param secret - printable ASCII; its characters are the key, they are not read as hex
 * @throws BpError `signing/bad-key` for anything else (an empty text, a space or a line end of a paste), and when both
 *   are the same
 * @see RFC 2104; Aster API V1, "SIGNED endpoint security"
 */
export function hmacKey(apiKey: string, secret: Secret | string): HmacKey {
  const text = typeof secret === "string" ? secret : secret.reveal();
  check("API key", apiKey);
  check("API secret", text);
  if (apiKey === text) throw new BpError("signing/bad-key", { which: "API secret", why: "it is the API key" });
  return { apiKey, sign: signerOf(text) };
}

/**
 * Whether `signature` is that of `text`. Takes the same time wherever it differs. Anything malformed is simply not a
 * signature.
 *
 * @param signature - 64 hex digits of either case
 */
export function verifyHmac(secret: Secret | string, text: string, signature: string): boolean {
  const key = typeof secret === "string" ? secret : secret.reveal();
  if (flaw(key) !== undefined || !/^[0-9a-fA-F]{64}$/.test(signature)) return false;
  const expected = signerOf(key)(text);
  const given = signature.toLowerCase();
  let different = 0;
  for (let at = 0; at < 64; at++) different |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  return different === 0;
}

const signerOf = (secret: string) => (nodeHash === undefined ? nobleHmac(secret) : nodeHmac(nodeHash, secret));

/** By Node's hash. The inner pad of an ASCII key is ASCII again, so that pad and text are hashed as one string. */
export function nodeHmac({ hash }: NodeHash, secret: string): (text: string) => string {
  const bytes = secret.length > 64 ? hash("sha256", secret, "buffer") : utf8ToBytes(secret);
  const block = new Uint8Array(64);
  block.set(bytes);
  const inner = Uint8Array.from(block, (byte) => byte ^ 0x36);
  const outer = new Uint8Array(96);
  outer.set(block.map((byte) => byte ^ 0x5c));
  if (bytes.every((byte) => byte < 0x80)) {
    const pad = String.fromCharCode(...inner);
    return (text) => {
      outer.set(hash("sha256", pad + text, "buffer"), 64);
      return hash("sha256", outer, "hex");
    };
  }
  return (text) => {
    const rest = utf8ToBytes(text);
    const all = new Uint8Array(64 + rest.length);
    all.set(inner);
    all.set(rest, 64);
    outer.set(hash("sha256", all, "buffer"), 64);
    return hash("sha256", outer, "hex");
  };
}

/** In JavaScript: the state after the pad is copied, which saves two of the blocks. */
export function nobleHmac(secret: string): (text: string) => string {
  const state = hmac.create(sha256, utf8ToBytes(secret));
  return (text) => bytesToHex(state.clone().update(utf8ToBytes(text)).digest());
}

function check(which: string, text: string): void {
  const why = flaw(text);
  if (why !== undefined) throw new BpError("signing/bad-key", { which, why });
}

/** Says what is wrong without showing anything of it. */
function flaw(text: string): string | undefined {
  if (text === "") return "it is empty";
  return /^[\x21-\x7e]+$/.test(text) ? undefined : "it has spaces, line ends or other characters that no key has";
}
