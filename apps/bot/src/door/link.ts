// The way to the door of another bot of this user, on this machine alone.
import { type ClientRequest, type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
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

/** Whether it can be asked. */
export const isNear = ({ url }: DoorCard): boolean =>
  isLoopback((URL.parse(url)?.hostname ?? "").replace(/^\[|\]$/g, ""));

/** Asks it. The answer's body is not read yet. @throws what the system does where nobody answers */
export function pass(card: DoorCard, { method, path, role, body, signal }: Passing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, card.url);
    const headers: Record<string, string> = { authorization: `Bearer ${card[role]}`, [passedHeader]: "1" };
    if (body !== undefined) headers["content-type"] = "application/json";
    const options = { method, headers, signal };
    // Its certificate is the one that it has written down, whatever name is in it.
    const sent: ClientRequest =
      url.protocol === "https:"
        ? requestTls(url, { ...options, ca: card.cert, checkServerIdentity: () => undefined }, resolve)
        : requestPlain(url, options, resolve);
    sent.once("error", reject);
    sent.setTimeout(deadlines.passedOn, () => sent.destroy());
    sent.end(body);
  });
}
