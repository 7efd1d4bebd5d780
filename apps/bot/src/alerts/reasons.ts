// Why a bot did not start, as far as it was told lately: in the state folder, because each start is a process of its own.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { numberOf, objectIn } from "../bots/json.ts";
import { makeFolder, writeWhole } from "../folders.ts";
import { stateFolder } from "../state.ts";

/** The same reason is told again after this, ms. */
const windowMs = 3_600_000;
/** So many reasons of one bot are told in that time: one may have a new name in it each time. */
const mostReasons = 5;

/**
 * Writes down that a reason is told, if it is to be: a service that is started again every ten seconds tells the same once an hour.
 * Numbers in it make no other reason of it.
 *
 * @param bot - what tells it from others
 * @param now - ms
 * @returns what takes it back, where nobody could be told; `undefined`: it was told before
 * @throws what the file system does where nothing can be written down
 */
export function takeReason(bot: string, why: string, now: number): (() => void) | undefined {
  const folder = join(stateFolder(), "unstarted");
  const file = join(folder, createHash("sha256").update(bot).digest("hex").slice(0, 12));
  const reason = why.replaceAll(/\d+/g, "#");
  const told = readReasons(file).filter(([, at]) => Math.abs(now - at) < windowMs); // a clock may have been set back
  if (told.length >= mostReasons || told.some(([each]) => each === reason)) return undefined;
  makeFolder(folder);
  const write = (reasons: typeof told) => writeWhole(file, Object.fromEntries(reasons));
  write([...told, [reason, now]]);
  return () => write(told);
}

function readReasons(file: string): readonly (readonly [reason: string, at: number])[] {
  try {
    return Object.entries(objectIn(readFileSync(file, "utf8")) ?? {}).map(([reason, at]) => [
      reason,
      numberOf(at) ?? 0,
    ]);
  } catch {
    return []; // none yet
  }
}
