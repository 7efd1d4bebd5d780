// Turns what happens in a run into alerts: pure, one step after the other. Of its watchdog a run knows nothing: that one tells by itself.
import type { Event, VenueId } from "@bp/core";
import type { Note } from "@bp/engine";
import { type Figures, volumeSums } from "@bp/report";
import type { RunState } from "../session.ts";
import type { Alert, AlertKind } from "./alert.ts";
import type { AlertWords } from "./words.ts";

/** A venue that is silent for less is not worth a message, ms. */
const linkPatienceMs = 10_000;
/** An order whose fate is unknown for less is being asked for, ms. */
const doubtPatienceMs = 5_000;
const dayMs = 86_400_000;
/** So many orders are named; a person has to look at the account in any case. */
const mostNamed = 5;

/** Watches a run. */
export interface AlertWatch {
  /** What is to be told of a step; mostly nothing. */
  step(event: Event, notes: readonly Note[], state: RunState): readonly Alert[];
}

/** Begins to watch. @param now - the clock by which alerts are dated, ms: market time may run faster */
export function watchForAlerts(now: () => number, words: AlertWords): AlertWatch {
  /** By venue and stream: each may be lost without the other. */
  const lost = new Map<string, { readonly venue: VenueId; readonly at: number; readonly why: string }>();
  /** Venues that a person takes for silent. */
  const silent = new Set<VenueId>();
  let doubted: ReadonlySet<number> = new Set();
  let isHalted = false;
  let halts = 0;
  let day: number | undefined;

  const linkChanged = (event: Extract<Event, { readonly type: "link.lost" | "link.restored" }>, say: Say) => {
    const { venue, stream, why, at } = event;
    const key = `${venue} ${stream}`;
    if (event.type === "link.lost") {
      if (!lost.has(key)) lost.set(key, { venue, at, why });
      return;
    }
    lost.delete(key);
    const isWhole = ![...lost.values()].some((each) => each.venue === venue);
    if (isWhole && silent.delete(venue)) say("link", venue, words.back(venue));
  };
  const orders = (at: number, { engine }: RunState, say: Say) => {
    const unknown = [...engine.orders.values()].filter(
      ({ state, since }) => state === "unknown" && at - since >= doubtPatienceMs,
    );
    if (unknown.some(({ clientId }) => !doubted.has(clientId))) {
      const named = unknown
        .slice(0, mostNamed)
        .map(({ clientId, slot, instrument }) => `${clientId} (${slot}, ${instrument})`);
      say(
        "unknown",
        "orders",
        words.unknown(unknown.length, [...named, ...(unknown.length > mostNamed ? ["…"] : [])].join(", ")),
      );
    } else if (unknown.length === 0 && doubted.size > 0) say("unknown", "orders", words.known);
    doubted = new Set(unknown.map(({ clientId }) => clientId));
  };
  /** What only time shows. */
  const beat = (at: number, state: RunState, say: Say) => {
    for (const { venue, at: since, why } of lost.values()) {
      if (silent.has(venue) || at - since < linkPatienceMs) continue;
      silent.add(venue);
      say("link", venue, words.silent(venue, Math.round((at - since) / 1_000), why));
    }
    orders(at, state, say);
    const today = Math.floor(at / dayMs);
    if (day !== undefined && today > day) say("day", String(day), dayText(state.tally.figures(), day, words));
    day = today;
  };

  return {
    step: (event, notes, state) => {
      const alerts: Alert[] = [];
      const say: Say = (kind, topic, text) => void alerts.push({ kind, topic, text, at: now() });
      if (event.type === "link.lost" || event.type === "link.restored") linkChanged(event, say);
      else if (event.type === "timer.fired") beat(event.at, state, say);
      for (const { rule, why } of notes) if (rule === "alert") say("strategy", topicOf(why), why);
      const { halted } = state.engine.view;
      if (halted !== undefined && !isHalted) {
        halts += 1; // each of them is news
        say("halt", String(halts), words.halted(halted));
      }
      isHalted = halted !== undefined;
      return alerts;
    },
  };
}

type Say = (kind: AlertKind, topic: string, text: string) => void;

/** A remark begins with its strategy and topic: `hedge/naked: traded back`. */
const topicOf = (why: string) => /^[^\s:]+(?=: )/.exec(why)?.[0] ?? why;

/** What was traded on a day (UTC), and where the run stands since its beginning. */
function dayText({ days, session, causes, quote }: Figures, day: number, words: AlertWords): string {
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  const found = days.find((each) => each.day === date);
  const traded =
    found === undefined
      ? words.noTrades
      : words.traded(
          found.fills,
          `${found.volume.toFixed(2)} ${quote}`,
          found.realized.toFixed(4),
          found.fees.toFixed(4),
        );
  const { all } = volumeSums(session.sums.volumes);
  return words.day(date, traded, `${causes.equityChange.toFixed(4)} ${quote}`, all.quote.toFixed(2));
}
