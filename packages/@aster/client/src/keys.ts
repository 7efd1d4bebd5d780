// Where signatures come from: one function for each kind of key, so that a bundle has only the kind that it uses.
import { BpError, isBpError } from "@bp/core";
import {
  type AgentKey,
  agentKey,
  createNonces,
  createSpareNonces,
  type HmacKey,
  hmacKey,
  type Nonces,
  type Secp256k1,
} from "@bp/signing";
import type { Skew } from "@bp/transport";
import { type AgentOptions, chainIds, type HmacKeyOptions } from "./options.ts";
import { type KeySource, v1Signer, v3Signer } from "./sign.ts";
import { venueTime } from "./venueTime.ts";

/** How V1 requests are signed. */
export interface HmacSigning {
  /** How long a request is good, ms; 5,000 if left out, at most 60,000. */
  readonly recvWindowMs?: number | undefined;
}

/**
 * Signs with a V1 key.
 *
 * @throws BpError `signing/bad-key` for a key that cannot be one; `config/invalid` for a window that the venue would not take
 */
export function withHmac({ apiKey, secret, ...signing }: HmacKeyOptions & HmacSigning): KeySource {
  return withHmacKey(hmacKey(apiKey, secret), signing);
}

/**
 * Signs with a V1 key whose signature is made elsewhere, by `createHmac` of Node say: 64 hexadecimal digits of the HMAC-SHA256.
 *
 * @throws BpError `config/invalid` for a window that the venue would not take
 */
export function withHmacKey(key: HmacKey, { recvWindowMs = 5_000 }: HmacSigning = {}): KeySource {
  if (!Number.isInteger(recvWindowMs) || recvWindowMs < 1 || recvWindowMs > 60_000)
    throw new BpError("config/invalid", {
      path: "recvWindowMs",
      found: String(recvWindowMs),
      expected: "1 to 60000 ms",
    });
  return ({ clock }) =>
    (skew) =>
      v1Signer({ key, now: () => Math.round(venueTime(skew, clock)), recvWindowMs });
}

/** An agent, and how it signs. */
export interface WithAgentOptions extends AgentOptions {
  /** `true`: signs the text before it is percent-encoded. */
  readonly signRawParams?: boolean | undefined;
  /** Instead of an own allocator, which shares with all processes of this machine. */
  readonly nonces?: Nonces | undefined;
  /** The answer of `loadFastSecp256k1`. */
  readonly secp256k1?: Secp256k1 | undefined;
}

/**
 * Signs with an agent (V3). Where the nonces of this machine cannot be had (`signing/nonce-store`: a disk that is full or read-only) it
 * still looks and cancels, with nonces of this process; what acts is refused.
 *
 * @throws BpError `signing/bad-key`, `signing/key-mismatch` for a key that is none, or not the signer's
 */
export function withAgent(options: WithAgentOptions): KeySource {
  const { user, signer, privateKey, omitUser = false, signRawParams = false, nonces, secp256k1 } = options;
  return ({ clock, network }) => {
    const agent = agentKey({ user, signer, privateKey, chainId: chainIds[network], backend: secp256k1 });
    // One allocator for both services: the venue remembers nonces by user, or by agent. It goes by the clock of the service that asks.
    let asking: Skew | undefined;
    const now = () => Math.round(venueTime(asking, clock) * 1_000); // µs
    const whose = { signer: agent.signer, user: agent.user, now };
    let own = nonces; // made with the first request: a folder that cannot be used stops no cancel
    const usual = () => {
      own ??= createNonces(whose);
      return own.next();
    };
    const spares = createSpareNonces(whose);
    const next = () => {
      const waitMs = Math.ceil((spares.last() - now()) / 1_000);
      if (waitMs >= 0) throw new BpError("signing/nonce-spent", { signer: agent.signer, waitMs });
      return usual();
    };
    const spare = () => {
      const isPast = spares.last() < now();
      try {
        const nonce = usual();
        // It proves that there are nonces again. Where it is below spare ones the venue may not take it, and more of those from 8 s
        // ahead would put off for ever what acts.
        return isPast ? nonce : spares.follow();
      } catch (error) {
        if (isBpError(error, "signing/nonce-store")) return spares.next();
        if (isPast || !isBpError(error)) throw error;
        return spares.follow();
      }
    };
    const key = omitUser ? { ...agent, user: undefined } : agent;
    return (skew) => {
      const by = (from: () => number) => () => {
        asking = skew;
        return from();
      };
      return v3Signer({
        key,
        nonces: { next: by(next), spare: by(spare) },
        signs: signRawParams ? "raw-text" : "sent-text",
      });
    };
  };
}

/**
 * Signs with an agent (V3) whose signatures are made elsewhere: EIP-712 of `Message(string msg)` for the chain of the network, 65 bytes.
 *
 * @param nonces - µs since 1970 by the venue's clock, never twice: `createNonces`
 */
export function withAgentKey(key: AgentKey, nonces: Nonces): KeySource {
  return () => () => v3Signer({ key, nonces, signs: "sent-text" });
}
