// Ethereum addresses: 20 bytes of a key's hash, written in hex whose capitals are a check sum.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { hexOf, utf8Of } from "./bytes.ts";

/** An address with its check sum, `0x` and 40 hex digits. */
export type Address = `0x${string}`;

/** The address of a key. @param publicKey - 65 bytes, uncompressed */
export function addressOf(publicKey: Uint8Array): Address {
  return withCheckSum(hexOf(keccak_256(publicKey.subarray(1)).subarray(-20)));
}

/**
 * The address as it is sent. Digits all of one case have no check sum and are given one.
 *
 * @returns `undefined` for what is no address, and for a wrong check sum, which means that a character is mistyped
 * @see EIP-55
 */
export function addressFrom(text: string): Address | undefined {
  const digits = /^0x([0-9a-fA-F]{40})$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const address = withCheckSum(digits.toLowerCase());
  const plain = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return plain || text === address ? address : undefined;
}

/** Capitals by the hash of the digits. @param digits - 40, lower case */
function withCheckSum(digits: string): Address {
  const sum = hexOf(keccak_256(utf8Of(digits)));
  let address: Address = "0x";
  for (let at = 0; at < 40; at++) {
    const digit = digits.charAt(at);
    address += sum.charAt(at) >= "8" ? digit.toUpperCase() : digit;
  }
  return address;
}
