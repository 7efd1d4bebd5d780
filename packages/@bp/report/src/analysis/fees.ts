// Fees and rebates of one market, to the last digit.
import { Big, type Fill, type Instrument } from "@bp/core";
import { DecimalSum } from "./exact.ts";

/** What fees have come to, in the market's quote unless it says otherwise. */
export interface FeeTotals {
  /** Paid, without what was paid in base; 0 or positive. */
  readonly paid: Big;
  /** Received, without what was received in base; 0 or positive. */
  readonly rebates: Big;
  /** Paid and received in base, each at the price of its fill. */
  readonly basePaid: Big;
  readonly baseRebates: Big;
  /** Net base that fees have taken. */
  readonly base: Big;
  /** Assets without a rate that something other than 0 was charged in. */
  readonly unconverted: readonly string[];
}

/** Adds up the fees of a market. */
export interface Fees {
  /** @returns its fee in the market's quote, as near as a double is; 0 where there is no rate */
  add(fill: Fill): number;
  totals(): FeeTotals;
  /** Prices are in other ticks from now on. */
  regrid(): void;
}

interface Charged {
  readonly asset: string;
  /** As text of the market's quote: one unit of the asset; `undefined` where nobody has said. */
  readonly rate: Big | undefined;
  readonly rateNumber: number;
  readonly inBase: boolean;
  readonly paid: DecimalSum;
  readonly rebates: DecimalSum;
  /** Of base, times the price in ticks. */
  paidInTicks: DecimalSum;
  rebatesInTicks: DecimalSum;
}

const zero = new Big(0);

/** @param rateOf - what one unit of an asset is worth in the market's quote; @param market - as it is now */
export function createFees(market: () => Instrument, rateOf: (asset: string) => Big | undefined): Fees {
  const assets = new Map<string, Charged>();
  let last: Charged | undefined;
  let bankedPaid = zero; // of base, in quote, from before the tick was another one
  let bankedRebates = zero;
  const chargedIn = (asset: string): Charged => {
    if (last?.asset === asset) return last;
    let found = assets.get(asset);
    if (found === undefined) {
      const rate = rateOf(asset);
      found = {
        asset,
        rate,
        rateNumber: rate?.toNumber() ?? 0,
        inBase: asset === market().base && asset !== market().quote,
        paid: new DecimalSum(),
        rebates: new DecimalSum(),
        paidInTicks: new DecimalSum(),
        rebatesInTicks: new DecimalSum(),
      };
      assets.set(asset, found);
    }
    last = found;
    return found;
  };
  const inQuote = (pick: (charged: Charged) => DecimalSum): Big => {
    let total = zero;
    for (const charged of assets.values())
      if (charged.inBase) total = total.plus(pick(charged).total().times(market().tickSize));
    return total;
  };
  const sumOf = (pick: (charged: Charged) => DecimalSum): Big => {
    let total = zero;
    for (const charged of assets.values())
      if (!charged.inBase && charged.rate !== undefined) total = total.plus(pick(charged).total().times(charged.rate));
    return total;
  };
  return {
    add: (fill) => {
      const charged = chargedIn(fill.feeAsset);
      const received = fill.fee.charCodeAt(0) === 45; // a minus
      const amount = (received ? charged.rebates : charged.paid).add(fill.fee);
      if (!charged.inBase) return amount * charged.rateNumber;
      (received ? charged.rebatesInTicks : charged.paidInTicks).add(fill.fee, fill.price);
      return amount * fill.price * Number(market().tickSize);
    },
    regrid: () => {
      bankedPaid = bankedPaid.plus(inQuote((each) => each.paidInTicks));
      bankedRebates = bankedRebates.plus(inQuote((each) => each.rebatesInTicks));
      for (const each of assets.values()) {
        each.paidInTicks = new DecimalSum();
        each.rebatesInTicks = new DecimalSum();
      }
    },
    totals: () => {
      const base = assets.get(market().base);
      return {
        paid: sumOf((each) => each.paid),
        rebates: sumOf((each) => each.rebates).neg(),
        basePaid: bankedPaid.plus(inQuote((each) => each.paidInTicks)),
        baseRebates: bankedRebates.plus(inQuote((each) => each.rebatesInTicks)).neg(),
        base: base?.inBase === true ? base.paid.total().plus(base.rebates.total()) : zero,
        unconverted: [...assets.values()]
          .filter(({ rate, paid, rebates }) => rate === undefined && !(paid.total().eq(0) && rebates.total().eq(0)))
          .map(({ asset }) => asset),
      };
    },
  };
}
