// When funding is paid next, and what the present position would pay or get.
import type { MarketNow, Moment, Text } from "../../contract/index.ts";
import { minus, times } from "../decimal.ts";

/** A market, with how far its stamps are apart (ms) where the bot says so: without it no rate is one of a day. */
export type FundedMarket = MarketNow & { readonly fundingIntervalMs?: number };

/** The next stamp of a perpetual. */
export interface FundingStamp {
  readonly market: string;
  /** Fraction of notional; positive: longs pay. Left out: not known. */
  readonly rate?: number;
  readonly at?: Moment;
  /** ms until then; 0 where the stamp has passed and the next is not told yet. */
  readonly leftMs?: number;
  /** Quote, positive: we get it. Left out where position, rate or mark is not known. */
  readonly gets?: Text;
  readonly quote: string;
  /** Fraction of notional in a day and in 365 days. */
  readonly perDay?: number;
  readonly perYear?: number;
}

const dayMs = 86_400_000;

/** The stamps of all perpetuals, the next one first, those that are not known last. */
export function fundingStamps(markets: readonly FundedMarket[], now: Moment): readonly FundingStamp[] {
  const stamps = markets.filter(({ kind }) => kind === "perp").map((market) => stampOf(market, now));
  const when = ({ at }: FundingStamp) => at ?? Number.MAX_SAFE_INTEGER;
  return stamps.toSorted((a, b) => when(a) - when(b));
}

function stampOf(market: FundedMarket, now: Moment): FundingStamp {
  const { id, quote, fundingRate: rate, fundingAt: at, fundingIntervalMs, position, mark } = market;
  // A rate came as a number: twelve digits are more than a venue says.
  const gets = rate === undefined ? undefined : minus("0", times(times(position?.size, mark), rate.toFixed(12)));
  const perDay =
    rate === undefined || fundingIntervalMs === undefined || fundingIntervalMs <= 0
      ? undefined
      : (rate * dayMs) / fundingIntervalMs;
  return {
    market: id,
    quote,
    ...(rate === undefined ? {} : { rate }),
    ...(at === undefined ? {} : { at, leftMs: Math.max(0, at - now) }),
    ...(gets === undefined ? {} : { gets }),
    ...(perDay === undefined ? {} : { perDay, perYear: perDay * 365 }),
  };
}
