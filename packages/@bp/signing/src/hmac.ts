// HMAC-SHA256 keys.
import { BpError } from "@bp/core";
import { hmacSigner } from "#backends";
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
  return { apiKey, sign: hmacSigner(text) };
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
  const expected = hmacSigner(key)(text);
  const given = signature.toLowerCase();
  let different = 0;
  for (let at = 0; at < 64; at++) different |= expected.charCodeAt(at) ^ given.charCodeAt(at);
  return different === 0;
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
