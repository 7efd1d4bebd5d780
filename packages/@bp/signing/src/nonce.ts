// Nonces: microseconds that are never handed out twice, by whomever on this machine, and always near the time.
import { BpError } from "@bp/core";
import { claimsIn, defaultDirectory } from "./nonceStore.ts";

/** What an allocator is made of. */
export interface NonceOptions {
  /** Whose nonces: the address of the agent that signs. Nobody who gives the same repeats one, whatever `user` he gives. */
  readonly signer: string;
  /**
   * Address of the main wallet that the agent trades for. The venue may count by user: with it, other agents of the user
   * repeat none either, as far as they give it too.
   */
  readonly user?: string | undefined;
  /** The venue's time, µs since 1970; it may step in both directions. Left out: this machine's clock. */
  readonly now?: () => number;
  /**
   * Who else may have this signer. `machine`: other processes, threads and copies of this package, told apart by files in
   * `directory`. `process`: nobody outside of this realm. Left out: `machine` where there is a file system.
   */
  readonly scope?: "machine" | "process";
  /** Where processes tell each other what they use; all that share a signer need the same. Left out: `bp/nonces` in the user's state folder. */
  readonly directory?: string;
}

/** An allocator. */
export interface Nonces {
  /**
   * The next nonce, µs since 1970: above the one before, not below `now`, and ahead of it by no more than 2 s, or 8 s after
   * the clock stepped back. A nonce that was not used is lost; there is no giving back.
   *
   * @throws BpError `signing/nonce-spent` (retry later) when everything that near is spent; `signing/nonce-clock` when
   *   the clock is behind nonces that can no longer be told from used ones; `signing/nonce-store` when the directory
   *   fails; `signing/bad-value` when `now` gives no time
   */
  next(): number;
}

/** Nonces of a process: those of one cell that are `slot` modulo `slots`. */
interface Claim {
  /** First nonce of the cell, and the first of the next one. */
  readonly from: number;
  readonly until: number;
  readonly slot: number;
}

const none: Claim = { from: 0, until: 0, slot: 0 };

/** A cell is a second of nonces; a process has one in 32 of them for itself. 32 divides a cell. */
const cellSize = 1_000_000;
const slots = 32;
/** Of the venue's 10 s: what a burst may run ahead, and what is kept to after the clock stepped back. */
const burstMicros = 2_000_000;
const heldMicros = 8_000_000;

/**
 * Makes an allocator. Its nonces rise; those of several processes are interleaved as closely as their clocks agree, because
 * the venue knows only the latest hundred of a user.
 *
 * A second of nonces is divided into 32 slots. A process takes a slot by creating a file that nobody can create twice, so
 * there is no lock, no owner to be waited for, and what a killed process held is never given away. It costs about 80 µs
 * in each second in which nonces are asked for, twice that with a user, and less than 0.1 µs a nonce otherwise.
 *
 * With a user a slot is taken for both names. So programs that share a signer never repeat a nonce even if only some of
 * them know the user, or they know different ones; and agents of one user do not as long as they say whose they are.
 *
 * @throws BpError `signing/nonce-store` when the directory cannot be used; `signing/bad-value` for an empty signer or user
 * @see Aster API V3, "Nonce": within 10 s, unique, the latest 100 of a user
 * @example
 * const nonces = createNonces({ signer, user, now: () => (Date.now() + skewMs) * 1000 });
 * const text = formText({ ...order, nonce: nonces.next(), user, signer });
 */
export function createNonces(options: NonceOptions): Nonces {
  const { signer, user, now = () => Date.now() * 1_000, scope, directory } = options;
  const names = user === undefined ? [signer] : [user, signer];
  if (names.includes(""))
    throw new BpError("signing/bad-value", { key: signer === "" ? "signer" : "user", why: "nonces need a name" });
  const where = scope === "process" ? undefined : (directory ?? defaultDirectory());
  if (where !== undefined) return ofMachine(signer, names, now, where);
  if (scope === "machine")
    throw new BpError("signing/nonce-store", { directory: "a file", why: "there is no file system here" });
  return ofProcess(signer, names, now);
}

function ofMachine(signer: string, names: readonly string[], now: () => number, directory: string): Nonces {
  const claims = claimsIn(directory, names);
  let last = -1;
  let high = 0;
  let own = none;

  const claim = (from: number, limit: number): Claim | undefined => {
    for (let start = from; start <= limit; start = cellOf(start) + cellSize) {
      const cell = cellOf(start);
      if (start > cell + cellSize - slots) continue; // too few left to be sure of one of each slot
      for (let tries = 0; tries < slots; tries++) {
        const slot = (own.slot + tries) % slots; // first the one that was ours before: nobody else wants it
        if (claims.take(cell / cellSize, slot)) return { from: start, until: cell + cellSize, slot };
      }
    }
    return undefined;
  };

  return {
    next: () => {
      const time = timeOf(now);
      if (last >= time + heldMicros) {
        // The clock went back too far to hold on: begin anew there, with claims that nobody has had.
        last = -1;
        own = none;
      }
      // Others may be ahead, because the clock stepped back under them: join them there.
      if (own === none) high = claims.newest(time / cellSize, (time + heldMicros - burstMicros) / cellSize) * cellSize;
      if (time > high) high = time;
      const limit = Math.min(time + heldMicros, high + burstMicros);
      const least = Math.max(last + 1, own === none ? high : time, own.from);
      let nonce = classed(least, own.slot);
      if (nonce >= own.until) {
        const next = claim(least, limit);
        if (next === undefined) throw spent(signer, cellOf(limit) + cellSize, limit);
        own = next;
        nonce = classed(own.from, own.slot);
      }
      if (nonce > limit) throw spent(signer, nonce, limit);
      last = nonce;
      return nonce;
    },
  };
}

