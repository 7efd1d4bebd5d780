// The way to the door of another bot of this user, on this machine alone.
import { X509Certificate } from "node:crypto";
import { type ClientRequest, type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { networkInterfaces } from "node:os";
import type { PeerCertificate } from "node:tls";
import { deadlines, type Hello } from "dashboard/contract";
import type { DoorCard } from "./card.ts";
import { isLoopback } from "./place.ts";

/** What is passed on. */
export interface Passing {
  readonly method: string;
  /** With what follows `?`. */
  readonly path: string;
  /** As whom: a viewer stays one. */
  readonly role: Hello["role"];
  readonly body: Uint8Array | undefined;
  /** The caller is gone. */
  readonly signal: AbortSignal;
}

/** Tells a door that it was asked by another one, so that it does not ask on. */
export const passedHeader = "x-bp-passed";

/** Whether it can be asked: nothing but this machine is given a token, unless it is known by its certificate. */
export function isNear({ url, cert }: DoorCard): boolean {
  const { hostname = "", protocol } = URL.parse(url) ?? {};
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isLoopback(host) || (protocol === "https:" && cert !== "")) return true;
  return Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === host));
}

/** What TLS is to take for it: the certificate that it has written down, whoever has signed that and whatever name is in it. */
function trusted({ cert }: DoorCard) {
  const { fingerprint256 } = new X509Certificate(cert);
  return {
    ca: cert,
    allowPartialTrustChain: true,
    checkServerIdentity: (_: string, shown: PeerCertificate) =>
      shown.fingerprint256 === fingerprint256
        ? undefined
        : new Error("its certificate is not the one that the bot has written down"),
  };
}

/** Asks it. The answer's body is not read yet. @throws what the system does where nobody answers */
export function pass(card: DoorCard, { method, path, role, body, signal }: Passing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, card.url);
    const headers: Record<string, string> = { authorization: `Bearer ${card[role]}`, [passedHeader]: "1" };
    if (body !== undefined) headers["content-type"] = "application/json";
    const options = { method, headers, signal };
    const sent: ClientRequest =
      url.protocol === "https:"
        ? requestTls(url, { ...options, ...trusted(card) }, resolve)
        : requestPlain(url, options, resolve);
    sent.once("error", reject);
    sent.setTimeout(deadlines.passedOn, () => sent.destroy());
    sent.end(body);
  });
}
