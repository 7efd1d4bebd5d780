// Follows the stream of a bot for as long as somebody looks: opens it, reads it, and opens it again when it breaks.
import type { History } from "../contract/index.ts";
import { type Api, DoorRefusal } from "./api.ts";
import { createSseReader } from "./sse.ts";
import type { FeedStore } from "./store.ts";

/** Whom, and with what. */
export interface FollowOptions {
  readonly api: Api;
  readonly store: FeedStore;
  readonly bot: string;
  /** Waits; for tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to below 1; for tests. */
  readonly dice?: () => number;
  readonly now?: () => number;
}

/** How long nothing may come before it counts as broken, ms; the door gives a sign of life every 5 s. */
const silenceMs = 15_000;

/** Until `signal` aborts. */
export async function follow(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { api, store, bot, sleep = waitFor, dice = Math.random, now = Date.now } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const body = await api.stream(bot, signal);
      store.link({ state: "up" });
      loadHistory(api, store, bot, signal);
      await read(body, store, signal, () => {
        failures = 0;
      });
      if (signal.aborted) return;
      failures = Math.max(1, failures + 1);
      await pause("");
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const status = error instanceof DoorRefusal ? error.status : 0;
      const why = error instanceof Error && status !== 0 ? error.message : "";
      if (status === 401 || status === 403) {
        store.link({ state: "refused", why });
        return;
      }
      await pause(why, status === 404);
    }
  }

  async function pause(why: string, isMissing = false): Promise<void> {
    const ms = waitMs(failures, dice);
    store.link(isMissing ? { state: "missing", why } : { state: "down", why, again: now() + ms });
    await sleep(ms, signal);
  }
}

/**
 * How long to wait before the next try: half a second, then twice as long each time, ten seconds at most; half of it by chance, so
 * that many pages do not come back in one moment.
 *
 * @param failures - so far, from 1 @param dice - 0 to below 1
 */
export function waitMs(failures: number, dice: () => number): number {
  const most = Math.min(10_000, 500 * 2 ** Math.min(10, failures - 1));
  return Math.round(most / 2 + (most / 2) * dice());
}

/** What was before: the stream goes on without it. */
function loadHistory(api: Api, store: FeedStore, bot: string, signal: AbortSignal): void {
  api
    .ask<History>(`bots/${encodeURIComponent(bot)}/history`, { signal })
    .then((history) => store.history(history))
    .catch(() => undefined); // it comes with the next connection; the chart grows without it
}

async function read(
  body: ReadableStream<Uint8Array>,
  store: FeedStore,
  signal: AbortSignal,
  alive: () => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const sse = createSseReader((event, data) => store.heard(event, data));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    reader.cancel().catch(() => undefined); // it is over already
  };
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(cancel, silenceMs);
  };
  signal.addEventListener("abort", cancel, { once: true });
  watch();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      watch();
      sse.push(decoder.decode(part.value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
