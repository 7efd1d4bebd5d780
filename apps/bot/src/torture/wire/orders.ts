// What became of the bot's orders at the venues: slots, numbers, hedges, caps, and the kill switch.
import { type InstrumentId, lots, type PlaceOrder, priceText, sizeText, sizeToBig } from "@bp/core";
import type { NakedBound } from "@bp/torture";
import type { Deed } from "./books.ts";
import type { Charge, Court } from "./court.ts";

/** What noticing and closing may take beyond the promised time, in ms of the clock. */
const workMs = 5_000;

/** 1, 2, 3, 5, 6 and 10. */
export function* ofOrders(court: Court): Iterable<Charge> {
  const { record, endedAt } = court;
  yield* ofSlots(court);
  yield* ofTrades(court);
  const [late] = record.afterKill;
  if (late !== undefined) yield { invariant: 10, at: endedAt, says: `${late.slot}: an order after the kill switch` };
}

function* ofSlots({ books, record }: Court): Iterable<Charge> {
  const bySlot = new Map<string, Set<string>>();
  for (const { type, at, venue, order, number } of books.deeds) {
    if (number === undefined) continue;
    const command = record.commands.get(number);
    if (command === undefined) {
      yield { invariant: 2, at, says: `order ${number} stands at ${venue}, and no journal has it` };
      continue;
    }
    const key = `${venue} ${command.slot}`;
    const ids = bySlot.get(key) ?? new Set();
    bySlot.set(key, ids);
    if (type === "stands") ids.add(order.id);
    else if (type === "ended" || order.status === "filled") ids.delete(order.id);
    if (ids.size > 1) yield { invariant: 1, at, says: `${ids.size} orders rest in slot ${command.slot} at ${venue}` };
  }
}

function* ofTrades(court: Court): Iterable<Charge> {
  const { books, record, subject } = court;
  const held = new Map<InstrumentId, number>();
  const naked = new Map<NakedBound, { readonly since: number; readonly text: string }>();
  for (const deed of books.deeds) {
    const { type, at, instrument: id, fill, number, byHand } = deed;
    if (type !== "traded" || fill === undefined || byHand) continue;
    const command = number === undefined ? undefined : record.commands.get(number);
    const before = held.get(id) ?? 0;
    const after = before + (fill.side === "buy" ? fill.size : -fill.size);
    held.set(id, after);
    if (command !== undefined && Math.abs(after) > Math.abs(before))
      yield* ofGrowth(court, deed, command, before, after);
    for (const bound of subject.bounds.naked) {
      if (!bound.pair.includes(id)) continue;
      const quote = worthOf(court, bound, held, deed);
      const text = `${bound.pair.join(" and ")} are ${quote.toFixed(2)} apart (quote)`;
      if (bound.most !== undefined && Math.abs(quote) > bound.most)
        yield { invariant: 3, at, says: `${text}, more than ${bound.most.toFixed(2)}` };
      const before = naked.get(bound)?.since;
      yield* ofTime(court, bound, before, at, text);
      if (Math.abs(quote) <= bound.least) naked.delete(bound);
      else naked.set(bound, { since: before ?? at, text: `${text} since the trade of ${sized(court, deed)}` });
    }
  }
  const { endedAt: at, lastWords } = court;
  for (const [bound, { since, text }] of naked) yield* ofTime(court, bound, since, at, text);
  for (const { since, text } of naked.values())
    yield { invariant: 3, at, says: `${text}, for ${at - since} ms until its end: ${lastWords}` };
}

/** A trade in words. */
function sized({ subject }: Court, { instrument: id, fill }: Deed): string {
  const instrument = subject.instruments.find((each) => each.id === id);
  if (instrument === undefined || fill === undefined) return id;
  return `${fill.side} ${sizeText(instrument, fill.size)} @ ${priceText(instrument, fill.price)} in ${id}`;
}

/** Nothing may be apart for longer than its time: of the market what the rules count, of the clock what the wire takes. */
function* ofTime(
  { plan, began, speed, subject, lagMs }: Court,
  { maxMs }: NakedBound,
  since: number | undefined,
  at: number,
  text: string,
): Iterable<Charge> {
  if (since === undefined) return;
  const allowed = (maxMs + subject.bounds.askEveryMs) / speed + workMs + 10 * lagMs;
  const calmFrom = Math.max(
    since,
    ...plan.map((fault) => began + fault.at + ("forMs" in fault ? fault.forMs : 0)).filter((over) => over < at),
  );
  if (at - calmFrom > allowed)
    yield { invariant: 3, at, says: `${text} for ${at - since} ms although everything works` };
}

/** A position that an order of ours has made larger. */
function* ofGrowth(
  { subject }: Court,
  { at, instrument: id }: Deed,
  command: PlaceOrder,
  before: number,
  after: number,
): Iterable<Charge> {
  const instrument = subject.instruments.find((each) => each.id === id);
  if (instrument === undefined) return;
  if (command.reduceOnly && Math.sign(after) === (command.side === "buy" ? 1 : -1))
    yield { invariant: 6, at, says: `a reduce-only order brought ${id} from ${before} to ${after} lots` };
  const cap = subject.bounds.maxPosition[id];
  const size = sizeToBig(instrument, lots(Math.abs(after)));
  if (cap !== undefined && size.gt(cap))
    yield { invariant: 5, at, says: `a position of ${size.toFixed()} ${instrument.base} in ${id}, at most ${cap}` };
}

/** How far two legs are apart, in quote, at the price of the trade: about, no money is counted with it. */
function worthOf(
  { subject }: Court,
  { pair }: NakedBound,
  held: ReadonlyMap<InstrumentId, number>,
  { instrument: id, fill }: Deed,
): number {
  const of = (which: InstrumentId) => subject.instruments.find((each) => each.id === which);
  const base = pair.reduce((sum, which) => sum + (held.get(which) ?? 0) * Number(of(which)?.lotSize ?? 0), 0);
  return base * (fill?.price ?? 0) * Number(of(id)?.tickSize ?? 0);
}
