// EIP-712 as Aster's V3 API wants it: one text in a typed message, signed by the key of an agent.
import { BpError } from "@bp/core";
import { type Address, addressFrom, addressOf } from "./address.ts";
import { bytesOfHex, hexOf } from "./bytes.ts";
import { digestOf } from "./message.ts";
import { nobleSecp256k1, type Secp256k1 } from "./secp256k1.ts";
import { Secret } from "./secret.ts";

/** A key that signs. It holds the private key in a closure: printing it shows the addresses alone. */
export interface AgentKey {
  /** The main wallet, with its check sum; `undefined` if none was given. */
  readonly user: Address | undefined;
  /** The agent, with its check sum. */
  readonly signer: Address;
  /** Signature of `Message{msg}`, `0x` and 130 hex digits: r, s, v (1b or 1c). Deterministic. */
  readonly sign: (msg: string) => `0x${string}`;
}

/** What an agent key is made of. */
export interface AgentKeyOptions {
  /** Address of the main wallet. */
  readonly user?: string | undefined;
  /** Address of the agent. */
  readonly signer: string;
  /** 64 hex digits, with or without `0x`. */
  readonly privateKey: Secret | string;
  /** 1666 on mainnet, 714 on testnet. Registering an agent is signed by the main wallet with 56. */
  readonly chainId: number;
  /** The answer of `loadFastSecp256k1`; left out: Node's OpenSSL, elsewhere JavaScript. */
  readonly backend?: Pick<Secp256k1, "signer"> | undefined;
}

/** An address and its private key. */
export interface Agent {
  readonly address: Address;
  readonly privateKey: Secret;
}

/**
 * Makes a signing key and checks that the private key is the signer's.
 *
 * @throws BpError `signing/bad-key` for what is no private key or no address (a wrong check sum included);
 *   `signing/key-mismatch` when the private key belongs to another address; `signing/bad-value` for a chain id that is
 *   no whole number above 0
 * @see EIP-712; Aster API V3, "Signature": domain `AsterSignTransaction`, version 1
 */
export function agentKey(options: AgentKeyOptions): AgentKey {
  const { user, signer, privateKey, chainId, backend = nobleSecp256k1 } = options;
  const digest = digestOf(chainId);
  const agent = checked("signer", signer);
  const wallet = user === undefined ? undefined : checked("user", user);
  const key = backend.signer(bytesOfKey(privateKey));
  if (key === undefined) throw badKey("private key", "it is no number of the curve");
  if (addressOf(key.publicKey) !== agent) throw new BpError("signing/key-mismatch", { publicKey: agent.slice(0, 4) });
  const { sign } = key;
  return { user: wallet, signer: agent, sign: (msg) => `0x${hexOf(sign(digest(msg)))}` };
}

/**
 * Who signed `msg`; `undefined` for a signature that is malformed.
 *
 * @param signature - `0x` and 130 hex digits: r, s, v (1b, 1c; also 00, 01)
 * @throws BpError `signing/bad-value` for a chain id that is no whole number above 0
 */
export function recoverEip712(
  msg: string,
  signature: string,
  chainId: number,
  backend: Pick<Secp256k1, "recover"> = nobleSecp256k1,
): Address | undefined {
  const digest = digestOf(chainId);
  if (!/^0x[0-9a-fA-F]{128}(?:00|01|1[bB]|1[cC])$/.test(signature)) return undefined;
  const bytes = bytesOfHex(signature.slice(2));
  const parity = bytes[64] === 0 || bytes[64] === 27 ? 0 : 1;
  const publicKey = backend.recover(digest(msg), bytes.subarray(0, 64), parity);
  return publicKey === undefined ? undefined : addressOf(publicKey);
}

/** Whether `signature` is that of `msg` by the owner of `address`. Parameters as of `recoverEip712`. */
export function verifyEip712(
  address: string,
  msg: string,
  signature: string,
  chainId: number,
  backend: Pick<Secp256k1, "recover"> = nobleSecp256k1,
): boolean {
  const expected = addressFrom(address);
  return expected !== undefined && recoverEip712(msg, signature, chainId, backend) === expected;
}

/**
 * A new agent, for tests and for registering one.
 *
 * @param seed - the private key, 32 bytes; left out: from the system's random source
 * @throws BpError `signing/bad-key` for a seed that is no private key
 */
export function createAgent(seed: Uint8Array = globalThis.crypto.getRandomValues(new Uint8Array(32))): Agent {
  const key = seed.length === 32 ? nobleSecp256k1.signer(seed) : undefined;
  if (key === undefined) throw badKey("seed", "it is no number of the curve in 32 bytes");
  return { address: addressOf(key.publicKey), privateKey: Secret.of(`0x${hexOf(seed)}`) };
}

function bytesOfKey(privateKey: Secret | string): Uint8Array {
  const text = typeof privateKey === "string" ? privateKey : privateKey.reveal();
  const digits = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits === undefined)
    throw badKey("private key", `it has ${text.length} characters; expected 64 hex digits after 0x`);
  return bytesOfHex(digits);
}

function checked(which: string, text: string): Address {
  const address = addressFrom(text);
  if (address !== undefined) return address;
  const why = /^0x[0-9a-fA-F]{40}$/.test(text)
    ? "its capitals, which are a check sum, are wrong; is a character mistyped?"
    : "expected 0x and 40 hex digits";
  throw badKey(which, why);
}

/** Says what is wrong without showing anything of it. */
function badKey(which: string, why: string): BpError {
  return new BpError("signing/bad-key", { which, why });
}
