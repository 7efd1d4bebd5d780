// Entries as text and back, so that what is read equals what was appended.
import { BpError, type Command, type Entry, type Event } from "@bp/core";

/** An entry as its row keeps it. */
export interface Encoded {
  readonly dir: Entry["dir"];
  /** `order.filled`, `order.place`; of a note: the rule that spoke. */
  readonly type: string;
  /** JSON. */
  readonly body: string;
}

/** The bulk of a journal. These have no field that may be `undefined`, so they take the short way. */
const plain: ReadonlySet<string> = new Set<Event["type"]>([
  "book.reset",
  "book.changed",
  "trade.printed",
  "mark.changed",
  "timer.fired",
]);

/**
 * Writes an entry.
 *
 * JSON knows no `undefined`, and a `clientId: undefined` that came back without its key would not equal the event that
 * was handled. No field of an entry is ever null, so null is written for `undefined` and read back as such.
 *
 * @throws BpError `journal/bad-entry` for a null, NaN or an infinity: they would come back as something else
 */
export function encode(entry: Entry): Encoded {
  switch (entry.dir) {
    case "in": {
      const { event } = entry;
      return { dir: "in", type: event.type, body: plain.has(event.type) ? short(event) : toText(event.type, event) };
    }
    case "out": {
      const { cause, command } = entry;
      return { dir: "out", type: command.type, body: toText(command.type, { cause, command }) };
    }
    case "note": {
      const { cause, rule, why } = entry;
      return { dir: "note", type: rule, body: toText(rule, { cause, why }) };
    }
  }
}

/**
 * Reads an entry back.
 *
 * @throws SyntaxError if the body is not JSON
 */
export function decode({ dir, type, body }: Encoded): Entry {
  const value = fromText(body);
  switch (dir) {
    case "in":
      return { dir, event: value as Event }; // written by encode
    case "out":
      return { dir, ...(value as { cause: number; command: Command }) }; // written by encode
    case "note":
      return note(type, value as { cause: number; why: string }); // written by encode
  }
}

const note = (rule: string, { cause, why }: { cause: number; why: string }): Entry => ({
  dir: "note",
  cause,
  rule,
  why,
});

function short(event: Event): string {
  const text = JSON.stringify(event);
  return text.includes("null") ? toText(event.type, event) : text;
}

/** Plain data as JSON, `undefined` as null. */
export function toText(type: string, value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (each === undefined) return null;
    if (each === null || (typeof each === "number" && !Number.isFinite(each)))
      throw new BpError("journal/bad-entry", { type, why: `${key} is ${String(each)}` });
    return each;
  });
}

/** JSON as plain data, null as `undefined`. */
export function fromText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes("null") ? restored(value) : value;
}

function restored(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(restored);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
}
