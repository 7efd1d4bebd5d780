// Who does the arithmetic on Node: its own OpenSSL wherever it can, so that a program carries no second copy of it in JavaScript.
import { BpError } from "@bp/core";
import { type NodeHash, nodeHash } from "./hash.ts";
import type { Backend } from "./noble.ts";
import { nodeBackend } from "./node.ts";
import { nodeHmac } from "./nodeHmac.ts";

/** The curve of Backpack's keys. */
export function ed25519Backend(): Backend {
  return nodeBackend ?? noNode();
}

/** Gives the function from a text to its HMAC-SHA256, 64 hex digits. */
export function hmacSigner(secret: string): (text: string) => string {
  return nodeHmac(hashes(), secret);
}

/** SHA-256 of the UTF-8 bytes, 64 hex digits. */
export function sha256Hex(text: string): string {
  return hashes().hash("sha256", text, "hex");
}

function hashes(): NodeHash {
  return nodeHash ?? noNode();
}

/** What was bundled for Node runs somewhere else. */
function noNode(): never {
  throw new BpError("config/invalid", {
    path: "@bp/signing",
    found: "no OpenSSL of Node",
    expected: "Node, for which it was bundled",
    hint: 'bundle without the condition "node"',
  });
}
