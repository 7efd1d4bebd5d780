// The hot path of signing: an instruction whose keys were sorted once, so that a request is one pass over them.
import { BpError } from "@bp/core";
import { checkKey, ending, type Params, valueText } from "./canonical.ts";
import type { Ed25519Key } from "./ed25519.ts";

/** The four headers of a signed request. */
export interface SignedHeaders {
  readonly "X-API-Key": string;
  readonly "X-Signature": string;
  readonly "X-Timestamp": string;
  readonly "X-Window": string;
}

/** All that has to go on the wire. */
export interface SignedRequest {
  readonly headers: SignedHeaders;
  /** JSON, keys sorted, without those left out. */
  readonly body: string;
}

/** An instruction with its keys known beforehand. */
export interface Prepared {
  readonly instruction: string;
  /** The same text as `canonical`. */
  text(params: Params, timestamp: number, window: number): string;
  /** The JSON body, keys sorted, without those left out. */
  body(params: Params): string;
  /** Text, signature, headers and body in one go. */
  sign(key: Ed25519Key, params: Params, timestamp: number, window: number): SignedRequest;
}

/**
 * Sorts the keys of an instruction once. Worth it for what is sent often: orders and cancels.
 *
 * @param keys - every key a request may have; one that is left out of `params` is left out of text and body
 * @throws BpError `signing/bad-value`; the functions throw it as `canonical` does, and for a key that was not prepared
 * @example
 * const cancel = prepare("orderCancel", ["symbol", "orderId", "clientId"]);
 * const { headers, body } = cancel.sign(key, { symbol: "SOL_USDC", clientId: 7 }, now, 5000);
 */
export function prepare(instruction: string, keys: readonly string[]): Prepared {
  const start = `instruction=${checkKey(instruction)}`;
  const known = new Set(keys);
  const sorted = [...known].toSorted().map((key) => ({ key, signed: `&${checkKey(key)}=`, json: `,"${key}":` }));

  const check = (params: Params) => {
    for (const key in params)
      if (!known.has(key)) throw new BpError("signing/bad-value", { key, why: `not prepared for ${instruction}` });
  };
  const textOf = (params: Params, timestamp: number, window: number) => {
    let text = start;
    for (const { key, signed } of sorted) {
      const value = params[key];
      if (value !== undefined && value !== null) text += signed + valueText(key, value);
    }
    return text + ending(timestamp, window);
  };
  const bodyOf = (params: Params) => {
    let body = "";
    for (const { key, json } of sorted) {
      const value = params[key];
      if (value !== undefined && value !== null)
        body += json + (typeof value === "string" ? quoted(value) : valueText(key, value));
    }
    return body === "" ? "{}" : `{${body.slice(1)}}`;
  };

  return {
    instruction,
    text: (params, timestamp, window) => {
      check(params);
      return textOf(params, timestamp, window);
    },
    body: (params) => {
      check(params);
      return bodyOf(params);
    },
    sign: (key, params, timestamp, window) => {
      check(params);
      const headers = signedHeaders(key, textOf(params, timestamp, window), timestamp, window);
      return { headers, body: bodyOf(params) };
    },
  };
}

/**
 * Signs a text and gives the headers to send with it.
 *
 * @param text - from `canonical`, `canonicalBatch` or a prepared instruction, with this very timestamp and window
 */
export function signedHeaders(key: Ed25519Key, text: string, timestamp: number, window: number): SignedHeaders {
  return {
    "X-API-Key": key.publicKey,
    "X-Signature": key.sign(text),
    "X-Timestamp": String(timestamp),
    "X-Window": String(window),
  };
}

/** JSON of a string; prices and symbols need no look at each character by `JSON.stringify`. */
function quoted(text: string): string {
  return /^[\w.%,/:-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}
