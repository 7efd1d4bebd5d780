// Turns what happens in a run into alerts: pure, one step after the other.
import type { Event, VenueId } from "@bp/core";
import type { Note } from "@bp/engine";
import { type Figures, volumeSums } from "@bp/report";
import type { RunState } from "../session.ts";
import type { Alert, AlertKind } from "./alert.ts";

/** A venue that is silent for less is not worth a message, ms. */
const linkPatienceMs = 10_000;
/** An order whose fate is unknown for less is being asked for, ms. */
const doubtPatienceMs = 5_000;
const dayMs = 86_400_000;

/** Watches a run. */
export interface AlertWatch {
  /** What is to be told of a step; mostly nothing. */
  step(event: Event, notes: readonly Note[], state: RunState): readonly Alert[];
}

/** Begins to watch. @param now - the clock by which alerts are dated, ms: market time may run faster */
export function watchForAlerts(now: () => number): AlertWatch {
  const lost = new Map<VenueId, { readonly at: number; readonly why: string; isTold: boolean }>();
  const doubted = new Set<string>();
  let isHalted = false;
  let day: number | undefined;

  const linkChanged = (event: Extract<Event, { readonly type: "link.lost" | "link.restored" }>, say: Say) => {
    const { venue, why, at } = event;
    if (event.type === "link.lost") {
      if (why.includes("watchdog")) say("watchdog", venue, `${venue}: ${why}`);
      else if (!lost.has(venue)) lost.set(venue, { at, why, isTold: false });
      return;
    }
    if (lost.get(venue)?.isTold === true) say("link", `${venue} back`, `${venue} is back`);
    lost.delete(venue);
  };
  /** What only time shows. */
  const beat = (at: number, { engine, tally }: RunState, say: Say) => {
    for (const [venue, link] of lost) {
      if (link.isTold || at - link.at < linkPatienceMs) continue;
      link.isTold = true;
      say("link", venue, `${venue} has been silent for ${Math.round((at - link.at) / 1_000)} s: ${link.why}`);
    }
    for (const order of engine.orders.values()) {
      const { clientId, state, since, slot, instrument } = order;
      const id = String(clientId);
      if (state !== "unknown" || at - since < doubtPatienceMs || doubted.has(id)) continue;
      doubted.add(id);
      say(
        "unknown",
        id,
        `order ${id} (${slot}, ${instrument}): it is not known whether it stands; nothing is sent again`,
      );
    }
    const today = Math.floor(at / dayMs);
    if (day !== undefined && today > day) say("day", String(day), dayText(tally.figures(), day));
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
      if (halted !== undefined && !isHalted) say("halt", "halt", `halted: ${halted}`);
      isHalted = halted !== undefined;
      return alerts;
    },
  };
}

type Say = (kind: AlertKind, topic: string, text: string) => void;

/** A remark begins with its strategy and topic: `hedge/naked: traded back`. */
const topicOf = (why: string) => /^[^\s:]+(?=: )/.exec(why)?.[0] ?? why;

/** What was traded on a day, and where the run stands since its beginning. */
function dayText({ days, session, quote }: Figures, day: number): string {
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  const found = days.find((each) => each.day === date);
  const traded =
    found === undefined
      ? "no trades"
      : `${found.fills} trades, volume ${found.volume.toFixed(2)} ${quote}, realized ${found.realized.toFixed(4)}, fees ${found.fees.toFixed(4)}`;
  const { net } = session.profit;
  const { all } = volumeSums(session.sums.volumes);
  return `${date}: ${traded}. Since the start: net ${net.toFixed(4)} ${quote}, volume ${all.quote.toFixed(2)}`;
}
