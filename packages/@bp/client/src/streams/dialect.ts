// How Backpack's socket speaks.
import type { Dialect, Said } from "@bp/adapter";
import { canonical, type Ed25519Key } from "@bp/signing";
import type { Skew } from "@bp/transport";
import { venueName } from "../failure.ts";
import { findStream } from "../wire/envelope.ts";
import { errorFrame } from "../wire/error.ts";

/** What signs private subscriptions. */
export interface Signer {
  readonly key: Ed25519Key;
  readonly skew: Skew;
  readonly windowMs: number;
}

/** The socket's language; with a signer that of account streams. Requests are not answered unless they are refused. */
export function dialectOf(signer: Signer | undefined): Dialect {
  return {
    venue: venueName,
    subscribe: (params) => JSON.stringify({ method: "SUBSCRIBE", params, ...signatureOf(signer) }),
    unsubscribe: (params) => JSON.stringify({ method: "UNSUBSCRIBE", params }),
    find: findStream,
    read,
    // A market's own form of a private stream goes to whoever reads all markets.
    ...(signer === undefined ? {} : { alias: (name: string) => name.split(".", 2).join(".") }),
  };
}

function read(value: unknown): Said | undefined {
  const failure = errorFrame.safeParse(value);
  if (failure.success) {
    const { code, message } = failure.data.error;
    return { kind: "refused", id: undefined, code: String(code), message: message ?? "" };
  }
  if (typeof value !== "object" || value === null || !("stream" in value)) return undefined;
  const { stream: name, data } = value as { readonly stream: unknown; readonly data?: unknown }; // any object may be asked
  return typeof name === "string" ? { kind: "data", name, data } : undefined;
}

function signatureOf(signer: Signer | undefined): { readonly signature?: readonly string[] } {
  if (signer === undefined) return {};
  const { key, skew, windowMs } = signer;
  const at = skew.now();
  return {
    signature: [key.publicKey, key.sign(canonical("subscribe", undefined, at, windowMs)), String(at), String(windowMs)],
  };
}
