// What a strategy must earn or lose by its own figures: fees, break-even, and the cost of 10,000 of volume.
import { Big, type Instrument, type InstrumentId } from "@bp/core";
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
interface Habit {
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
 * Break-even of a purchase at fee a and a sale at fee b, both of notional: (1 + a) / (1 − b) − 1 (spec, 1.1.2 and 1.4.3).
 *
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
  const habit = habitOf(strategy, lead, prices.get(lead.id));
  if (habit === undefined) return undefined;
  const { makes, takes, assumes } = habit;
  const [maker, taker] = [new Big(lead.fees.maker), new Big(other.fees.taker)];
  const legs = makes + takes;
  const fees = maker.times(makes).plus(taker.times(takes)).times(100);
  const edgePct = habit.afterFees === true ? habit.edgePct?.plus(fees) : habit.edgePct;
  const net = (edgePct ?? new Big(0)).minus(fees);
  const breakEven = (buy: Big, sell: Big) => text(new Big(1).plus(buy).div(new Big(1).minus(sell)).minus(1).times(100));
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

function habitOf({ use, params }: StrategyConfig, lead: Instrument, price: Big | undefined): Habit | undefined {
  const number = (key: string): Big | undefined => {
    const value = params[key];
    return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
      ? new Big(value)
      : undefined;
  };
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
      const afterFees = params["tpMode"] !== "gross";
      const what = afterFees ? "the profit is what is left after fees" : "the profit is before fees";
      return {
        makes: 1,
        takes: 1,
        edgePct: number("takeProfitPct"),
        afterFees,
        assumes: `rungs fill as maker, the sale takes; ${what}`,
      };
    }
    case "maker":
      return {
        makes: 2,
        takes: 0,
        edgePct: number("spreadPct"),
        assumes: "both sides fill as maker at the full spread",
      };
    case "grid": {
      return { makes: 2, takes: 0, edgePct: number("takeProfitPct"), assumes: "cells are bought and sold as maker" };
    }
    case "hedge":
      return {
        makes: 2,
        takes: 2,
        edgePct: undefined,
        assumes: "two legs rest, two hedges take; the offset is not counted, since the market moves to it",
      };
    default:
      return undefined;
  }
}

const text = (value: Big): string => value.round(6).toFixed();