/** Nonces for an emergency. */
export interface SpareNonces extends Nonces {
  /**
   * The last that this process has given out for the signer or the user, 0 for none: whoever places waits until it is past. One that is
   * further ahead of the time than the venue takes, because the clock stepped back, counts as none: no venue keeps it.
   */
  last(): number;
  /**
   * Another one, right above the last: for what cannot wait until that is past, while there are others again. It puts that moment off by
   * no more than a microsecond, where `next` puts it off until 8 s from now.
   */
  follow(): number;
}

/** Processes that have none of their own begin somewhere in so much, so that they seldom give out the same one. */
const spreadMicros = 100_000;
/** How far ahead of its time the venue takes one at all. */
const takenMicros = heldMicros + burstMicros;

/**
 * Makes an allocator that needs no file and nobody's leave: for requests that bring a risk down, while the directory cannot be used.
 *
 * Its nonces are 8 s and a little ahead of the time, where `createNonces` never goes: above any that was given out, and within the
 * venue's 10 s. Another process that has none either may draw the same one; then the venue refuses one of the two. So nothing may be
 * placed with them, and nothing with others that are not above them: the venue knows only the latest hundred, and a hundred of these leave
 * no room for lower ones. As soon as the directory can be used again take `follow` for what brings a risk down, until `last` is past.
 *
 * @throws BpError `signing/bad-value` when `now` gives no time
 */
export function createSpareNonces({
  signer,
  user,
  now = () => Date.now() * 1_000,
}: Pick<NonceOptions, "signer" | "user" | "now">): SpareNonces {
  const names = (user === undefined ? [signer] : [user, signer]).map((name) => `spare ${name.toLowerCase()}`);
  const aheadMicros = heldMicros + Math.floor(Math.random() * spreadMicros);
  const states = [...new Set(names)].map(usedBy);
  const lastAt = (time: number) => {
    const last = Math.max(0, ...states.map((state) => state.last));
    return last > time + takenMicros ? 0 : last;
  };
  const give = (nonce: number) => {
    for (const state of states) state.last = nonce;
    return nonce;
  };
  return {
    next: () => {
      const time = timeOf(now);
      return give(Math.max(time + aheadMicros, lastAt(time) + 1));
    },
    last: () => lastAt(timeOf(now)),
    follow: () => {
      const time = timeOf(now);
      return give(Math.max(time, lastAt(time) + 1));
    },
  };
}

/** The first nonce of a slot that is not below `least`. */
const classed = (least: number, slot: number) => least + ((slot - (least % slots) + slots) % slots);
const cellOf = (nonce: number) => nonce - (nonce % cellSize);

const registry = Symbol.for("@bp/signing/nonces");

/** The last nonce of a signer or a user, and the latest time that anybody has seen with it. */
interface Used {
  last: number;
  high: number;
}

/** Shared by all copies of this package in the realm; a nonce is above the last ones of all its names. */
function ofProcess(signer: string, names: readonly string[], now: () => number): Nonces {
  const states = [...new Set(names.map((name) => name.toLowerCase()))].map(usedBy);
  return {
    next: () => {
      const time = timeOf(now);
      let nonce = time;
      let high = time;
      for (const state of states) {
        nonce = Math.max(nonce, state.last + 1);
        high = Math.max(high, state.high);
      }
      for (const state of states) state.high = high;
      if (nonce > time + heldMicros)
        throw new BpError("signing/nonce-clock", {
          behindMs: Math.ceil((nonce - time) / 1_000),
          hint: "wait, or start the program anew if the clock is right now",
        });
      if (nonce > high + burstMicros) throw spent(signer, nonce, high + burstMicros);
      for (const state of states) state.last = nonce;
      return nonce;
    },
  };
}

function usedBy(name: string): Used {
  const shared = globalThis as { [registry]?: Map<string, Used> }; // ours alone by its name
  shared[registry] ??= new Map();
  const used = shared[registry].get(name) ?? { last: -1, high: 0 };
  shared[registry].set(name, used);
  return used;
}

function timeOf(now: () => number): number {
  const time = Math.floor(now());
  // The last 16 s of the safe integers are left out, so that no sum below is beyond them.
  if (time >= 0 && time <= Number.MAX_SAFE_INTEGER - 2 * heldMicros) return time;
  throw new BpError("signing/bad-value", { key: "nonce", why: `${time} is no time in µs since 1970` });
}

function spent(signer: string, nonce: number, limit: number): BpError {
  return new BpError("signing/nonce-spent", { signer, waitMs: Math.ceil((nonce - limit) / 1_000) });
}
