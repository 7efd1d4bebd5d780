// Alerts on their way out: each told once, not too many, tried again, and never in the way of trading.
import type { Alert } from "./alert.ts";
import type { Channel, Sender } from "./channel.ts";
import { deliver } from "./deliver.ts";

/** The same topic is told again after this, ms. */
const repeatMs = 600_000;
/** So many in a time, by channel: the services take no more, and no person reads more. */
const [most, windowMs] = [20, 60_000];
/** What waits at most, by channel; older ones are left out. */
const mostWaiting = 100;
/** Waits before the second, third … try, ms; the last one repeats. */
const waits = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
/** An alert that could not be told for so long is left out, ms. */
const staleMs = 1_800_000;

/** Where alerts are put. */
export interface Outbox {
  /** Returns at once, whatever the services do. */
  put(alert: Alert): void;
  /** Waits until everything is told, or `ms` have passed. */
  drain(ms: number): Promise<void>;
  /** Gives up what still waits. */
  close(): void;
}

/** What an outbox needs. */
export interface OutboxOptions {
  readonly channels: readonly Channel[];
  readonly sender: () => Sender;
  /** Hears what could not be told, without secrets. */
  readonly warn: (line: string) => void;
  readonly now?: () => number;
  /** Of the waits between tries; tests take shorter ones. */
  readonly pace?: number;
}

interface Waiting {
  readonly alert: Alert;
  readonly since: number;
  tries: number;
}

/** Opens one. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { channels, now = Date.now } = options;
  const lines = channels.map((channel) => lineTo(channel, options));
  const told = new Map<string, { at: number; more: number }>();
  return {
    put: (alert) => {
      const key = `${alert.kind} ${alert.topic}`;
      const before = told.get(key);
      const at = now();
      if (before !== undefined && at - before.at < repeatMs) {
        before.more += 1;
        return;
      }
      for (const [each, { at: then, more }] of told) if (more === 0 && at - then >= repeatMs) told.delete(each);
      told.set(key, { at, more: 0 });
      const again =
        before === undefined || before.more === 0 ? "" : ` (and ${before.more} times since it was told last)`;
      for (const line of lines) line.put({ ...alert, text: `${alert.text}${again}` });
    },
    drain: async (ms) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms); // keeps the process alive: nothing else may
      });
      await Promise.race([Promise.all(lines.map((line) => line.empty())), late]);
      clearTimeout(timer);
    },
    close: () => {
      for (const line of lines) line.close();
    },
  };
}

/** One channel: a queue that is worked off in order. */
function lineTo(channel: Channel, { sender, warn, now = Date.now, pace = 1 }: OutboxOptions) {
  const waiting: Waiting[] = [];
  const sentAt: number[] = [];
  const over = new AbortController();
  let left = 0;
  let working: Promise<void> | undefined;

  const work = async () => {
    for (let next = waiting[0]; next !== undefined && !over.signal.aborted; next = waiting[0]) {
      while (sentAt.length > 0 && now() - (sentAt[0] ?? 0) >= windowMs * pace) sentAt.shift();
      const oldest = sentAt[0];
      if (sentAt.length >= most && oldest !== undefined) {
        await pause(windowMs * pace - (now() - oldest), over.signal);
        continue;
      }
      const told = left;
      const note = told === 0 ? "" : `\n(${told} older ones were left out)`;
      const result = await deliver(
        channel,
        { ...next.alert, text: `${next.alert.text}${note}` },
        sender(),
        over.signal,
      );
      sentAt.push(now());
      if (result.kind === "done") {
        left -= told;
        drop(next);
        continue;
      }
      next.tries += 1;
      const isStale = now() - next.since >= staleMs * pace;
      if (result.kind === "refused" || isStale) {
        warn(`alert not told, ${channel.name}: ${result.why}`);
        drop(next);
        continue;
      }
      if (next.tries === 1) warn(`alert waits, ${channel.name}: ${result.why}; it is tried again`);
      await pause(result.afterMs ?? (waits[Math.min(next.tries, waits.length) - 1] ?? 0) * pace, over.signal);
    }
  };
  /** It may have been left out meanwhile. */
  const drop = (done: Waiting) => {
    if (waiting[0] === done) waiting.shift();
  };
  return {
    put: (alert: Alert) => {
      waiting.push({ alert, since: now(), tries: 0 });
      if (waiting.length > mostWaiting) {
        waiting.splice(working === undefined ? 0 : 1, 1); // the first is on its way
        left += 1;
      }
      working ??= work().finally(() => {
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
