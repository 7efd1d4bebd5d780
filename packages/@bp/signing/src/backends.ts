// Who does the arithmetic where it is not known to be Node: its crypto if it is there after all, JavaScript if not.
import { sha256 } from "@noble/hashes/sha2.js";
import { hexOf, utf8Of } from "./bytes.ts";
import { nodeHash } from "./hash.ts";
import { type Backend, nobleBackend } from "./noble.ts";
import { nobleHmac } from "./nobleHmac.ts";
import { nodeBackend } from "./node.ts";
import { nodeHmac } from "./nodeHmac.ts";

/** The curve of Backpack's keys. */
export function ed25519Backend(): Backend {
  return nodeBackend ?? nobleBackend;
}

/** Gives the function from a text to its HMAC-SHA256, 64 hex digits. */
export function hmacSigner(secret: string): (text: string) => string {
  return nodeHash === undefined ? nobleHmac(secret) : nodeHmac(nodeHash, secret);
}

/** SHA-256 of the UTF-8 bytes, 64 hex digits. */
export function sha256Hex(text: string): string {
  return hexOf(sha256(utf8Of(text)));
}
