// Which of its paths a call takes, and how it proves who asks.
import { BpError } from "@bp/core";
import type { AsterEndpoint } from "./rest/endpoint.ts";
import type { Signer } from "./sign.ts";

/** How one call goes out: where, named by a key or not, signed or not. */
export interface Way {
  readonly path: string;
  readonly named: boolean;
  readonly signed: boolean;
}

/**
 * Public calls go to the newest path; the others to that of the key's kind.
 *
 * @throws BpError `config/invalid` for a call that this key cannot make
 */
export function wayOf<P>(endpoint: AsterEndpoint<P, unknown>, signer: Signer | undefined): Way {
  const { security, v1, v3 = v1, path } = endpoint;
  if (security === "none") return { path: v3 ?? path, named: false, signed: false };
  const own = signer === undefined ? undefined : endpoint[signer.scheme];
  if (signer !== undefined && own !== undefined)
    return { path: own, named: true, signed: security === "signed" || signer.scheme === "v3" };
  const of = v1 === undefined ? "an agent (V3)" : endpoint.v3 === undefined ? "a V1 key" : "a key";
  throw new BpError("config/invalid", {
    path: "key",
    found: signer === undefined ? "none" : signer.scheme === "v1" ? "a V1 key" : "an agent (V3)",
    expected: `${of}, because ${endpoint.method} ${path} needs one`,
  });
}
