// A few bytes that outlive their bot: the number of its last order, and when its loop last ran.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { systemCodeOf } from "../failures.ts";

/** What a lease says. */
export interface LeaseWords {
  /** Client id of the last order of its run, or the one before its first; 0: it has no run yet, or its venues have not told what rests. */
  readonly last: number;
  /** When its loop last ran, ms; 0: never. */
  readonly beatAt: number;
}

/** A bot's own lease. */
export interface Lease {
  /**
   * Writes an order's number down before the order leaves, and first of all that of the last one before: about 2 µs. A process that is
   * killed in the next moment has it written.
   */
  ordered(clientId: number): void;
  beat(at: number): void;
  close(): void;
}

const bytes = 16;

/** Makes the file, or takes over what is there. @throws what the file system does */
export function openLease(file: string): Lease {
  const before = readLease(file);
  const fd = openSync(file, "w+", 0o600);
  const whole = Buffer.alloc(bytes);
  whole.writeUInt32LE(before.last, 0);
  whole.writeDoubleLE(before.beatAt, 8);
  writeSync(fd, whole, 0, bytes, 0);
  const number = Buffer.alloc(4);
  const moment = Buffer.alloc(8);
  return {
    ordered: (clientId) => {
      number.writeUInt32LE(clientId, 0);
      writeSync(fd, number, 0, 4, 0);
    },
    beat: (at) => {
      moment.writeDoubleLE(at, 0);
      writeSync(fd, moment, 0, 8, 8);
    },
    close: () => closeSync(fd),
  };
}

/** Reads that of any bot; zeros where there is none. */
export function readLease(file: string): LeaseWords {
  try {
    const whole = readFileSync(file);
    if (whole.length >= bytes) return { last: whole.readUInt32LE(0), beatAt: whole.readDoubleLE(8) };
  } catch {
    // none
  }
  return { last: 0, beatAt: 0 };
}

/** The lease of another process, held open: it tells also when the file has been taken away. */
export interface FollowedLease {
  /** The `last` that was read last; `undefined`: none yet. */
  readonly last: number | undefined;
  /**
   * Reads it. Never throws; it takes as long as the disk takes.
   *
   * @returns whether the file is in its place; `undefined`: nobody knows
   */
  look(): Promise<boolean | undefined>;
  close(): Promise<void>;
}

/** Follows a lease. One that cannot be opened tells nothing. */
export async function followLease(file: string): Promise<FollowedLease> {
  const handle = await open(file).catch(() => undefined);
  let last: number | undefined;
  return {
    get last() {
      return last;
    },
    look: async () => {
      const isThere = await stat(file).then(
        () => true,
        (error: unknown) => (systemCodeOf(error) === "ENOENT" ? false : undefined),
      );
      const whole = Buffer.alloc(bytes);
      const read = await handle?.read(whole, 0, bytes, 0).catch(() => undefined);
      if (read?.bytesRead !== bytes) return undefined;
      const found = whole.readUInt32LE(0);
      if (found !== 0) last = found;
      return isThere;
    },
    close: async () => handle?.close().catch(() => undefined),
  };
}
