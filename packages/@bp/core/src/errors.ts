// The one table of failures: code, context, message, and whether to try again.

import { plain } from "./plain.ts";

/**
 * What a caller may do after a failure.
 * `never`: the same call fails again; mend the input. `later`: safe to repeat after a pause.
 * `unknown`: the request may have arrived; ask the venue before sending it again.
 */
export type Retry = "never" | "later" | "unknown";

const failure = <C>(retry: Retry, say: (context: C) => string) => ({ retry, say });

/** Every failure of every package. A code never changes its meaning; new ones are added at the end of their domain. */
export const failures = {
  // config: what a person wrote
  "config/invalid": failure<{ path: string; found: string; expected: string; hint?: string }>(
    "never",
    (c) => `${c.path}: found ${c.found}, expected ${c.expected}${c.hint === undefined ? "" : `; ${c.hint}`}`,
  ),
  "config/unreadable": failure<{ file: string; why: string }>("never", (c) => `${c.file} cannot be read: ${c.why}`),
  "config/conflict": failure<{ what: string; hint: string }>("never", (c) => `${c.what}; ${c.hint}`),
  // grid: numbers that are not on their grid
  "grid/not-whole": failure<{ value: number }>("never", (c) => `${c.value} is not a whole number of ticks, lots or ms`),
  "grid/not-decimal": failure<{ value: string }>(
    "never",
    (c) => `${JSON.stringify(c.value.slice(0, 40))} is not an exact decimal (digits, one point, no exponent)`,
  ),
  "grid/not-client-id": failure<{ value: number }>("never", (c) => `${c.value} is no order number of 24 or 32 bits`),
  "grid/bad-step": failure<{ step: string }>("never", (c) => `a grid cannot have the step ${c.step}`),
  "grid/off-grid": failure<{ value: string; step: string }>(
    "never",
    (c) => `${c.value} is not a multiple of ${c.step}`,
  ),
  "grid/too-large": failure<{ value: string; step: string }>(
    "never",
    (c) => `${c.value} is more than 2^53 steps of ${c.step}`,
  ),
  // book
  "book/bad-level": failure<{ price: number; size: number }>(
    "never",
    (c) => `a book cannot hold size ${c.size} at price ${c.price}; both must be whole, the size not below 0`,
  ),
  "book/bad-window": failure<{ window: number }>(
    "never",
    (c) => `a book cannot have a window of ${c.window} ticks; 16 to 2^24`,
  ),
  // signing
  "signing/bad-key": failure<{ which: string; why: string }>("never", (c) => `${c.which}: ${c.why}`),
  "signing/key-mismatch": failure<{ publicKey: string }>(
    "never",
    (c) => `the secret does not belong to the API key ${c.publicKey.slice(0, 4)}…; were the two swapped?`,
  ),
  "signing/bad-value": failure<{ key: string; why: string }>("never", (c) => `parameter ${c.key}: ${c.why}`),
  "signing/nonce-store": failure<{ directory: string; why: string }>(
    "never",
    (c) =>
      `nonces are shared through ${c.directory}, which cannot be used: ${c.why}; choose another "directory", or scope "process" if no other process has this signer`,
  ),
  "signing/nonce-clock": failure<{ behindMs: number; hint: string }>(
    "later",
    (c) => `the clock is ${c.behindMs} ms behind nonces that may have been used already; ${c.hint}`,
  ),
  "signing/nonce-spent": failure<{ signer: string; waitMs: number }>(
    "later",
    (c) => `all nonces of ${c.signer} that the venue would take now are spent; free again in ${c.waitMs} ms`,
  ),
  // transport
  "transport/timeout": failure<{ url: string; ms: number }>("unknown", (c) => `${c.url} gave no answer in ${c.ms} ms`),
  "transport/broken": failure<{ url: string; why: string }>("unknown", (c) => `${c.url}: ${c.why}`),
  "transport/unreachable": failure<{ url: string; why: string }>(
    "later",
    (c) => `${c.url} cannot be reached: ${c.why}`,
  ),
  "transport/aborted": failure<{ url: string }>("never", (c) => `${c.url}: given up by the caller; nothing was sent`),
  "transport/budget": failure<{ waitMs: number; lane: string }>(
    "later",
    (c) => `the request budget of lane ${c.lane} is spent; free again in ${c.waitMs} ms`,
  ),
  "transport/clock-skew": failure<{ skewMs?: number }>("later", (c) =>
    c.skewMs === undefined
      ? "our clock has not been compared with the venue's yet, so nothing can be signed"
      : `our clock is ${c.skewMs} ms away from the venue's and the offset cannot be measured well enough to sign`,
  ),
  "transport/silent": failure<{ subject: string; ms: number }>(
    "later",
    (c) => `${c.subject} has been silent for ${c.ms} ms`,
  ),
  // wire
  "wire/schema": failure<{ what: string; path: string; expected: string; raw: string }>(
    "never",
    (c) => `${c.what}${c.path === "" ? "" : ` at ${c.path}`}: expected ${c.expected}; got ${c.raw.slice(0, 200)}`,
  ),
  "wire/not-json": failure<{ what: string; raw: string }>(
    "never",
    (c) => `${c.what} is not JSON: ${c.raw.slice(0, 200)}`,
  ),
  "wire/overflow": failure<{ what: string; limit: number }>(
    "later",
    (c) => `${c.what}: more than ${c.limit} messages wait to be read`,
  ),
  // venue
  "venue/refused": failure<{ venue: string; status: number; code: string; message: string; requestId?: string }>(
    "never",
    (c) => `${c.venue} refused (${c.status} ${c.code}): ${c.message}`,
  ),
  "venue/unknown-outcome": failure<{
    venue: string;
    status: number;
    code: string;
    message: string;
    requestId?: string;
  }>("unknown", (c) => `${c.venue} does not say whether it was done (${c.status} ${c.code}): ${c.message}`),
  "venue/rate-limited": failure<{ venue: string; waitMs: number; status?: number; code?: string; requestId?: string }>(
    "later",
    (c) => `${c.venue} asks us to wait ${c.waitMs} ms`,
  ),
  "venue/unavailable": failure<{ venue: string; why: string; status?: number; code?: string; requestId?: string }>(
    "later",
    (c) => `${c.venue} is not available: ${c.why}`,
  ),
  "venue/expired": failure<{ venue: string; message: string; status?: number; code?: string; requestId?: string }>(
    "later",
    (c) => `${c.venue} found our timestamp outside its window: ${c.message}`,
  ),
  "venue/unknown-symbol": failure<{ venue: string; symbol: string; near: readonly string[] }>(
    "never",
    (c) =>
      `${c.venue} has no market ${JSON.stringify(c.symbol)}${c.near.length === 0 ? "" : `; near matches: ${c.near.join(", ")}`}`,
  ),
  // engine
  "engine/unknown-instrument": failure<{ instrument: string }>(
    "never",
    (c) => `no instrument ${c.instrument} is known`,
  ),
  "engine/duplicate-slot": failure<{ slot: string }>("never", (c) => `slot ${c.slot} is wished twice in one answer`),
  "engine/bad-intent": failure<{ strategy: string; why: string }>("never", (c) => `strategy ${c.strategy}: ${c.why}`),
  // journal
  "journal/unreadable": failure<{ file: string; why: string }>("never", (c) => `journal ${c.file}: ${c.why}`),
  "journal/no-run": failure<{ run: string; known: readonly string[] }>(
    "never",
    (c) => `no run ${c.run}${c.known.length === 0 ? "; the journal is empty" : `; newest: ${c.known.join(", ")}`}`,
  ),
  "journal/write": failure<{ file: string; why: string }>(
    "never",
    (c) => `journal ${c.file} cannot be written: ${c.why}`,
  ),
  "journal/locked": failure<{ file: string; owner: string }>(
    "never",
    (c) => `journal ${c.file} is in use by ${c.owner}; stop that bot first`,
  ),
  "journal/bad-run": failure<{ run: string; why: string }>("never", (c) => `run ${c.run}: ${c.why}`),
  "journal/bad-entry": failure<{ type: string; why: string }>(
    "never",
    (c) => `entry ${c.type} cannot be kept: ${c.why}`,
  ),
  "journal/slow": failure<{ file: string; why: string }>("later", (c) => `journal ${c.file} is slow: ${c.why}`),
  "journal/store": failure<{ store: string; why: string }>("later", (c) => `store ${c.store}: ${c.why}`),
  "journal/account-locked": failure<{ account: string; owner: string }>(
    "never",
    (c) => `account ${c.account} is traded by ${c.owner}; stop that bot first`,
  ),
  "journal/account-traded": failure<{ account: string; owner: string }>(
    "never",
    (c) =>
      `account ${c.account} was traded meanwhile by ${c.owner}; look at its orders and its position, then start again`,
  ),
  // data: recorded markets
  "data/unknown-format": failure<{ file: string; found: string; why: string }>(
    "never",
    (c) => `${c.file} is of no known format: ${c.found}; ${c.why}`,
  ),
  "data/no-market": failure<{ file: string; hint: string }>("never", (c) => `${c.file}: ${c.hint}`),
  "data/bad-line": failure<{ file: string; line: number; why: string }>(
    "never",
    (c) => `${c.file}, line ${c.line}: ${c.why}; --on-bad count leaves such lines out and says how many`,
  ),
  "data/overlap": failure<{ market: string; why: string }>("never", (c) => `${c.market}: ${c.why}`),
  "data/cannot-write": failure<{ file: string; why: string }>("never", (c) => `${c.file} cannot be written: ${c.why}`),
  "data/damaged": failure<{ file: string; why: string; line?: number }>(
    "never",
    (c) => `${c.file} is damaged: ${c.why}${c.line === undefined ? "" : "; --on-bad count reads what can be read"}`,
  ),
  "data/torn-page": failure<{ why: string }>("never", (c) => `a page does not follow the one before it: ${c.why}`),
  // report
  "report/bad-series": failure<{ what: string; found: string; expected: string }>(
    "never",
    (c) => `${c.what}: found ${c.found}, expected ${c.expected}`,
  ),
  // queue: trials of a sweep that others make
  "queue/unreachable": failure<{ queue: string; why: string }>(
    "later",
    (c) => `${c.queue} cannot be reached: ${c.why}; is a Redis running there?`,
  ),
  "queue/no-data": failure<{ file: string; sha256: string; places: string }>(
    "never",
    (c) => `no file ${c.file} with SHA-256 ${c.sha256} in ${c.places}; copy it there, or name its folder by --data`,
  ),
  "queue/other-work": failure<{ what: string; theirs: string; ours: string }>(
    "never",
    (c) => `the ${c.what} is ${c.theirs} there and ${c.ours} here, so results would not be the same`,
  ),
  // sim
  "sim/bad-recording": failure<{ file: string; line: number; why: string }>(
    "never",
    (c) => `recording ${c.file}, line ${c.line}: ${c.why}`,
  ),
  "sim/bad-market": failure<{ why: string }>("never", (c) => `market: ${c.why}`),
} as const;

