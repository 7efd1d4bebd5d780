// A door's card in its bot's folder: with it other doors of the same user find it, and may ask it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectIn, textOf } from "../bots/json.ts";
import { writeWhole } from "../folders.ts";
import type { Tokens } from "./words.ts";

/** What a card says. */
export interface DoorCard extends Tokens {
  readonly url: string;
  /** PEM of its certificate; empty without TLS. */
  readonly cert: string;
}

/** Where it is. */
export const doorFile = (folder: string): string => join(folder, "door.json");

/** Writes it, for this user alone. @throws what the file system does */
export function writeCard(folder: string, card: DoorCard): void {
  writeWhole(doorFile(folder), card);
}

/** Reads it; `undefined` where there is none, or one of another program. */
export function cardIn(folder: string): DoorCard | undefined {
  try {
    const found = objectIn(readFileSync(doorFile(folder), "utf8"));
    const card = {
      url: textOf(found?.["url"]),
      operator: textOf(found?.["operator"]),
      viewer: textOf(found?.["viewer"]),
      cert: textOf(found?.["cert"]),
    };
    return card.url === "" || card.operator === "" || card.viewer === "" ? undefined : card;
  } catch {
    return undefined;
  }
}
