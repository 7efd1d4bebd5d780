// The parts of a perpetual's position: what our own trades made, what the venue has, and what another hand took out of ours.
import { type Lots, lots, type Millis } from "./units.ts";

/** A trade as far as sizes go. */
export interface PartTrade {
  /** Tells it apart from all others of the account. */
  readonly key: string;
  /** Positive: bought. */
  readonly signed: number;
  /** Ticks. */
  readonly price: number;
  readonly venueAt: Millis;
}

/** One perpetual of one account. Sizes are signed, in lots. The engine and the report fold it from the same facts. */
export interface Parts {
  /** Of all of ours together, by our trades. */
  own: number;
  /** The venue's word, and on top of it the trades since; `undefined` before the venue has told. */
  readonly venue: number | undefined;
  /** What the account holds beyond ours; `undefined` before the venue has told. */
  readonly external: Lots | undefined;
  /** A trade of the account that was not counted before; ours is added to `own` by whoever counts it. */
  traded(trade: PartTrade, whose: "ours" | "another"): void;
  /** The venue's word, up to `asOf`. `inside` knows the trades that it contains, whatever their time. */
  told(size: number, asOf: Millis, inside: Pick<ReadonlySet<string>, "has">): void;
  /** From now on what the account holds beyond ours counts as the user's own. Only while nothing of ours is held. */
  concede(): void;
  /** From now on what the account holds beyond ours is ours. Only while nothing of ours is held. */
  adopt(): void;
  /**
   * How much of ours is gone by the venue's word: a liquidation, another hand. What the user held against us before does not
   * count; what the user held on our side goes before ours does. From 0 to the size of our position.
   */
  gone(): number;
  /** Average price in ticks of the trades that took it, rounded; `undefined` where no trade has told. */
  gonePrice(): number | undefined;
  /** The dates of a venue mean nothing any more: everything known so far is inside its next word, and was inside its last. */
  redate(): void;
}

/** How many trades are kept with their time, to lay the newer ones over the venue's word. */
const remembered = 2_000;

/** Nothing held, nothing told. */
export function createParts(): Parts {
  let venue: { size: number; asOf: Millis } | undefined;
  let before: number | undefined;
  let recent: PartTrade[] = [];
  let others = { size: 0, worth: 0 };
  /** Beyond ours by the venue's last word and what others have traded since, whenever they say it was. */
  let theirs = 0;

  const beyond = (): Lots | undefined => (venue === undefined ? undefined : lots(venue.size - parts.own));
  const gone = (): number => {
    const external = beyond();
    if (parts.own === 0 || external === undefined || before === undefined) return 0;
    const side = Math.sign(parts.own);
    const against = Math.min(0, before * side);
    return Math.min(Math.abs(parts.own), Math.max(0, against - external * side));
  };
  const parts: Parts = {
    own: 0,
    get venue() {
      return venue?.size;
    },
    get external() {
      return beyond();
    },
    traded: (trade, whose) => {
      const { signed, price, venueAt } = trade;
      if (whose === "another" && Math.sign(signed) === -Math.sign(parts.own)) {
        if (gone() === 0) others = { size: 0, worth: 0 };
        others = { size: others.size + Math.abs(signed), worth: others.worth + Math.abs(signed) * price };
      }
      if (whose === "another") theirs += signed;
      recent.push(trade);
      if (recent.length > remembered) recent.splice(0, remembered / 2);
      // Not among the trades of the venue's last word, else it were known: older ones are inside its figures all the same.
      if (venue !== undefined && venueAt >= venue.asOf) venue.size += signed;
    },
    told: (size, asOf, inside) => {
      let whole = size;
      for (const each of recent) if (each.venueAt >= asOf && !inside.has(each.key)) whole += each.signed;
      venue = { size: whole, asOf };
      theirs = whole - parts.own;
      before ??= theirs;
    },
    concede: () => {
      if (parts.own === 0) before = beyond();
    },
    adopt: () => {
      if (parts.own !== 0) return;
      parts.own = beyond() ?? 0;
      before = beyond();
    },
    gone,
    gonePrice: () => (others.size === 0 ? undefined : Math.round(others.worth / others.size)),
    redate: () => {
      recent = [];
      if (venue !== undefined) venue = { size: parts.own + theirs, asOf: 0 as Millis }; // older than any date
    },
  };
  return parts;
}
