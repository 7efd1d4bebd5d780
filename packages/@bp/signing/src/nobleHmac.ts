// HMAC-SHA256 in JavaScript, for browsers and wherever Node's crypto is missing.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexOf, utf8Of } from "./bytes.ts";

/** The state after the pad is copied, which saves two of the blocks. */
export function nobleHmac(secret: string): (text: string) => string {
  const state = hmac.create(sha256, utf8Of(secret));
  return (text) => hexOf(state.clone().update(utf8Of(text)).digest());
}
