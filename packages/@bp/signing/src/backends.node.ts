// Who does the arithmetic on Node: its own OpenSSL alone, so that a program carries no second copy of it in JavaScript.
import { BpError } from "@bp/core";
import { type NodeHash, nodeHash } from "./hash.ts";
import type { Backend } from "./noble.ts";
import { nodeBackend } from "./node.ts";
import { nodeHmac } from "./nodeHmac.ts";
import { nodeSecp256k1 } from "./nodeSecp256k1.ts";
import type { Secp256k1 } from "./secp256k1.ts";

/** The curve of Backpack's keys. */
export function ed25519Backend(): Backend {
  return nodeBackend ?? noNode();
}

/** Gives the function from a text to its HMAC-SHA256, 64 hex digits. */
export function hmacSigner(secret: string): (text: string) => string {
  return nodeHmac(hashes(), secret);
}

/** Signs on the curve of Ethereum. */
export function secp256k1Signer(): Pick<Secp256k1, "signer"> {
  return nodeSecp256k1() ?? noNode("; or give `backend: nobleSecp256k1`, where OpenSSL does not know this curve");
}

/** SHA-256 of the UTF-8 bytes, 64 hex digits. */
export function sha256Hex(text: string): string {
  return hashes().hash("sha256", text, "hex");
}

function hashes(): NodeHash {
  return nodeHash ?? noNode();
}

/** What was bundled for Node runs somewhere else. */
function noNode(hint = ""): never {
  throw new BpError("config/invalid", {
    path: "@bp/signing",
    found: "no OpenSSL of Node",
    expected: "what was bundled for Node to run there, 22.12 or newer",
    hint: `bundle without the condition "node"${hint}`,
  });
}
