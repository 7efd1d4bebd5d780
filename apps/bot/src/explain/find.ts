// Which event of a run a person means.
import type { Entry } from "@bp/core";
import { invalid } from "../config/complaint.ts";

/** What `--at` may say, for complaints and the help. */
const whatAtTakes =
  "the number of an event, a moment (2026-01-01T00:05:00Z, or ms since 1970), order:ID, cancel:ID, fill:TRADE, or last";

/** An order, a cancel or a fill by its id. */
const naming = /^(order|cancel|fill):(.+)$/;
/** Whether it says which one by its id, so that it may be still to come. @param said - as `eventMeant` takes it */
export const namesOne = (said: string): boolean => naming.test(said.trim());

interface Span {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The number of the event that is meant. A moment means the last event up to it; an order or a cancel the event that led to
 * it; a fill the event that told it. A number beyond the last event that is the number of an order means that order.
 *
 * @param said - what the person typed
 * @param entries - of the whole run
 * @param where - he typed it, for complaints
 * @throws BpError `config/invalid` for what is none of these, or is not in the run
 */
export function eventMeant(said: string, entries: Iterable<Entry>, where = "--at"): number {
  const wrong = (expected: string) => invalid(where, JSON.stringify(said), expected);
  const wanted = wantedOf(said.trim());
  if (wanted === undefined) throw wrong(whatAtTakes);
  let span: Span | undefined;
  let found: number | undefined;
  for (const entry of entries) {
    if (entry.dir === "in") {
      const { seq, at } = entry.event;
      span = span === undefined ? { first: seq, last: seq, from: at, to: at } : { ...span, last: seq, to: at };
    }
    const seq = wanted.of(entry);
    if (seq !== undefined && (wanted.newest || found === undefined)) found = seq;
  }
  if (span === undefined) throw wrong("an event, and this run has none yet");
  const late = wanted.moment !== undefined && wanted.moment > span.to;
  if (found === undefined || late) throw wrong(inside(span));
  return found;
}

interface Wanted {
  /** The event that an entry points to, if it is what is wanted. */
  readonly of: (entry: Entry) => number | undefined;
  /** The last one that fits, instead of the first. */
  readonly newest: boolean;
  readonly moment?: number;
}

/** @returns `undefined` for what is none of these */
function wantedOf(said: string): Wanted | undefined {
  if (said === "last") return { of: (entry) => (entry.dir === "in" ? entry.event.seq : undefined), newest: true };
  const [, kind, id = ""] = naming.exec(said) ?? [];
  if (kind === "fill")
    return {
      of: ({ dir, ...rest }) => {
        const event = dir === "in" && "event" in rest ? rest.event : undefined;
        return event?.type === "order.filled" && event.tradeId === id ? event.seq : undefined;
      },
      newest: false,
    };
  if (kind !== undefined)
    return { of: commandOf(kind === "order" ? "order.place" : "order.cancel", id), newest: false };
  const moment = momentOf(said);
  if (moment !== undefined)
    return {
      of: (entry) => (entry.dir === "in" && entry.event.at <= moment ? entry.event.seq : undefined),
      newest: true,
      moment,
    };
  if (!/^\d+$/.test(said)) return undefined;
  const placed = commandOf("order.place", said);
  return {
    of: (entry) => (entry.dir === "in" && entry.event.seq === Number(said) ? entry.event.seq : placed(entry)),
    newest: false,
  };
}

/** The cause of the first command of a type for an order. */
const commandOf =
  (type: "order.place" | "order.cancel", id: string) =>
  (entry: Entry): number | undefined => {
    if (entry.dir !== "out" || entry.command.type !== type) return undefined;
    return "clientId" in entry.command && String(entry.command.clientId) === id ? entry.cause : undefined;
  };

/** ms since 1970 of what is written as a moment; numbers below a million million are none. */
function momentOf(said: string): number | undefined {
  if (/^\d{13}$/.test(said)) return Number(said);
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?$/.test(said)) return undefined;
  const moment = Date.parse(`${said.replace(" ", "T").replace(/Z$/, "")}Z`);
  return Number.isFinite(moment) ? moment : undefined;
}

const inside = ({ first, last, from, to }: Span) =>
  `something of this run: events ${first} to ${last}, ${iso(from)} to ${iso(to)}, its orders (order:ID, cancel:ID) and fills (fill:TRADE)`;
const iso = (at: number) => new Date(at).toISOString();
