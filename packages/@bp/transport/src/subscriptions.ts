// What is wanted of a socket: asked for again after each reconnect, and noticed when it never comes.
import type { Clock } from "@bp/core";
import { systemClock } from "./clock.ts";
import { whyOf } from "./why.ts";

/** Topics that do not deliver, as far as one can know. */
export interface Silence {
  readonly topics: readonly string[];
  readonly why: string;
}

/** How topics are asked for, and who hears of those that stay silent. Frames are texts in the venue's own form. */
export interface SubscriptionsOptions {
  /** The frame that asks for these topics. Called for each sending, so that a signature in it is fresh. */
  readonly subscribe: (topics: readonly string[]) => string;
  readonly unsubscribe: (topics: readonly string[]) => string;
  /** Topics in one frame; 50 if left out. */
  readonly perFrame?: number;
  readonly clock?: Clock;
  /** How long a topic may take to deliver for the first time, ms; 15,000 if left out. */
  readonly silentMs?: number;
  /**
   * Topics that were asked for and have not delivered: after `silentMs`, when the venue refused something, or when the
   * frame could not be made (then it is tried again). Told again after each reconnect.
   */
  readonly onSilent?: (silence: Silence) => void;
}

/** The topics that are wanted, whatever connection there is. */
export interface Subscriptions {
  readonly wanted: ReadonlySet<string>;
  /**
   * Wants these topics from now on.
   *
   * @param quiet - they may rightly say nothing for hours (events of an account): silence is not told
   */
  add(topics: readonly string[], quiet?: "quiet"): void;
  remove(topics: readonly string[]): void;
  /** A connection stands: asks for everything. Give it to `onOpen` of the socket. */
  opened(send: (text: string) => boolean): void;
  /** The connection is gone. Call it for `down`. */
  lost(): void;
  /** A topic has delivered. Cheap enough for each frame. */
  heard(topic: string): void;
  /** The venue refused a subscription without saying which: all that have not delivered are suspects and told. */
  refused(why: string): void;
  /** Wants nothing any more and leaves no timer. */
  close(): void;
}

const againMs = 1_000;

/** Keeps what is wanted apart from what connection there is. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { subscribe, unsubscribe, perFrame = 50, clock = systemClock, silentMs = 15_000, onSilent } = options;
  const wanted = new Set<string>();
  const quiet = new Set<string>();
  const pending = new Set<string>(); // asked for on this connection, nothing heard
  let send: ((text: string) => boolean) | undefined;
  let connection = new AbortController();

  const later = (ms: number, then: () => void) => {
    const { signal } = connection;
    const wake = () => {
      if (!signal.aborted) then();
    };
    clock.sleep(ms, signal).then(wake, wake);
  };
  const tell = (topics: readonly string[], why: string) => {
    if (topics.length > 0) onSilent?.({ topics, why });
  };
  const ask = (topics: readonly string[]) => {
    for (let from = 0; from < topics.length; from += perFrame) askOnce(topics.slice(from, from + perFrame));
  };
  const askOnce = (topics: readonly string[]) => {
    if (send === undefined) return;
    let frame: string;
    try {
      frame = subscribe(topics);
    } catch (error) {
      tell(topics, `could not be asked for: ${whyOf(error)}`);
      later(againMs, () => ask(topics.filter((topic) => wanted.has(topic))));
      return;
    }
    if (!send(frame)) return; // the loss of the connection is told by the socket
    for (const topic of topics) pending.add(topic);
    later(silentMs, () =>
      tell(
        topics.filter((topic) => pending.has(topic) && !quiet.has(topic)),
        `nothing came for ${silentMs} ms after asking`,
      ),
    );
  };
  const forget = () => {
    connection.abort();
    connection = new AbortController();
    send = undefined;
    pending.clear();
  };

  return {
    wanted,
    add: (topics, how) => {
      const fresh = [...new Set(topics)].filter((topic) => !wanted.has(topic));
      for (const topic of fresh) {
        wanted.add(topic);
        if (how === "quiet") quiet.add(topic);
      }
      ask(fresh);
    },
    remove: (topics) => {
      const known = [...new Set(topics)].filter((topic) => wanted.delete(topic));
      for (const topic of known) {
        quiet.delete(topic);
        pending.delete(topic);
      }
      if (send !== undefined && known.length > 0) send(unsubscribe(known));
    },
    opened: (sender) => {
      forget();
      send = sender;
      ask([...wanted]);
    },
    lost: forget,
    heard: (topic) => {
      if (pending.size > 0) pending.delete(topic);
    },
    refused: (why) => tell([...pending], why),
    close: () => {
      forget();
      wanted.clear();
      quiet.clear();
    },
  };
}
