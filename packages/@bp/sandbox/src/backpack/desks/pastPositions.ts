// Positions from their opening to their end, with what the exchange forgets once they are closed.
import { type InstrumentId, type Millis, notionalOf } from "@bp/core";
import type { SimFact, SimPosition } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { PositionBook } from "../positions.ts";

export interface PastPosition {
  readonly id: number;
  readonly account: string;
  readonly instrument: InstrumentId;
  readonly openedAt: Millis;
  closedAt: Millis | undefined;
  /** As it was told last. */
  last: SimPosition;
  /** Since it was opened. */
  realized: Big;
  funding: Big;
  /** Quote per base, of the last time that it was not flat. */
  entry: Big;
  fees: Big;
  /** Quote, of what was closed. */
  closedVolume: Big;
  liquidated: Big;
  liquidationFees: Big;
  closingPrice: Big | undefined;
}

export interface PastPositions {
  hear(fact: SimFact): void;
  /** Oldest first, open ones too. */
  of(account: string): readonly PastPosition[];
}

const kept = 10_000;

/** @param book - has heard each fact before */
export function createPastPositions(
  house: Pick<House, "marketOf" | "isSystem" | "exchange">,
  book: PositionBook,
): PastPositions {
  const all: PastPosition[] = [];
  const open = new Map<string, PastPosition>();
  /** Fills of this operation: the position they changed is told after them. */
  const fresh = new Map<string, { fees: Big; closed: Big; liquidated: Big; penalty: Big; price: Big }>();
  const zero = new Big(0);
  return {
    hear: (fact) => {
      if (fact.type === "order-filled") {
        const market = house.marketOf(fact.fill.instrument);
        if (market.kind !== "perp") return;
        const key = `${fact.account} ${market.id}`;
        const seen = fresh.get(key) ?? { fees: zero, closed: zero, liquidated: zero, penalty: zero, price: zero };
        const { fee, price, size, side } = fact.fill;
        const held = open.get(key)?.last.size ?? 0;
        const closing = side === "buy" ? held < 0 : held > 0;
        const volume = notionalOf(market, price, size);
        const system = house.isSystem(fact.order.id);
        const { taker } = house.exchange.terms(fact.account, market.id);
        const penalty = system ? volume.times(taker).times(-1).plus(fee) : zero;
        fresh.set(key, {
          fees: seen.fees.plus(fee),
          closed: closing ? seen.closed.plus(volume) : seen.closed,
          liquidated: system ? seen.liquidated.plus(volume) : seen.liquidated,
          penalty: seen.penalty.plus(penalty),
          price: new Big(price).times(market.tickSize),
        });
        return;
      }
      if (fact.type !== "position") return;
      const { account, position, change, at } = fact;
      const market = house.marketOf(position.instrument);
      const key = `${account} ${market.id}`;
      const seen = fresh.get(key);
      fresh.delete(key);
      let found = open.get(key);
      if (found === undefined) {
        found = {
          id: book.idOf(account, market.id),
          account,
          instrument: market.id,
          openedAt: at,
          closedAt: undefined,
          last: position,
          realized: zero,
          funding: zero,
          entry: zero,
          fees: zero,
          closedVolume: zero,
          liquidated: zero,
          liquidationFees: zero,
          closingPrice: undefined,
        };
        open.set(key, found);
        all.push(found);
        if (all.length > kept) all.shift();
      }
      found.last = position;
      Object.assign(found, book.earned(account, position));
      if (position.size !== 0) found.entry = new Big(position.cost).div(position.size).div(market.lotSize);
      if (seen !== undefined) {
        found.fees = found.fees.plus(seen.fees);
        found.closedVolume = found.closedVolume.plus(seen.closed);
        found.liquidated = found.liquidated.plus(seen.liquidated);
        found.liquidationFees = found.liquidationFees.plus(seen.penalty);
      }
      if (change !== "closed") return;
      found.closedAt = at;
      found.closingPrice = seen?.price;
      open.delete(key);
    },
    of: (account) => all.filter((each) => each.account === account),
  };
}