/** A code of the table, for example `transport/timeout`. */
export type Failure = keyof typeof failures;

/** What a failure of this code carries. */
export type FailureContext<F extends Failure> = Parameters<(typeof failures)[F]["say"]>[0];

/** The only error class of the project. Contexts never hold a key, a signature or a secret. */
export class BpError<F extends Failure = Failure> extends Error {
  override readonly name = "BpError";
  /** `domain/reason`, from the table. Never changes its meaning. */
  readonly code: F;
  /** What the sentence is made of. */
  readonly context: FailureContext<F>;
  /** Whether the same call may be made again. */
  readonly retry: Retry;

  constructor(code: F, context: FailureContext<F>, options?: ErrorOptions) {
    const { retry, say } = failures[code];
    super(plain((say as (context: FailureContext<F>) => string)(context)), options); // venues and files have a say in it
    this.code = code;
    this.context = context;
    this.retry = retry;
  }
}

/**
 * Whether `error` is a failure of the table, and of this code if one is named.
 *
 * @example
 * if (isBpError(error, "venue/rate-limited")) await clock.sleep(error.context.waitMs);
 */
export function isBpError<F extends Failure = Failure>(error: unknown, code?: F): error is BpError<F> {
  // By name, not by class: a program may hold this package twice, once as a module and once as CommonJS.
  if (!(error instanceof Error) || error.name !== "BpError" || !("code" in error)) return false;
  return code === undefined || error.code === code;
}
