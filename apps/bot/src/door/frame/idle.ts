// Why a strategy wishes nothing, in plain words: what a person asked, what cannot be seen, or what it waits for by itself.
import { type Instrument, type InstrumentId, venueOf } from "@bp/core";
import type { Explained, StrategyPicture, WorldPicture } from "@bp/engine";
import { ownReason } from "./idleReasons.ts";

/** A strategy as the run has it. */
export interface Asker {
  /** In this run. */
  readonly name: string;
  /** `maker`, `dual-hedge` */
  readonly use: string;
  /** As its schema gave them. */
  readonly params: unknown;
  /** What it trades or watches. */
  readonly markets: readonly InstrumentId[];
  /** Why it has nothing more to do. */
  readonly done?: string | undefined;
  /** What it says to a person, its own words. */
  readonly remarks?: readonly { readonly say: string; readonly alert?: boolean }[] | undefined;
}

/** The one reason that comes first. @param own - the strategy in the decision */
export function idleOf(
  { view }: Explained,
  own: StrategyPicture,
  asker: Asker,
  instrument: (id: InstrumentId) => Instrument,
): string {
  if (asker.done !== undefined) return `done: ${asker.done}`;
  const held = heldBy(view);
  if (held !== undefined) return held;
  if (own.voice === "clearing") return "a position from before the start is closed first";
  const unseen = asker.markets.map((id) => unseenText(id)).find((text) => text !== undefined);
  if (unseen !== undefined) return unseen;
  const reason = ownReason(asker, own.memory, { now: view.now, instrument });
  if (reason !== undefined) return reason;
  const remark = asker.remarks?.find(({ alert }) => alert === true) ?? asker.remarks?.[0];
  return remark?.say ?? "nothing is to be done at the moment";

  function unseenText(id: InstrumentId): string | undefined {
    const venue = venueOf(id);
    const market = view.markets.find((each) => each.instrument === id);
    const link = view.links.find((each) => each.venue === venue);
    if (link?.link === "down") return `the connection to ${venue} is down`;
    if (link?.account === false) return `what ${venue} holds is not known yet`;
    if (market === undefined) return undefined;
    if (market.bid === undefined || market.ask === undefined) {
      if (market.bid !== undefined || market.ask !== undefined) return `the book of ${id} has one side only`;
      return `the book of ${id} is not whole`;
    }
    if (!market.seen) return `the book of ${id} is not whole`;
    const staleMs = staleOf(asker.params);
    if (staleMs !== undefined && market.bookAgeMs > staleMs) {
      const [age, most] = [market.bookAgeMs, staleMs].map((ms) => (ms / 1_000).toFixed(1));
      return `the book of ${id} is ${age} s old, at most ${most} s`;
    }
    if (own.positions[id] === undefined && market.position === undefined) return `what is held of ${id} is not known`;
    return undefined;
  }
}

/** What keeps every strategy from wishing: a halt, or what a person has asked. */
export function heldBy({ halted, quiet }: Pick<WorldPicture, "halted" | "quiet">) {
  if (halted !== undefined) return `halted: ${halted}`;
  if (quiet === undefined) return undefined;
  if (quiet === "pause") return "a person has paused it";
  if (quiet === "stop") return "it is being stopped";
  return "a person has asked to close everything";
}

/** How old a book may be for a strategy, where it says so. */
function staleOf(params: unknown): number | undefined {
  const found = typeof params === "object" && params !== null && "staleMs" in params ? params.staleMs : undefined;
  return typeof found === "number" ? found : undefined;
}
