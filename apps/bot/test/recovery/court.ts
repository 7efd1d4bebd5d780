// What the exchanges themselves say about a run: nothing twice, nothing forgotten, and the same books.
import { Big, type ClientId, type Command, type InstrumentId, sizeToBig, venueOf } from "@bp/core";
import { openJournal } from "@bp/journal";
import { entriesOf } from "../../src/runs.ts";
import { createLedgers } from "../../src/stage/ledger.ts";
import { hedge, lead, type TwoVenues, venues } from "./market.ts";
import type { Belief, End } from "./words.ts";

/** Watches a run from outside. */
export interface Court {
  sent(command: Command): void;
  /** Looks at both exchanges as they are now. */
  look(now: number): void;
  /** Somebody is there again: what was naked before was nobody's to hedge. */
  back(now: number): void;
  /** In what the bot's belief differs from the exchanges; `undefined`: in nothing. */
  differs(belief: Belief): string | undefined;
  /** Longest time with one leg only so far while somebody was there, ms. */
  readonly nakedMs: number;
  /** What is wrong with the whole; nothing: all is well. */
  verdict(journal: string, end: End): readonly string[];
  /** What is wrong after a death that came when all had been said and done. */
  rest(): readonly string[];
}

/** The largest lead that may be without its hedge: the quantity of a cycle. */
const mostNaked = 10;
/** Legs may differ for ten seconds; then the lead is traded back, which takes two at most. */
const longestNakedMs = 12_000;

/** Opens a court over both exchanges. */
export function openCourt({ exchanges }: TwoVenues): Court {
  const slots = new Map<ClientId, string>();
  const taken = new Map<string, number>();
  const wrong = new Set<string>();
  const ledgers = {
    backpack: createLedgers(exchanges.backpack),
    "aster-futures": createLedgers(exchanges["aster-futures"]),
  };
  let nakedSince: number | undefined;
  let nakedMs = 0;
  for (const name of venues)
    exchanges[name].listen((fact) => {
      if (fact.type !== "order-accepted" || fact.order.clientId === undefined) return;
      const id = String(fact.order.clientId);
      taken.set(id, (taken.get(id) ?? 0) + 1);
    });
  const held = (id: InstrumentId): Big => {
    const name = nameOf(id);
    const size = exchanges[name].positions(name).find((each) => each.instrument === id)?.size;
    const instrument = exchanges[name].instruments.find((each) => each.id === id);
    return size === undefined || instrument === undefined ? new Big(0) : sizeToBig(instrument, size);
  };
  const open = () => venues.flatMap((name) => exchanges[name].openOrders(name));
  const net = () => held(lead).plus(held(hedge));
  const rest = (): string[] => {
    const found = [...wrong];
    for (const [id, times] of taken) if (times > 1) found.push(`order ${id} was taken ${times} times`);
    if (nakedMs > longestNakedMs) found.push(`it was naked for ${nakedMs} ms`);
    const left = open();
    if (left.length > 0) found.push(`${left.length} orders were left behind`);
    if (!net().eq(0)) found.push(`${net().toFixed()} were left without a hedge`);
    return found;
  };
  return {
    sent: (command) => {
      if (command.type !== "order.place") return;
      if (slots.has(command.clientId)) wrong.add(`order ${command.clientId} was sent twice`);
      slots.set(command.clientId, command.slot);
    },
    look: (now) => {
      const busy = new Set<string>();
      for (const { clientId } of open()) {
        const slot = slots.get(clientId as ClientId); // ours are numbers
        if (slot === undefined) wrong.add(`order ${clientId} stands and was never sent`);
        else if (busy.has(slot)) wrong.add(`two orders stand in ${slot}`);
        else busy.add(slot);
      }
      const apart = net().abs();
      if (apart.gt(mostNaked)) wrong.add(`${apart.toFixed()} were without a hedge`);
      if (apart.eq(0)) nakedSince = undefined;
      else nakedSince ??= now;
      if (nakedSince !== undefined) nakedMs = Math.max(nakedMs, now - nakedSince);
    },
    back: (now) => {
      if (nakedSince !== undefined) nakedSince = now;
    },
    differs: ({ orders, positions, halted, up }) => {
      if (halted !== undefined) return `halted: ${halted}`;
      if (!up) return "a stream is not there";
      const unclear = orders.find(({ state }) => state === "unknown");
      if (unclear !== undefined) return `order ${unclear.clientId} is in doubt`;
      const theirs = open().map(({ clientId }) => String(clientId));
      const ours = orders.map(({ clientId }) => String(clientId));
      if (theirs.toSorted().join() !== ours.toSorted().join())
        return `orders ${ours.join()} are believed in (${orders.map(({ state }) => state).join()}), ${theirs.join()} stand`;
      for (const id of [lead, hedge]) {
        const name = nameOf(id);
        const is = exchanges[name].positions(name).find((each) => each.instrument === id)?.size ?? 0;
        if (positions[id] !== is) return `${positions[id]} lots of ${id} are believed in, ${is} are held`;
      }
      return net().eq(0) ? undefined : `${net().toFixed()} are not hedged`;
    },
    get nakedMs() {
      return nakedMs;
    },
    rest: () => [...rest()],
    verdict: (journal, end) => {
      const found = rest();
      if (end.code !== 0) found.push(`it ended with ${end.code}: ${end.why} ${end.failure ?? ""}`);
      if (end.openOrders !== 0) found.push(`${end.openOrders} orders of ours are believed to be open`);
      for (const id of [lead, hedge]) {
        const name = nameOf(id);
        const theirs = ledgers[name](name, id);
        const ours = end.figures[id];
        if (
          ours === undefined ||
          ours.fills !== theirs.fills ||
          ours.volumeQuote !== theirs.volumeQuote ||
          ours.feesQuote !== theirs.feesQuote ||
          ours.position !== theirs.position
        )
          found.push(`the books of ${id} differ: ${JSON.stringify(ours)}, at the exchange ${JSON.stringify(theirs)}`);
      }
      return [...found, ...unknownTo(journal, end.run, [...taken.keys()])];
    },
  };
}

const nameOf = (id: InstrumentId): (typeof venues)[number] =>
  venueOf(id) === "backpack" ? "backpack" : "aster-futures";

/** Orders that the exchange has taken and the journal does not know, and a run that has not ended. */
function unknownTo(journal: string, run: string, taken: readonly string[]): readonly string[] {
  const store = openJournal(journal, { access: "read" });
  try {
    const known = new Set<string>();
    for (const entry of entriesOf(store, run))
      if (entry.dir === "out" && entry.command.type === "order.place") known.add(String(entry.command.clientId));
    const found = taken.filter((id) => !known.has(id)).map((id) => `the journal does not know order ${id}`);
    const runs = store.runs().length;
    return [
      ...found,
      ...(runs === 1 ? [] : [`there are ${runs} runs`]),
      ...(store.run(run).ended === undefined ? ["the run has not ended"] : []),
    ];
  } finally {
    store.close();
  }
}
