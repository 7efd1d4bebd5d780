// What a venue does by itself at a moment of exchange time: confirmations, slices, interest, the end of a request.
import { type Millis, millis } from "@bp/core";
import type { Exchange } from "@bp/sim";

export interface Agenda {
  /**
   * Does `what` at that exchange time, or as soon as possible if it is past; returns the way to call it off. `what` is told
   * when it was due, so that what repeats itself loses no turn where time jumps.
   */
  at(at: number, what: (due: Millis) => void): () => void;
  /** When the next of it is due; `undefined`: nothing is. */
  nextAt(): Millis | undefined;
  /** Does what is due, in the order of its time and then of its entry, and what that adds for the same moment. */
  run(now: Millis): void;
}

interface Entry {
  readonly at: number;
  readonly what: (due: Millis) => void;
}

/** Nothing to do. */
export function createAgenda(): Agenda {
  const entries: Entry[] = []; // by time, then by entry
  let running = false;
  return {
    at: (at, what) => {
      const entry = { at, what };
      const place = entries.findIndex((each) => each.at > at);
      entries.splice(place < 0 ? entries.length : place, 0, entry);
      return () => {
        const found = entries.indexOf(entry);
        if (found >= 0) entries.splice(found, 1);
      };
    },
    nextAt: () => (entries[0] === undefined ? undefined : millis(entries[0].at)),
    run: (now) => {
      if (running) return;
      running = true;
      try {
        for (let next = entries[0]; next !== undefined && next.at <= now; next = entries[0]) {
          entries.shift();
          next.what(millis(next.at));
        }
      } finally {
        running = false;
      }
    },
  };
}

/** An exchange as the pace moves it. */
export type Clock = Pick<Exchange, "now" | "nextAt" | "advance">;

/** The exchange's time with the agenda in it: each entry is done when its moment has come, not before and not after. */
export function withAgenda(exchange: Clock, agenda: Agenda): Clock {
  return {
    now: exchange.now,
    nextAt: () => {
      const market = exchange.nextAt();
      const entry = agenda.nextAt();
      if (entry === undefined) return market;
      const at = millis(Math.max(entry, exchange.now()));
      return market === undefined || at < market ? at : market;
    },
    advance: (to) => {
      for (let at = agenda.nextAt(); at !== undefined && at <= to; at = agenda.nextAt()) {
        exchange.advance(millis(Math.max(at, exchange.now())));
        agenda.run(exchange.now());
      }
      exchange.advance(to);
    },
  };
}
