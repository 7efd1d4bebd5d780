// What a spot trade brought in is lent, or repays what is owed, right after it where the order or the account wishes so.
import { notionalOf, sizeToBig } from "@bp/core";
import type { SimFact } from "@bp/sim";
import type { House } from "../../house.ts";
import type { Member } from "../accounts.ts";
import type { NoteBook } from "../notes.ts";
import type { LendingDesk } from "./lending.ts";
import type { SpotMargin } from "./spotMargin.ts";

interface Desks extends Pick<House, "exchange" | "agenda" | "marketOf"> {
  readonly members: readonly Member[];
  readonly lending: LendingDesk;
  readonly spotMargin: SpotMargin;
  readonly notes: NoteBook;
}

/** Hears of fills; acts when the exchange has told all of what happened. */
export function createProceeds(house: Desks): (fact: SimFact) => void {
  const { exchange, agenda, lending, spotMargin, notes } = house;
  const byName = new Map(house.members.map((member) => [member.name, member]));
  return (fact) => {
    if (fact.type !== "order-filled") return;
    const member = byName.get(fact.account);
    const market = house.marketOf(fact.fill.instrument);
    if (member === undefined || market.kind !== "spot") return;
    const { auto } = notes.of(fact.order.id);
    const { settings } = member;
    const asset = fact.fill.side === "buy" ? market.base : market.quote;
    const wishes = auto?.lend === true || settings.autoLend;
    const owes = (auto?.repay === true || settings.autoRepayBorrows) && lending.net(fact.account, asset).lt(0);
    if (!wishes && !owes) return;
    const { side, size, price, fee, orderId } = fact.fill;
    const gross = side === "buy" ? sizeToBig(market, size) : notionalOf(market, price, size);
    agenda.at(exchange.now(), () => spotMargin.settle(member, asset, gross.minus(fee), auto, orderId));
  };
}
