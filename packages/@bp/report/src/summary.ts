// The summary of a run that programs read.
import { bigToDecimal, type Decimal } from "@bp/core";
import type { Figures } from "./figures.ts";
import { volumeSums } from "./sums.ts";

/** What a run came to, in one flat object. Money and sizes as decimal text, counts as numbers. The names do not change. */
export interface Summary {
  readonly run: string;
  /** `null` where nothing was drawn from a seed. */
  readonly seed: number | null;
  readonly seconds: number;
  readonly ordersPlaced: number;
  readonly ordersCancelled: number;
  readonly ordersRejected: number;
  readonly fills: number;
  readonly volumeQuote: Decimal;
  readonly feesQuote: Decimal;
  /** realized + unrealized at the mark, before fees. */
  readonly grossQuote: Decimal;
  /** gross − fees + funding. */
  readonly netQuote: Decimal;
  /** Ours that the venue still has, as far as we know; those in doubt are in `unknownOrders`. */
  readonly openOrdersAtExit: number;
  /** Signed base that is held. Of several markets: by instrument. */
  readonly positionAtExit: Decimal | Readonly<Record<string, Decimal>>;
  readonly unknownOrders: number;
  /** sha256 of every command, in order. */
  readonly commandsDigest: string;
  readonly quote: string;
  readonly ordersExpired: number;
  readonly ordersFilled: number;
  readonly realizedQuote: Decimal;
  readonly unrealizedQuote: Decimal;
  readonly fundingQuote: Decimal;
  /** Percent, of `equityChangeQuote`; `null` without volume. */
  readonly wearPercent: string | null;
  /** Share of the quote volume, 0 to 1; `null` without volume. */
  readonly makerShare: string | null;
  /** What the accounts have gained: net, and what coins that fees have taken have since become worth less (or more). */
  readonly equityChangeQuote: Decimal;
}

/** Writes the summary of one run. */
export function summaryOf(input: {
  readonly figures: Figures;
  readonly run: string;
  readonly seed: number | undefined;
  readonly commandsDigest: string;
}): Summary {
  const { figures, run, seed, commandsDigest } = input;
  const { orders, session, instruments, causes, ratios } = figures;
  const { profit, sums } = session;
  const [only, second] = instruments;
  const positions = Object.fromEntries(instruments.map((each) => [each.instrument.id, bigToDecimal(each.held)]));
  return {
    run,
    seed: seed ?? null,
    seconds: figures.seconds,
    ordersPlaced: orders.placed,
    ordersCancelled: orders.cancelled,
    ordersRejected: orders.rejected,
    fills: sums.fills,
    volumeQuote: bigToDecimal(volumeSums(sums.volumes).all.quote),
    feesQuote: bigToDecimal(profit.fees),
    grossQuote: bigToDecimal(profit.gross),
    netQuote: bigToDecimal(profit.net),
    openOrdersAtExit: orders.live.placing + orders.live.open + orders.live.cancelling,
    positionAtExit: only !== undefined && second === undefined ? bigToDecimal(only.held) : positions,
    unknownOrders: orders.live.unknown,
    commandsDigest,
    quote: figures.quote,
    ordersExpired: orders.expired,
    ordersFilled: orders.filled,
    realizedQuote: bigToDecimal(profit.realized),
    unrealizedQuote: bigToDecimal(profit.unrealized),
    fundingQuote: bigToDecimal(profit.funding),
    wearPercent: ratios.wear?.round(6).toFixed() ?? null,
    makerShare: ratios.makerShare?.round(6).toFixed() ?? null,
    equityChangeQuote: bigToDecimal(causes.equityChange),
  };
}
