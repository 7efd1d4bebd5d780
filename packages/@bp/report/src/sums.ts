// Everything about fills that adds up, and adding it up.
import { Big, type Side } from "@bp/core";

/** Traded amounts of one kind. */
export interface Volume {
  readonly base: Big;
  readonly quote: Big;
}

/** Traded amounts by who rested and by side. */
export interface Volumes {
  readonly makerBuy: Volume;
  readonly makerSell: Volume;
  readonly takerBuy: Volume;
  readonly takerSell: Volume;
}

/** Sums of one instrument or of all, over one run or several. Money in quote. */
export interface Sums {
  readonly fills: number;
  readonly volumes: Volumes;
  /** Profit taken, first in first out, before fees. */
  readonly realized: Big;
  /** Paid; negative when rebates are more. Fees in base count at the price of their fill. */
  readonly fees: Big;
  /** Fees as they were charged. */
  readonly feesByAsset: ReadonlyMap<string, Big>;
  /** Received; negative when more was paid. */
  readonly funding: Big;
}

const zero = new Big(0);
const none: Volume = { base: zero, quote: zero };

/** Nothing traded yet. */
export const noSums: Sums = {
  fills: 0,
  volumes: { makerBuy: none, makerSell: none, takerBuy: none, takerSell: none },
  realized: zero,
  fees: zero,
  feesByAsset: new Map(),
  funding: zero,
};

/** The volume that a trade belongs to. */
export function volumeKey(liquidity: "maker" | "taker", side: Side): keyof Volumes {
  if (liquidity === "maker") return side === "buy" ? "makerBuy" : "makerSell";
  return side === "buy" ? "takerBuy" : "takerSell";
}

/** Adds two sums. */
export function plusSums(a: Sums, b: Sums): Sums {
  return {
    fills: a.fills + b.fills,
    volumes: {
      makerBuy: plusVolume(a.volumes.makerBuy, b.volumes.makerBuy),
      makerSell: plusVolume(a.volumes.makerSell, b.volumes.makerSell),
      takerBuy: plusVolume(a.volumes.takerBuy, b.volumes.takerBuy),
      takerSell: plusVolume(a.volumes.takerSell, b.volumes.takerSell),
    },
    realized: a.realized.plus(b.realized),
    fees: a.fees.plus(b.fees),
    feesByAsset: plusMaps(a.feesByAsset, b.feesByAsset),
    funding: a.funding.plus(b.funding),
  };
}

/** The same sums in another quote. Base amounts stay. */
export function inQuote(sums: Sums, rate: Big): Sums {
  if (rate.eq(1)) return sums;
  const turned = ({ base, quote }: Volume): Volume => ({ base, quote: quote.times(rate) });
  const { makerBuy, makerSell, takerBuy, takerSell } = sums.volumes;
  return {
    ...sums,
    volumes: {
      makerBuy: turned(makerBuy),
      makerSell: turned(makerSell),
      takerBuy: turned(takerBuy),
      takerSell: turned(takerSell),
    },
    realized: sums.realized.times(rate),
    fees: sums.fees.times(rate),
    funding: sums.funding.times(rate),
  };
}

/** Traded in all, and what of it was bought, sold, rested for. */
export function volumeSums({ makerBuy, makerSell, takerBuy, takerSell }: Volumes): {
  readonly all: Volume;
  readonly bought: Volume;
  readonly sold: Volume;
  readonly maker: Volume;
} {
  const bought = plusVolume(makerBuy, takerBuy);
  const sold = plusVolume(makerSell, takerSell);
  return { all: plusVolume(bought, sold), bought, sold, maker: plusVolume(makerBuy, makerSell) };
}

function plusVolume(a: Volume, b: Volume): Volume {
  return { base: a.base.plus(b.base), quote: a.quote.plus(b.quote) };
}

function plusMaps(a: ReadonlyMap<string, Big>, b: ReadonlyMap<string, Big>): ReadonlyMap<string, Big> {
  if (b.size === 0) return a;
  const sum = new Map(a);
  for (const [asset, amount] of b) sum.set(asset, (sum.get(asset) ?? zero).plus(amount));
  return sum;
}
