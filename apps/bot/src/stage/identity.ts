// What an account is called where bots of one user know of each other: never a key, and the same in every run.
import { createHash } from "node:crypto";
import { exchangeOf } from "@bp/core";
import type { Door } from "./door.ts";

/** The name of the account behind a door, such as `live/0f3a…`: where it is, and its public half, as a hash. Many agents may sign for one user of Aster. */
export function accountNameOf(place: string, { id, rest, keys }: Pick<Door, "id" | "rest" | "keys">): string {
  const name = keys === undefined ? "" : "apiKey" in keys ? keys.apiKey : (keys.user ?? keys.signer);
  const identity = `${exchangeOf(id)} ${rest ?? ""} ${name}`;
  return `${place}/${createHash("sha256").update(identity).digest("hex").slice(0, 12)}`;
}
