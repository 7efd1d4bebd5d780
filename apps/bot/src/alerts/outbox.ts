// Alerts on their way out: each told once, not too many, tried again, and never in the way of trading.
import type { Alert } from "./alert.ts";
import type { Channel } from "./channel.ts";
import { createLine, type Telling } from "./line.ts";
import { createPost } from "./post.ts";
import { createTold } from "./told.ts";
import { alertWords } from "./words.ts";

/** What was held back is looked at so often, ms. */
const lookMs = 5_000;

/** Where alerts are put. */
export interface Outbox {
  /** Returns at once, whatever the services do, and never throws. */
  put(alert: Alert): void;
  /** Tells what was held back too, and waits until everything is told, or `ms` have passed. */
  drain(ms: number): Promise<void>;
  /** Gives up what still waits. */
  close(): Promise<void>;
}

/** What an outbox needs. */
export interface OutboxOptions extends Telling {
  readonly channels: readonly Channel[];
  readonly proxyOf: (url: string) => string | undefined;
  readonly now?: () => number;
}

/** Opens one. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { channels, proxyOf, lang, now = Date.now } = options;
  const words = alertWords(lang);
  const post = createPost(proxyOf);
  const lines = channels.map((channel) => createLine({ ...options, channel, post, now }));
  const told = createTold();
  const tell = (alert: Alert, more: number) => {
    const again = more === 0 ? "" : words.repeated(more);
    for (const line of lines) line.put({ ...alert, text: `${alert.text}${again}` });
  };
  const release = (at: number) => {
    for (const [alert, more] of told.due(at)) tell(alert, more);
  };
  const timer = setInterval(() => release(now()), lookMs).unref();
  return {
    put: (alert) => {
      if (lines.length === 0) return;
      const more = told.now(alert, now());
      if (more !== undefined) tell(alert, more);
    },
    drain: async (ms) => {
      release(Number.POSITIVE_INFINITY);
      let late: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        late = setTimeout(resolve, ms); // keeps the process alive: nothing else may
      });
      await Promise.race([Promise.all(lines.map((line) => line.empty())), patience]);
      clearTimeout(late);
    },
    close: async () => {
      clearInterval(timer);
      for (const line of lines) line.close();
      await post.close();
    },
  };
}
