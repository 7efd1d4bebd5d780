// Claims on nonces, as files: whoever creates one has it, for ever.
//
//   <directory>/<name>/<minute>/<cell>.<slot>   a claim; name = a signer or a user, cell = seconds since 1970
//   <directory>/<name>/floor.<minute>           nothing up to the end of this minute may be claimed any more
//
// A signer with a user claims in the folders of both, and has only what it got in both: whoever shares either of the two
// with somebody is kept apart from him by that folder, whatever each of them knows about the other name.
//
// Creating a file that must not exist is atomic in every file system, so there is nothing to lock and nobody to wait for.
// Old minutes are removed by whoever comes by, always after their floor was written. A claim that was made in a minute
// that was just removed is found out by looking at the floor after the claim, not before.
import { BpError } from "@bp/core";
import { sha256Hex } from "#backends";
import { builtin, codeOf, createOnce, type Files, listed, stateFolder, unlink } from "./files.ts";

/** The claims of one signer, or of a signer and its user. */
export interface Claims {
  /**
   * Whether this slot of this cell is ours from now on. `false`: somebody had it, for one of the names at least.
   *
   * @throws BpError `signing/nonce-clock` below the floor; `signing/nonce-store` when the directory fails
   */
  take(cell: number, slot: number): boolean;
  /** The newest cell from `from` to `to` that anybody has claimed, 0 if none. Throws as `take`. */
  newest(from: number, to: number): number;
}

/** An hour of claims is kept, and at most two minutes of them are removed at a time: a removal must not be felt. */
const keptMinutes = 60;
const removedAtOnce = 2;

/** `undefined` where there are no files. */
export function defaultDirectory(): string | undefined {
  const folder = stateFolder();
  return folder === undefined ? undefined : `${folder}/bp/nonces`;
}

/**
 * Claims that are good for all of the names at once.
 *
 * @param names - the one that most share first: what is taken there is found out before anything is spent elsewhere
 * @throws BpError `signing/nonce-store` when a directory cannot be made, or there are no files here
 */
export function claimsIn(directory: string, names: readonly string[]): Claims {
  const each = [...new Set(names.map(folderOf))].map((folder) => claimsOf(directory, folder));
  return {
    take: (cell, slot) => each.every((claims) => claims.take(cell, slot)),
    newest: (from, to) => Math.max(...each.map((claims) => claims.newest(from, to))),
  };
}

function claimsOf(directory: string, folder: string): Claims {
  const files = builtin("node:fs") as Files | undefined; // the module of that name
  if (files === undefined) throw new BpError("signing/nonce-store", { directory, why: "there is no file system here" });
  const own = `${directory}/${folder}`;
  const fail = (error: unknown) =>
    new BpError(
      "signing/nonce-store",
      { directory, why: `${codeOf(error) ?? String(error)} at ${own}` },
      { cause: error },
    );
  let cleaned = 0;

  /** Makes the folder of a minute; once in each minute it also looks whether an old one has to go. */
  const prepare = (minute: number) => {
    files.mkdirSync(`${own}/${minute}`, { recursive: true, mode: 0o700 });
    if (cleaned === minute) return;
    cleaned = minute;
    clean(files, own, minute - keptMinutes);
  };
  const claim = (minute: number, name: string): boolean => {
    for (let tries = 0; ; tries++) {
      try {
        return createOnce(files, `${own}/${minute}/${name}`);
      } catch (error) {
        if (codeOf(error) !== "ENOENT" || tries > 8) throw error;
        prepare(minute); // nobody was here in this minute, or somebody whose clock is far ahead removes it
      }
    }
  };
  const checkFloor = (cell: number) => {
    const floor = (floorOf(files.readdirSync(own)) + 1) * 60;
    if (cell >= floor) return;
    const behindMs = (floor - cell) * 1_000;
    const hint = `wait, set the clock right, or remove ${own} if the clock was wrong before and nobody has signed for 10 s`;
    throw new BpError("signing/nonce-clock", { behindMs, hint });
  };

  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw error instanceof BpError ? error : fail(error);
    }
  };

  guarded(() => files.mkdirSync(own, { recursive: true, mode: 0o700 }));
  return {
    take: (cell, slot) =>
      guarded(() => {
        const taken = claim(Math.floor(cell / 60), `${cell}.${slot}`);
        if (taken) checkFloor(cell);
        return taken;
      }),
    newest: (from, to) =>
      guarded(() => {
        let found = 0;
        for (let minute = Math.floor(from / 60); minute <= Math.floor(to / 60); minute++)
          for (const name of listed(files, `${own}/${minute}`)) {
            const cell = Number(name.split(".")[0]);
            if (cell >= from && cell <= to && cell > found) found = cell;
          }
        return found;
      }),
  };
}

/** An address as it is, in one case; anything else by its hash, so that no name leaves the directory. */
function folderOf(name: string): string {
  const lower = name.toLowerCase();
  return /^0x[0-9a-f]{40}$/.test(lower) ? lower : sha256Hex(name).slice(0, 40);
}

/**
 * Removes the oldest minutes up to `last`. The floor is the newest of them and not `last`: if this clock is far ahead of
 * the others, they go on as soon as that minute is over.
 */
function clean(files: Files, own: string, last: number): void {
  try {
    const names = files.readdirSync(own);
    const minutes = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const old = minutes
      .filter((minute) => minute <= last)
      .toSorted((a, b) => a - b)
      .slice(0, removedAtOnce);
    const before = floorOf(names);
    const floor = Math.max(before, ...old);
    if (floor > before) createOnce(files, `${own}/floor.${floor}`);
    for (const minute of old) remove(files, `${own}/${minute}`);
    // The floor before this one stays: somebody may be reading the folder right now.
    for (const name of names)
      if (name.startsWith("floor.") && name !== `floor.${before}`) unlink(files, `${own}/${name}`);
  } catch {
    // Somebody else is removing them, or it cannot be done now: the next minute comes by again.
  }
}

function remove(files: Files, folder: string): void {
  if (unlinkedAsNoFolder(files, folder)) return;
  for (const name of listed(files, folder)) unlink(files, `${folder}/${name}`);
  files.rmdirSync(folder);
}

/** Whether it was a link or a file, and is gone. What a link points to is not ours to empty. */
function unlinkedAsNoFolder(files: Files, folder: string): boolean {
  try {
    files.unlinkSync(folder);
    return true;
  } catch {
    return false; // a folder, which no system unlinks
  }
}

/** Other names, copies that a program for backups has made say, are nobody's floor. */
function floorOf(names: readonly string[]): number {
  return Math.max(-1, ...names.filter((name) => /^floor\.\d+$/.test(name)).map((name) => Number(name.slice(6))));
}
