// Every payment in the settlement currency that a perpetual caused, one line each.
import type { InstrumentId, Millis } from "@bp/core";
import type { SimFact } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { PositionBook } from "../positions.ts";

export type SettlementSource = "TradingFees" | "TradingFeesSystem" | "FundingPayment" | "RealizePnl";

export interface Settlement {
  readonly account: string;
  readonly instrument: InstrumentId;
  readonly source: SettlementSource;
  /** + received, − paid. */
  readonly quantity: Big;
  readonly positionId: string;
  readonly sequence: number;
  readonly at: Millis;
}

export interface SettlementBook {
  hear(fact: SimFact): void;
  /** Oldest first. */
  of(account: string): readonly Settlement[];
}

const kept = 10_000; // an account

/** @param positions - says which position a market's payments belong to */
export function createSettlementBook(
  house: Pick<House, "marketOf" | "isSystem">,
  positions: PositionBook,
): SettlementBook {
  const books = new Map<string, Settlement[]>();
  let sequence = 4_330_360_995;
  const add = (account: string, instrument: InstrumentId, source: SettlementSource, quantity: Big, at: Millis) => {
    if (quantity.eq(0)) return;
    const book = books.get(account) ?? [];
    books.set(account, book);
    const positionId = String(positions.idOf(account, instrument));
    book.push({ account, instrument, source, quantity, positionId, sequence: sequence++, at });
    if (book.length > kept) book.shift();
  };
  return {
    hear: (fact) => {
      if (fact.type === "funding") add(fact.account, fact.instrument, "FundingPayment", new Big(fact.amount), fact.at);
      if (fact.type !== "order-filled" || house.marketOf(fact.fill.instrument).kind !== "perp") return;
      const { fee, realized, instrument } = fact.fill;
      const fees = house.isSystem(fact.order.id) ? "TradingFeesSystem" : "TradingFees";
      add(fact.account, instrument, fees, new Big(fee).times(-1), fact.at);
      add(fact.account, instrument, "RealizePnl", new Big(realized ?? "0"), fact.at);
    },
    of: (account) => books.get(account) ?? [],
  };
}
