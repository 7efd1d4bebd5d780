// The whole product in backtest/l2-queue: exchange, accounts, latency, engine, a strategy's wish, gate, plan, orders and money.
import { backtest, usualModels } from "@bp/backtest";
import {
  type AnyRule,
  type AnyStrategy,
  type Instrument,
  lots,
  type OwnFill,
  type Quote,
  type Side,
  type Strategy,
  type Tape,
  ticks,
  venueOf,
} from "@bp/core";
import { createEngine } from "@bp/engine";
import { funds, maxOpenOrders, maxPosition, orderRate, ownCross, priceBand, staleMarket, whenHalted } from "@bp/risk";
import { maker } from "@bp/strategies";
import { everyMs, gap, lotsEach, rungs } from "./game.ts";

/** What a run came to. */
export interface EngineRun {
  readonly fills: number;
  readonly events: number;
  /** Events that were answered with commands. */
  readonly decisions: number;
  readonly commands: number;
  readonly net: string;
  readonly ledgerEqual: boolean;
}

/** The strategies that are run. */
export type Played = "grid" | "maker";

/**
 * Backtests the tape.
 *
 * @param tape - of one market
 * @param onStep - hears of each event whether it was answered with commands
 */
export function engineRun(tape: Tape, played: Played, onStep?: (acted: boolean) => void): EngineRun {
  const [market] = tape.instruments;
  if (market === undefined) throw new Error("the tape has no market");
  const rules = usualRules(market);
  const strategies = [played === "grid" ? { strategy: gridOf(market), params: undefined } : makerOf(market)];
  let decisions = 0;
  const { figures, events, commands, ledgerEqual } = backtest({
    tape,
    seats: [{ venue: venueOf(market.id), balances: { [market.quote]: "10000000" } }],
    models: { ...usualModels, latency: { kind: "constant", upMs: 1, downMs: 0 } },
    engine: (instruments) => ({ instruments, engine: createEngine({ run: 1, instruments, strategies, rules }) }),
    onStep: (_event, given) => {
      if (given.length > 0) decisions += 1;
      onStep?.(given.length > 0);
    },
  });
  const { sums, profit } = figures.session;
  return { fills: sums.fills, events, decisions, commands, net: profit.net.toFixed(), ledgerEqual };
}

interface Memory {
  /** When the grid is brought to the touch again, ms. */
  readonly next: number;
  readonly wish: readonly Quote[];
}

/** What was filled is not wished again before the next round. */
function without({ next, wish }: Memory, gone: readonly OwnFill[]): Memory {
  return { next, wish: wish.filter(({ slot }) => gone.every((each) => each.slot !== slot)) };
}

/** The grid of `game.ts` as a wish. */
function gridOf({ id }: Instrument): AnyStrategy {
  /** An order whose price stays keeps its slot, and so its place. */
  const quote = (side: Side, price: number): Quote => ({
    kind: "quote",
    instrument: id,
    slot: `${side}.${price}`,
    side,
    price: ticks(price),
    size: lots(lotsEach),
    postOnly: true,
  });
  const strategy: Strategy<undefined, Memory> = {
    name: "grid-of-ten",
    params: { parse: () => undefined },
    instruments: () => [id],
    start: () => ({ next: 0, wish: [] }),
    remember: (memory, { at }, view) => {
      const gone = view.fills().filter(({ total }) => total === lotsEach);
      const left = gone.length === 0 ? memory : without(memory, gone);
      if (at < left.next) return left;
      const { bid, ask } = view.book(id);
      if (bid === undefined || ask === undefined) return left;
      const wish: Quote[] = [];
      for (let rung = 0; rung < rungs; rung++) {
        wish.push(quote("buy", bid[0] - rung * gap));
        wish.push(quote("sell", ask[0] + rung * gap));
      }
      return { next: at + everyMs, wish };
    },
    want: (_view, { wish }) => wish,
  };
  return strategy;
}

function makerOf({ id }: Instrument): { readonly strategy: AnyStrategy; readonly params: unknown } {
  const params = {
    instrument: id,
    spreadPct: 0.05,
    quantity: "0.02",
    maxOrders: 3,
    intervalMs: 5_000,
    maxPosition: "2",
  };
  return { strategy: maker, params };
}

function usualRules({ id }: Instrument): readonly AnyRule[] {
  return [
    whenHalted(),
    staleMarket(5_000),
    priceBand(0.5, 5_000),
    maxPosition({ [id]: "100000" }),
    ownCross(),
    funds(),
    maxOpenOrders({ total: 4 * rungs }),
    orderRate(400, 1_000),
  ];
}
