// What the page knows of one bot. Whatever comes waits for the next drawing of the browser: thirty frames a second or three
// hundred, no more is done than can be seen, and in a hidden tab nothing.
import type { BotNow, FillNow, Frame, History, News, StreamMessage } from "../contract/index.ts";
import { keepEqual } from "../panes/common/keepEqual.ts";
import type { Painter } from "./painter.ts";

/** How it stands with the stream. */
export type LinkNow =
  | { readonly state: "opening" }
  | { readonly state: "up" }
  /** Tried again at `again`, by the page's clock. */
  | { readonly state: "down"; readonly why: string; readonly again: number }
  /** The token is not valid: another process, or never one of this bot. */
  | { readonly state: "refused"; readonly why: string }
  /** There is no such bot, or none that can be asked. */
  | { readonly state: "missing"; readonly why: string }
  /** The bot has said goodbye. */
  | { readonly state: "over"; readonly why: string };

/** All of it. A frame is another object each time, also where it says the same: who shows a part of it compares (`useKnown`). */
export interface Known {
  readonly link: LinkNow;
  readonly frame?: Frame;
  /** When it came, or came to the door that sent it later, by the page's clock, ms. */
  readonly frameAt: number;
  readonly history?: History;
  /** Oldest first. */
  readonly news: readonly News[];
  /** Oldest first. */
  readonly fills: readonly FillNow[];
  readonly bots?: readonly BotNow[];
}

/** Changes as the stream speaks. */
export interface FeedStore {
  get(): Known;
  /** @returns ends it */
  readonly subscribe: (changed: () => void) => () => void;
  /** A message of the stream; `frame` as text, since most frames of a slow page are never read. */
  heard(event: string, data: string): void;
  /** How the connection is; of a bot that has said goodbye nothing is told by its being gone. */
  link(link: LinkNow): void;
  history(history: History): void;
  bots(bots: readonly BotNow[]): void;
}

const newsMost = 1_000;
const fillsMost = 1_000;
const nothing: Known = { link: { state: "opening" }, frameAt: 0, news: [], fills: [] };

/** An empty one. */
export function createFeedStore(painter: Painter): FeedStore {
  let known = nothing;
  let frameText: string | undefined;
  let frameAt = 0;
  let waiting: Partial<Known> = {};
  let isAsked = false;
  const changed = new Set<() => void>();

  const draw = () => {
    isAsked = false;
    let next: Known = { ...known, ...waiting };
    waiting = {};
    if (frameText !== undefined) {
      const frame = JSON.parse(frameText) as Frame; // the contract's: the door is built with this page
      next = { ...next, frame, frameAt };
      frameText = undefined;
    }
    known = next;
    for (const each of changed) each();
  };
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    painter.next(draw);
  };
  const put = (part: Partial<Known>) => {
    waiting = { ...waiting, ...part };
    ask();
  };
  const news = () => waiting.news ?? known.news;
  const fills = () => waiting.fills ?? known.fills;

  return {
    get: () => known,
    subscribe: (listener) => {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    heard: (event, data) => {
      if (event === "frame") {
        [frameText, frameAt] = [data, painter.now()];
        ask();
        return;
      }
      const message = { event, data: JSON.parse(data) } as StreamMessage; // as above
      if (message.event === "age") {
        frameAt = painter.now() - message.data;
        put({ frameAt });
      } else if (message.event === "news") put({ news: merged(news(), message.data, newsMost) });
      else if (message.event === "fills") put({ fills: merged(fills(), message.data, fillsMost) });
      else if (message.event === "bots") put({ bots: message.data });
      else if (message.event === "bye") put({ link: { state: "over", why: message.data.why } });
    },
    link: (link) => {
      const { state } = waiting.link ?? known.link;
      const isGone = link.state === "down" || link.state === "missing";
      if (state !== "over" || !isGone) put({ link });
    },
    history: (history) =>
      put({
        history,
        news: merged(history.news, news(), newsMost),
        fills: merged(history.fills, fills(), fillsMost),
      }),
    bots: (bots) => put({ bots: keepEqual(waiting.bots ?? known.bots, bots) }),
  };
}

/** Both lists, each `n` once, in its order, the newest `most`; the first itself where the second brings nothing new. */
export function merged<T extends { readonly n: number }>(
  before: readonly T[],
  more: readonly T[],
  most: number,
): readonly T[] {
  const last = before.at(-1)?.n ?? Number.NEGATIVE_INFINITY;
  if (more.every(({ n }) => n > last)) return more.length === 0 ? before : [...before, ...more].slice(-most);
  const all = new Map(before.map((one) => [one.n, one]));
  const size = all.size;
  for (const one of more) if (!all.has(one.n)) all.set(one.n, one);
  return all.size === size ? before : [...all.values()].toSorted((a, b) => a.n - b.n).slice(-most);
}
