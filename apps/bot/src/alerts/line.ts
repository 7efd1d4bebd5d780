// One channel's queue: worked off in order, some a minute, each tried until it is told or too old.
import type { Alert } from "./alert.ts";
import type { Channel, Sender } from "./channel.ts";
import { deliver } from "./deliver.ts";
import type { Post } from "./post.ts";
import { type AlertLang, alertWords } from "./words.ts";

/** So many in a time: the services take no more, and no person reads more. */
const [most, windowMs] = [20, 60_000];
/** What waits at most; older ones are left out. */
const mostWaiting = 100;
/** Waits before the second, third … try, ms; the last one repeats. */
const waits = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
/** An alert that could not be told for so long is left out, ms. */
const staleMs = 1_800_000;

/** A queue to one channel. */
export interface Line {
  /** Nothing is sent before the step that it came from is over. */
  put(alert: Alert): void;
  /** Resolves when nothing waits. */
  empty(): Promise<void>;
  close(): void;
}

/** How alerts are told, whatever the channel. */
export interface Telling {
  readonly lang: AlertLang;
  readonly sender: () => Sender;
  /** Hears what could not be told, without secrets. */
  readonly warn: (line: string) => void;
  /** Of the waits between tries; tests take shorter ones. */
  readonly pace?: number;
}

/** What a line needs. */
export interface LineOptions extends Telling {
  readonly channel: Channel;
  readonly post: Post;
  readonly now: () => number;
}

interface Waiting {
  readonly alert: Alert;
  readonly since: number;
  tries: number;
}

/** An empty one. */
export function createLine({ channel, post, sender, warn, lang, now, pace = 1 }: LineOptions): Line {
  const words = alertWords(lang);
  const waiting: Waiting[] = [];
  const sentAt: number[] = [];
  const over = new AbortController();
  let left = 0;
  let working: Promise<void> | undefined;

  /** One may have been left out meanwhile. */
  const drop = (done: Waiting) => {
    if (waiting[0] === done) waiting.shift();
  };
  /** How long until the next may be sent, ms. */
  const restOfWindow = () => {
    while (sentAt.length > 0 && now() - (sentAt[0] ?? 0) >= windowMs * pace) sentAt.shift();
    const [oldest] = sentAt;
    return sentAt.length < most || oldest === undefined ? 0 : windowMs * pace - (now() - oldest);
  };
  const tryTo = async (next: Waiting) => {
    const told = left;
    const note = told === 0 ? "" : words.leftOut(told);
    const alert = { ...next.alert, text: `${next.alert.text}${note}` };
    const result = await deliver({ post, channel, sender: sender() }, alert, over.signal);
    sentAt.push(now());
    if (result.kind === "done") {
      left -= told;
      return drop(next);
    }
    next.tries += 1;
    if (over.signal.aborted) return;
    if (result.kind === "refused" || now() - next.since >= staleMs * pace) {
      warn(`alert not told, ${channel.name}: ${result.why}`);
      return drop(next);
    }
    if (next.tries === 1) warn(`alert waits, ${channel.name}: ${result.why}; it is tried again`);
    await pause(result.afterMs ?? (waits[Math.min(next.tries, waits.length) - 1] ?? 0) * pace, over.signal);
  };
  const work = async () => {
    await new Promise((resolve) => setImmediate(resolve)); // the step's own commands go first
    for (let next = waiting[0]; next !== undefined && !over.signal.aborted; next = waiting[0]) {
      const rest = restOfWindow();
      if (rest > 0) await pause(rest, over.signal);
      else await tryTo(next);
    }
  };
  return {
    put: (alert) => {
      if (over.signal.aborted) return;
      waiting.push({ alert, since: now(), tries: 0 });
      if (waiting.length > mostWaiting) {
        waiting.splice(working === undefined ? 0 : 1, 1); // the first is on its way
        left += 1;
      }
      working ??= work()
        .catch((error: unknown) =>
          warn(`alerts are not told, ${channel.name}: ${error instanceof Error ? error.name : "failed"}`),
        )
        .finally(() => {
          working = undefined;
        });
    },
    empty: async () => {
      await working; // it works until nothing waits
    },
    close: () => over.abort(),
  };
}

/** Ends early with the signal. A wait keeps no process alive. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, Math.max(0, ms));
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    timer.unref();
    signal.addEventListener("abort", done, { once: true });
  });
}
