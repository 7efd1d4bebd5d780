// The digest of a typed message `Message(string msg)`: all that does not depend on the text is worked out once.

import { BpError } from "@bp/core";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesOfHex, utf8Of } from "./bytes.ts";

const remembered = 16; // chains; there are two, and one for wallets
const known = /* @__PURE__ */ new Map<number, (msg: string) => Uint8Array>();

/**
 * Gives the function from a text to the 32 bytes that are signed.
 *
 * @throws BpError `signing/bad-value` for a chain id that is no whole number above 0
 * @see EIP-712: keccak(0x1901, domain separator, keccak(type, keccak(msg)))
 */
export function digestOf(chainId: number): (msg: string) => Uint8Array {
  const found = known.get(chainId);
  if (found !== undefined) return found;
  const made = create(chainId);
  if (known.size >= remembered) known.clear();
  known.set(chainId, made);
  return made;
}

function create(chainId: number): (msg: string) => Uint8Array {
  // Reused for every text: nothing else runs between filling and hashing.
  const struct = new Uint8Array(64);
  struct.set(hashOf("Message(string msg)"));
  const signed = new Uint8Array(66);
  signed.set([0x19, 0x01]);
  signed.set(domainSeparator(chainId), 2);
  return (msg) => {
    struct.set(hashOf(msg), 32);
    signed.set(keccak_256(struct), 34);
    return keccak_256(signed);
  };
}

/** The contract that verifies is the address of zeros. */
export function domainSeparator(chainId: number): Uint8Array {
  if (!Number.isSafeInteger(chainId) || chainId <= 0)
    throw new BpError("signing/bad-value", { key: "chainId", why: `${chainId} is no whole number above 0` });
  const data = new Uint8Array(160);
  data.set(hashOf("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"));
  data.set(hashOf("AsterSignTransaction"), 32);
  data.set(hashOf("1"), 64);
  data.set(bytesOfHex(chainId.toString(16).padStart(64, "0")), 96);
  return keccak_256(data);
}

const hashOf = (text: string) => keccak_256(utf8Of(text));
