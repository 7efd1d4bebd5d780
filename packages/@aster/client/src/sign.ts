// The two ways to prove who asks: a V1 key with a timestamp, an agent (V3) with a nonce.
import type { Clock } from "@bp/core";
import { type AgentKey, formText, type HmacKey, type Nonces, rawFormText } from "@bp/signing";
import type { Skew } from "@bp/transport";
import type { Pairs } from "./pairs.ts";
import type { Scheme } from "./rest/endpoint.ts";

/** Signs the parameters of requests. The text that it gives is sent byte for byte. */
export interface Signer {
  readonly scheme: Scheme;
  /** Name the key; sent with everything that is not public. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Prepares the parameters. The function that it gives is called right before each sending and finds a fresh timestamp or nonce.
   *
   * @param purpose - default `acts`
   */
  prepare(pairs: Pairs, purpose?: Purpose): (nonce?: number) => Signed;
}

/** What a request is for: something new, or a look and a cancel, which bring a risk down and must be possible whatever else is not. */
type Purpose = "acts" | "reduces";

/** Parameters with a signature behind them. */
export interface Signed {
  /** `k=v&…&signature=…`, encoded. */
  readonly text: string;
  /** Of an agent's request. */
  readonly nonce: number | undefined;
}

/** Two venues with keys of their own. Agents sign for the chain of theirs. */
export type Network = "mainnet" | "testnet";

/** Makes the signer of each service, whose clock is measured by itself. */
export type KeySource = (of: { readonly clock: Clock; readonly network: Network }) => (skew: Skew) => Signer;

/** How V1 keys sign. */
export interface V1Options {
  readonly key: HmacKey;
  /** The venue's time, ms. */
  readonly now: () => number;
  /** How long a request is good, ms. */
  readonly recvWindowMs: number;
}

/** HMAC-SHA256 over the text that is sent: parameters, `recvWindow`, `timestamp`. */
export function v1Signer({ key, now, recvWindowMs }: V1Options): Signer {
  return {
    scheme: "v1",
    headers: { "x-mbx-apikey": key.apiKey },
    prepare: (pairs) => {
      const head = headOf(formText(pairs));
      return () => {
        const text = `${head}recvWindow=${recvWindowMs}&timestamp=${now()}`;
        return { text: `${text}&signature=${key.sign(text)}`, nonce: undefined };
      };
    },
  };
}

/** How agents sign. */
export interface V3Options {
  readonly key: AgentKey;
  /** `spare`: a nonce for what reduces, where there may be none for what acts; `next` if left out. */
  readonly nonces: Nonces & { spare?(): number };
  /** The text that is signed: as it is sent, or before it was encoded. They differ for lists and letters of other scripts. */
  readonly signs: "sent-text" | "raw-text";
}

/** EIP-712 over the text that is sent: parameters, `nonce`, `user` (if the key names one), `signer`. */
export function v3Signer({ key, nonces, signs }: V3Options): Signer {
  const tail = `${key.user === undefined ? "" : `&user=${key.user}`}&signer=${key.signer}`; // hexadecimal: nothing to encode
  return {
    scheme: "v3",
    headers: {},
    prepare: (pairs, purpose) => {
      const head = headOf(formText(pairs));
      const fresh = () => (purpose === "reduces" && nonces.spare !== undefined ? nonces.spare() : nonces.next());
      const signedHead = signs === "raw-text" ? headOf(rawFormText(pairs)) : head;
      return (nonce = fresh()) => {
        const rest = `nonce=${nonce}${tail}`;
        return { text: `${head}${rest}&signature=${key.sign(signedHead + rest)}`, nonce };
      };
    },
  };
}

const headOf = (text: string) => (text === "" ? "" : `${text}&`);
