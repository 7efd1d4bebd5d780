// What the exchange itself says about an account, to hold ours against: added up as it happens, for its own memory has an end.
import { Big, feeInQuote, type InstrumentId, notionalOf, sizeToBig } from "@bp/core";
import type { Exchange, SimFill } from "@bp/sim";
import type { Ledger } from "./stage.ts";

interface Sums {
  fills: number;
  volume: Big;
  fees: Big;
  position: Big;
}

/** The exchange's figures of an account in one market. */
export type Ledgers = (account: string, id: InstrumentId) => Ledger;

const zero = new Big(0);

/** Begins to add up what an exchange tells of its accounts' fills. Call it before the first one. */
export function createLedgers(exchange: Exchange): Ledgers {
  const markets = new Map(exchange.instruments.map((each) => [each.id, each]));
  const accounts = new Map<string, Sums>();
  const sumsOf = (account: string, id: InstrumentId): Sums => {
    const key = `${account} ${id}`;
    let sums = accounts.get(key);
    if (sums === undefined) {
      sums = { fills: 0, volume: zero, fees: zero, position: zero };
      accounts.set(key, sums);
    }
    return sums;
  };
  const count = (fill: SimFill) => {
    const { account, instrument: id, side, price, size, fee, feeAsset } = fill;
    const sums = sumsOf(account, id);
    sums.fills += 1;
    const instrument = markets.get(id);
    if (instrument === undefined) return;
    sums.volume = sums.volume.plus(notionalOf(instrument, price, size));
    sums.fees = sums.fees.plus(feeInQuote(instrument, fill));
    sums.position = sums.position.plus(sizeToBig(instrument, size).times(side === "buy" ? 1 : -1));
    if (feeAsset === instrument.base) sums.position = sums.position.minus(fee); // what was bought less what was kept of it
  };
  exchange.listen((fact) => {
    if (fact.type === "order-filled") count(fact.fill);
  });
  return (account, id) => {
    const { fills, volume, fees, position } = sumsOf(account, id);
    return {
      position: position.toFixed(),
      fills,
      volumeQuote: volume.toFixed(),
      feesQuote: fees.toFixed(),
      openOrders: exchange.openOrders(account, id).length,
    };
  };
}
