// What the exchange itself has written down about an account, to hold ours against.
import { Big, type InstrumentId, notionalOf, priceToBig, sizeToBig } from "@bp/core";
import type { Exchange } from "@bp/sim";
import type { Ledger } from "./stage.ts";

/** The exchange's figures of one account in one market. */
export function ledgerOf(exchange: Exchange, account: string, id: InstrumentId): Ledger {
  const instrument = exchange.instruments.find((each) => each.id === id);
  const fills = exchange.fills(account, id);
  let volume = new Big(0);
  let fees = new Big(0);
  let position = new Big(0);
  for (const fill of fills) {
    if (instrument === undefined) break;
    const notional = notionalOf(instrument, fill.price, fill.size);
    volume = volume.plus(notional);
    fees = fees.plus(
      fill.feeAsset === instrument.quote ? fill.fee : priceToBig(instrument, fill.price).times(fill.fee),
    );
    position = position.plus(sizeToBig(instrument, fill.size).times(fill.side === "buy" ? 1 : -1));
    if (fill.feeAsset === instrument.base) position = position.minus(fill.fee); // what was bought less what was kept of it
  }
  return {
    position: position.toFixed(),
    fills: fills.length,
    volumeQuote: volume.toFixed(),
    feesQuote: fees.toFixed(),
    openOrders: exchange.openOrders(account, id).length,
  };
}
