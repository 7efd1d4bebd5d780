// What is wanted of a socket: asked for again after each reconnect, and noticed when it never comes.
import type { Clock } from "@bp/core";
import { systemClock } from "./clock.ts";
import { createPace } from "./pace.ts";
import { whyOf } from "./why.ts";

/** Topics that do not deliver, as far as one can know. */
export interface Silence {
  readonly topics: readonly string[];
  readonly why: string;
}

/** How topics are asked for, and who hears of those that stay silent. Frames are texts in the venue's own form. */
export interface SubscriptionsOptions {
  /**
   * The frame that asks for these topics. Called for each sending, so that a signature in it is fresh.
   *
   * @param id - counts from 1, never twice: for venues that answer with it
   */
  readonly subscribe: (topics: readonly string[], id: number) => string;
  readonly unsubscribe: (topics: readonly string[], id: number) => string;
  /** Topics in one frame; 50 if left out. */
  readonly perFrame?: number;
  /**
   * Frames of ours in any second of one connection; more wait their turn. No limit if left out. Pings and pongs are not
   * counted here: where the venue counts them, leave room for one or two.
   */
  readonly messagesPerSecond?: number;
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
  /** The venue took the frame of this number: its quiet topics are no suspects any more. The others must still deliver. */
  acknowledged(id: number): void;
  /**
   * The venue refused a subscription: what has not delivered of the frame with this number is told, or all that has not
   * delivered where the venue does not say which frame it was.
   */
  refused(why: string, id?: number): void;
  /** Wants nothing any more and leaves no timer. */
  close(): void;
}

const againMs = 1_000;

/**
 * Keeps what is wanted apart from what connection there is.
 *
 * @throws BpError `config/invalid` for a `messagesPerSecond` that is not above 0
 */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { subscribe, unsubscribe, perFrame = 50, clock = systemClock, silentMs = 15_000, onSilent } = options;
  const wanted = new Set<string>();
  const quiet = new Set<string>();
  const pending = new Map<string, number>(); // asked for on this connection, nothing heard; number of the frame
  const pace = createPace(options.messagesPerSecond, clock);
  let send: ((text: string) => boolean) | undefined;
  let connection = new AbortController();
  let lastId = 0;

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
    for (let from = 0; from < topics.length; from += perFrame) {
      const some = topics.slice(from, from + perFrame);
      if (send !== undefined) pace(connection.signal, () => askOnce(some.filter((topic) => wanted.has(topic))));
    }
  };
  const askOnce = (topics: readonly string[]): boolean => {
    if (send === undefined || topics.length === 0) return false;
    lastId += 1;
    const id = lastId;
    let frame: string;
    try {
      frame = subscribe(topics, id);
    } catch (error) {
      tell(topics, `could not be asked for: ${whyOf(error)}`);
      later(againMs, () => ask(topics.filter((topic) => wanted.has(topic))));
      return false;
    }
    if (!send(frame)) return false; // the loss of the connection is told by the socket
    for (const topic of topics) pending.set(topic, id);
    later(silentMs, () =>
      tell(
        topics.filter((topic) => pending.get(topic) === id && !quiet.has(topic)),
        `nothing came for ${silentMs} ms after asking`,
      ),
    );
    return true;
  };
  const giveUp = (topics: readonly string[]): boolean => {
    const gone = topics.filter((topic) => !wanted.has(topic)); // wanted again meanwhile, when it had to wait
    if (send === undefined || gone.length === 0) return false;
    lastId += 1;
    return send(unsubscribe(gone, lastId));
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
      if (send !== undefined && known.length > 0) pace(connection.signal, () => giveUp(known));
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
    acknowledged: (id) => {
      for (const [topic, asked] of pending) if (asked === id && quiet.has(topic)) pending.delete(topic);
    },
    refused: (why, id) => {
      const suspects = [...pending].filter(([, asked]) => id === undefined || asked === id);
      tell(
        suspects.map(([topic]) => topic),
        why,
      );
    },
    close: () => {
      forget();
      wanted.clear();
      quiet.clear();
    },
  };
}
