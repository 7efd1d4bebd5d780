// What an account is called where bots of one user know of each other: never a key, and the same in every run.
import { createHash } from "node:crypto";
import { exchangeOf } from "@bp/core";
import { isLocal, isTest } from "../config/hosts.ts";
import type { Door } from "./door.ts";

type Identified = Pick<Door, "id" | "rest" | "keys">;

/**
 * The name of the account behind a door, such as `live/0f3a…`: where it is, and its public half, as a hash. However a person
 * writes the address of the exchange or of a wallet, it is the same. Many agents may sign for one user of Aster. Two API keys
 * of one account have two names: no venue tells whose a key is.
 */
export function accountNameOf(place: string, door: Identified): string {
  const { keys } = door;
  if (keys === undefined) return named(place, door, "");
  return named(place, door, "apiKey" in keys ? keys.apiKey : (keys.user ?? keys.signer).toLowerCase()); // capitals are a check sum
}

/**
 * All names under which an account has to be held, its own first. An agent of Aster's trades for its user also where the user is
 * not said, so both are held: of two bots with one agent, with and without its user, one is refused.
 */
export function heldNamesOf(place: string, door: Identified): readonly string[] {
  const { keys } = door;
  const agent = keys === undefined || "apiKey" in keys ? [] : [named(place, door, keys.signer.toLowerCase())];
  return [...new Set([accountNameOf(place, door), ...agent])];
}

function named(place: string, { id, rest }: Identified, name: string): string {
  const identity = `${exchangeOf(id)} ${exchangeAt(place, rest)} ${name}`;
  return `${place}/${createHash("sha256").update(identity).digest("hex").slice(0, 12)}`;
}

/**
 * Which of the exchanges that know the same keys: the testnet; with real money else the venue itself, since a key trades the same
 * account through whatever host it goes, one of this machine too; a sandbox of this machine by its port, whatever the machine is called.
 */
function exchangeAt(place: string, rest: string | undefined): string {
  const url = rest === undefined ? null : URL.parse(rest);
  if (url === null) return "";
  const isHere = isLocal(url.href);
  if (isTest(url.href) && !isHere) return "testnet";
  if (place === "live") return "";
  return isHere ? `here:${url.port === "" ? url.protocol : url.port}` : url.host;
}
