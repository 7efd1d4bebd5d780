// Why the money of an account changed: what `income` and `transactionHistory` list.
import type { InstrumentId, Millis } from "@bp/core";
import type { SimFact } from "@bp/sim";
import { Big } from "big.js";

/** One change of a wallet. */
export interface Entry {
  readonly account: string;
  readonly type: string;
  /** Signed, exact. */
  readonly amount: string;
  readonly asset: string;
  readonly instrument: InstrumentId | undefined;
  readonly tradeId: number | undefined;
  readonly info: string;
  readonly at: Millis;
  readonly id: number;
}

export interface Journal {
  hear(fact: SimFact): void;
  add(entry: Omit<Entry, "id">): Entry;
  /** Oldest first. */
  list(account: string): readonly Entry[];
}

const kept = 20_000;

/**
 * @param kind - futures book profit, fees and funding; spot books the two sides of a trade and its fee
 * @param assetsOf - base and quote of a market
 * @param notionalOf - price × size in quote
 */
export function createJournal(
  kind: "futures" | "spot",
  assetsOf: (id: InstrumentId) => { readonly base: string; readonly quote: string },
  amountsOf: (fill: Extract<SimFact, { type: "order-filled" }>["fill"]) => { readonly base: Big; readonly quote: Big },
): Journal {
  const byAccount = new Map<string, Entry[]>();
  let numbers = 9_689_322_000;
  const add = (entry: Omit<Entry, "id">): Entry => {
    const whole = { ...entry, id: numbers++ };
    const list = byAccount.get(entry.account) ?? [];
    byAccount.set(entry.account, list);
    list.push(whole);
    if (list.length > kept * 1.2) list.splice(0, list.length - kept);
    return whole;
  };
  return {
    add,
    list: (account) => byAccount.get(account) ?? [],
    hear: (fact) => {
      if (fact.type === "funding") {
        const { account, instrument, amount, at } = fact;
        const { quote } = assetsOf(instrument);
        add({
          account,
          type: "FUNDING_FEE",
          amount,
          asset: quote,
          instrument,
          tradeId: undefined,
          info: "FUNDING_FEE",
          at,
        });
        return;
      }
      if (fact.type !== "order-filled") return;
      const { account, fill, at } = fact;
      const { instrument, tradeId } = fill;
      const { base, quote } = assetsOf(instrument);
      const book = (type: string, amount: Big, asset: string) => {
        if (!amount.eq(0))
          add({ account, type, amount: amount.toFixed(), asset, instrument, tradeId, info: String(tradeId), at });
      };
      if (kind === "futures") {
        book("REALIZED_PNL", new Big(fill.realized ?? "0"), quote);
        book("COMMISSION", new Big(fill.fee).times(-1), fill.feeAsset);
        return;
      }
      const amounts = amountsOf(fill);
      const sign = fill.side === "buy" ? 1 : -1;
      book(sign > 0 ? "TRADE_TARGET" : "TRADE_SOURCE", amounts.base.times(sign), base);
      book(sign > 0 ? "TRADE_SOURCE" : "TRADE_TARGET", amounts.quote.times(-sign), quote);
      book("TRADE_FEE", new Big(fill.fee).times(-1), fill.feeAsset);
    },
  };
}
