// Opens the cancel-only door of an account, whatever its exchange.
import { type Clock, exchangeOf } from "@bp/core";
import type { Door } from "../stage/door.ts";
import type { CancelDoor } from "./cancelDoor.ts";

/** Nothing is sent yet. @throws BpError `signing/*` for keys that cannot be, `config/invalid` for an account without keys */
export async function openCancelDoor(door: Door, clock: Clock): Promise<CancelDoor> {
  // Each client is loaded only where it is needed.
  if (exchangeOf(door.id) === "backpack") return (await import("./backpackDoor.ts")).backpackDoor(door, clock);
  return (await import("./asterDoor.ts")).asterDoor(door, clock);
}
