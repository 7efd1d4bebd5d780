// What the exchanges themselves know of us: the other side of every invariant.
import {
  type ClientId,
  type InstrumentId,
  type Lots,
  lots,
  type PlaceOrder,
  sizeToBig,
  symbolOf,
  type VenueId,
} from "@bp/core";
import type { Exchange, SimFact, SimFill, SimOrder } from "@bp/sim";
import type { Subject, TorturedAccount } from "./subject.ts";

/** An order of ours that rests at an exchange. */
export interface Standing {
  readonly venue: VenueId;
  readonly order: SimOrder;
  readonly command: PlaceOrder | undefined;
}

/** A trade of an account of ours. */
export interface TrueFill {
  readonly venue: VenueId;
  readonly instrument: InstrumentId;
  readonly fill: SimFill;
  /** The command behind it; `undefined`: another hand, or the venue itself. */
  readonly command: PlaceOrder | undefined;
  /** Whether the venue took it from us (auto-deleveraging, liquidation). */
  readonly taken: boolean;
}

/** The exchanges' side of the trial. */
export interface Truth {
  /** A command leaves for a venue. */
  sent(command: PlaceOrder): void;
  /** Every order that was ever sent, by its number. */
  readonly commands: ReadonlyMap<ClientId, PlaceOrder>;
  /** Orders with a number that rest at an exchange now. */
  readonly standing: ReadonlyMap<string, Standing>;
  readonly fills: readonly TrueFill[];
  /**
   * What we bought less what we sold of a market, in lots, and what the venue took of it. Fees in coins are not in it; what
   * the user's own hand took of it is until `writeOff`.
   */
  held(instrument: InstrumentId): Lots;
  /** The same in base, as a number. */
  base(instrument: InstrumentId): number;
  /** A person has seen what another hand took of our perpetuals, and goes on without it. */
  writeOff(): void;
  /** Hears about each order of ours that begins or ends to rest, and each trade. */
  listen(listener: (change: Change) => void): void;
}

/** Something that happened to an order or a position of ours, at the exchange. */
export type Change =
  | { readonly type: "stands" | "ended"; readonly standing: Standing }
  | { readonly type: "traded"; readonly fill: TrueFill; readonly before: Lots; readonly after: Lots };

/** What a trade of the venue's takes out of a position of ours: never more than there is. The rest was the user's. */
const outOf = (held: number, by: number): number =>
  Math.sign(by) === -Math.sign(held) ? Math.sign(by) * Math.min(Math.abs(by), Math.abs(held)) : 0;

/** The number of an order that the user gives by hand; what has none at all is the venue's doing. */
export const byHand = "by hand";

/** Listens to the exchanges on behalf of all accounts. */
export function createTruth(subject: Subject, exchangeAt: (account: TorturedAccount) => Exchange): Truth {
  const commands = new Map<ClientId, PlaceOrder>();
  const standing = new Map<string, Standing>();
  const fills: TrueFill[] = [];
  const held = new Map<InstrumentId, number>();
  /** What an account holds of a perpetual beyond ours, in lots: now, and when nothing of ours was held last. */
  const beyond = new Map<InstrumentId, { now: number; before: number }>();
  const listeners: ((change: Change) => void)[] = [];
  const known = new Map(subject.instruments.map((each) => [each.id, each]));
  const tell = (change: Change) => {
    for (const each of listeners) each(change);
  };
  const commandOf = (clientId: SimOrder["clientId"]): PlaceOrder | undefined =>
    typeof clientId === "number" ? commands.get(clientId as ClientId) : undefined; // a number of ours, or of nobody

  const hear = (venue: VenueId, fact: SimFact) => {
    if (fact.type === "order-accepted" && fact.order.clientId !== undefined) {
      const one = { venue, order: fact.order, command: commandOf(fact.order.clientId) };
      standing.set(`${venue}/${fact.order.id}`, one);
      tell({ type: "stands", standing: one });
    }
    if (fact.type === "order-cancelled" || fact.type === "order-expired") ended(venue, fact.order);
    if (fact.type === "order-filled") traded(venue, fact.fill, fact.order);
  };
  const traded = (venue: VenueId, fill: SimFill, order: SimOrder) => {
    const instrument: InstrumentId = `${venue}:${symbolOf(fill.instrument)}`;
    const command = commandOf(fill.clientId);
    const one = { venue, instrument, fill, command, taken: command === undefined && fill.clientId !== byHand };
    fills.push(one);
    const before = held.get(instrument) ?? 0;
    const by = fill.side === "buy" ? fill.size : -fill.size;
    const after = before + (command !== undefined ? by : one.taken ? outOf(before, by) : 0);
    held.set(instrument, after);
    if (known.get(instrument)?.kind === "perp") beside(instrument, by - (after - before), after);
    if (order.status === "filled") ended(venue, order);
    tell({ type: "traded", fill: one, before: lots(before), after: lots(after) });
  };
  const beside = (instrument: InstrumentId, by: number, ours: number) => {
    const { now, before } = beyond.get(instrument) ?? { now: 0, before: 0 };
    beyond.set(instrument, { now: now + by, before: ours === 0 ? now + by : before });
  };
  const ended = (venue: VenueId, order: SimOrder) => {
    const one = standing.get(`${venue}/${order.id}`);
    if (one === undefined) return;
    standing.delete(`${venue}/${order.id}`);
    tell({ type: "ended", standing: one });
  };
  for (const account of subject.accounts)
    exchangeAt(account).listen((fact) => {
      if ("account" in fact && fact.account === account.name) hear(account.venue, fact);
    });

  return {
    sent: (command) => void commands.set(command.clientId, command),
    commands,
    standing,
    fills,
    held: (instrument) => lots(held.get(instrument) ?? 0),
    base: (id) => {
      const instrument = known.get(id);
      return instrument === undefined ? 0 : sizeToBig(instrument, lots(held.get(id) ?? 0)).toNumber();
    },
    writeOff: () => {
      for (const [instrument, { now, before }] of beyond) {
        const ours = held.get(instrument) ?? 0;
        const side = Math.sign(ours);
        // As core's `createParts` has it, which the bot counts by; a proof works it out by itself. What the user held against
        // us before does not count; what he held on our side goes before ours does.
        const gone = Math.min(Math.abs(ours), Math.max(0, Math.min(0, before * side) - now * side)) * side;
        if (gone === 0) continue;
        held.set(instrument, ours - gone);
        beside(instrument, gone, ours - gone);
      }
    },
    listen: (listener) => void listeners.push(listener),
  };
}
