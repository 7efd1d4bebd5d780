// What a strategy must earn or lose by its own figures: fees, break-even, and the cost of 10,000 of volume.
import { Big, type Instrument, type InstrumentId } from "@bp/core";
import { breakEvenPct, gridParams, hedgeParams, ladderParams, makerParams, movePct } from "@bp/strategies";
import type { StrategyConfig } from "../config/botConfig.ts";

/** One round trip and what it costs. Percent of the price or quote, as decimal text. */
export interface Estimate {
  readonly strategy: string;
  /** Percent that the price has to move for a round trip to be worth nothing, by who takes. */
  readonly breakEven: { readonly makerMaker: string; readonly makerTaker: string; readonly takerTaker: string };
  /** Percent that one round trip is planned to earn before fees; `undefined`: it has no such plan. */
  readonly edgePct: string | undefined;
  /** Percent that its fees are. */
  readonly feesPct: string;
  /** Quote that 10,000 of volume are expected to cost if all goes as planned; below 0 is earned. */
  readonly costPer10k: string;
  /** In words: what this expects. */
  readonly assumes: string;
  /** It loses by its own figures. */
  readonly loses: boolean;
}

/** How a strategy trades: legs of a round trip that rest and that take, and what it plans to earn. */
interface Turn {
  readonly makes: number;
  readonly takes: number;
  /** Percent of one leg's notional. */
  readonly edgePct: Big | undefined;
  /** Whether that is what is left after fees. */
  readonly afterFees?: boolean;
  readonly assumes: string;
}

/**
 * The estimate of one strategy.
 *
 * Break-even of a purchase at fee a and a sale at fee b, both of notional: (1 + a) / (1 − b) − 1.
 *
 * @param strategy - with every value of its schema
 * @param markets - the instruments that it trades, the one that rests first
 * @param prices - quote per base by instrument
 */
export function estimateOf(
  strategy: StrategyConfig,
  markets: readonly Instrument[],
  prices: ReadonlyMap<InstrumentId, Big>,
): Estimate | undefined {
  const [lead] = markets;
  const other = markets[1] ?? lead;
  if (lead === undefined || other === undefined) return undefined;
  const turn = turnOf(strategy, lead, prices.get(lead.id));
  if (turn === undefined) return undefined;
  const { makes, takes, assumes } = turn;
  const [maker, taker] = [new Big(lead.fees.maker), new Big(other.fees.taker)];
  const legs = makes + takes;
  const fees = maker.times(makes).plus(taker.times(takes)).times(100);
  const edgePct = turn.afterFees === true ? turn.edgePct?.plus(fees) : turn.edgePct;
  const net = (edgePct ?? new Big(0)).minus(fees);
  const breakEven = (buy: Big, sell: Big) => text(breakEvenPct(buy, sell));
  return {
    strategy: strategy.name,
    breakEven: {
      makerMaker: breakEven(maker, maker),
      makerTaker: breakEven(maker, taker),
      takerTaker: breakEven(taker, taker),
    },
    edgePct: edgePct === undefined ? undefined : text(edgePct),
    feesPct: text(fees),
    costPer10k: net.times(-100).div(legs).round(4).toFixed(),
    assumes,
    loses: net.lt(0),
  };
}

function turnOf({ use, params }: StrategyConfig, lead: Instrument, price: Big | undefined): Turn | undefined {
  switch (use) {
    case "single":
      return {
        makes: 1,
        takes: 1,
        edgePct: undefined,
        assumes: "bought at the bid as maker, sold at the bid as taker; no profit is planned",
      };
    case "dual-hedge": {
      const tick = price === undefined || price.eq(0) ? new Big(0) : new Big(lead.tickSize).div(price).times(200);
      return {
        makes: 4,
        takes: 0,
        edgePct: tick,
        assumes: "all four orders fill as maker, one tick apart: the best case",
      };
    }
    case "ladder": {
      const { tpMode, takeProfitPct } = ladderParams.parse(params);
      const afterFees = tpMode === "net";
      return {
        makes: 1,
        takes: 1,
        edgePct: new Big(takeProfitPct),
        afterFees,
        assumes: `rungs fill as maker, the sale takes; the profit is ${afterFees ? "what is left after" : "before"} fees`,
      };
    }
    case "maker":
      return {
        makes: 2,
        takes: 0,
        edgePct: new Big(makerParams.parse(params).spreadPct),
        assumes: "both sides fill as maker at the full spread",
      };
    case "grid":
      return {
        makes: 2,
        takes: 0,
        edgePct: movePct(gridParams.parse(params), price),
        assumes: "cells are bought and sold as maker",
      };
    case "hedge": {
      const { xemm, minEdgePct } = hedgeParams.parse(params);
      const legs = "two legs rest, two hedges take";
      if (xemm.enabled)
        return {
          makes: 2,
          takes: 2,
          edgePct: new Big(xemm.marginPct).times(2),
          afterFees: true,
          assumes: `${legs}; each leg earns its margin after fees`,
        };
      if (minEdgePct !== undefined)
        return {
          makes: 2,
          takes: 2,
          edgePct: new Big(minEdgePct),
          assumes: `${legs}; the first leg earns the least edge, the second one nothing`,
        };
      return {
        makes: 2,
        takes: 2,
        edgePct: undefined,
        assumes: `${legs}; the offset is not counted, since the market moves to it`,
      };
    }
    default:
      return undefined;
  }
}

const text = (value: Big): string => value.round(6).toFixed();
