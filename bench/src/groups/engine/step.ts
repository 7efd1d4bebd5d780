// engine/step: the whole decision, from a fact to commands, with the maker and its risk rules.
import {
  type AnyRule,
  type AnyStrategy,
  type Command,
  type Event,
  type InstrumentId,
  millis,
  type Unnumbered,
} from "@bp/core";
import { createEngine, type Engine } from "@bp/engine";
import {
  dailyLimit,
  dailyLoss,
  drawdown,
  fundingWindow,
  funds,
  liquidation,
  margin,
  maxLeverage,
  maxLoss,
  maxNaked,
  maxNotional,
  maxOpenOrders,
  maxPosition,
  orderRate,
  ownCross,
  priceBand,
  sizeFactors,
  staleMarket,
  whenHalted,
} from "@bp/risk";
import { constantLatency, createExchange, createTimeline, generatedMarket, simVenue } from "@bp/sim";
import { maker } from "@bp/strategies";
import type { Group } from "../../group.ts";
import { race } from "../../race.ts";

const id: InstrumentId = "backpack:SOL_USDC_PERP";
const start = millis(Date.UTC(2026, 0, 1));

export const step: Group = {
  about:
    "Facts a second through `step`: world, maker with three quotes a side, risk gate, plan. A recorded session, run again.",
  run: async (options) => {
    const seconds = options.quick ? 60 : 600;
    const session = record(seconds, usual);
    const careful = record(seconds, every);
    const wrong = [
      ...(same(session.commands, replayed(session)) ? [] : ["the same facts gave other commands"]),
      ...(same(session.commands, careful.commands) ? [] : ["rules that nothing has reached gave other commands"]),
    ];
    const { events } = session;
    const figures = race(
      [
        {
          name: "maker and eight rules",
          role: "ours",
          work: () => {
            replayed(session);
            return events.length;
          },
        },
        {
          name: "maker and all nineteen rules",
          role: "ours",
          work: () => {
            replayed(careful);
            return careful.events.length;
          },
        },
      ],
      options,
    );
    return { unit: "/s", figures, facts: [`${events.length} facts, ${session.commands.length} commands`], wrong };
  },
};

interface Session {
  readonly engine: () => Engine;
  readonly events: readonly Event[];
  readonly commands: readonly Command[];
}

const usual = (): readonly AnyRule[] => [
  whenHalted(),
  staleMarket(5_000),
  priceBand(0.5, 5_000),
  maxPosition({ [id]: "20" }),
  ownCross(),
  funds(),
  maxOpenOrders({ total: 8 }),
  orderRate(40, 1_000),
];

/** All there are, at limits that this session does not reach. */
const every = (): readonly AnyRule[] => {
  const markets = [id];
  return [
    ...usual().slice(0, 3),
    maxLoss({ pct: "90", markets }),
    dailyLoss("90000"),
    drawdown("90000"),
    dailyLimit("90000", { markets }),
    fundingWindow({ beforeMs: 1 }),
    maxNaked({ pairs: [[id, id]], maxNakedMs: 1_000_000_000 }), // there is one market: it stands for both legs
    sizeFactors({ markets }),
    maxNotional({ total: "90000", markets }),
    ...usual().slice(3, 6),
    margin({ markets, leverage: 10 }),
    maxLeverage(10, markets),
    liquidation({ markets, refusePct: 1, haltPct: 0.5 }),
    ...usual().slice(6),
  ];
};

/** A session with the simulated exchange. */
function record(seconds: number, rules: () => readonly AnyRule[]): Session {
  const exchange = createExchange({
    start,
    market: generatedMarket({ seed: 1, start }),
    accounts: [{ name: "alice", balances: { USDC: "100000" } }],
  });
  const instruments = exchange.instruments.filter((each) => each.id === id);
  const strategy = maker as unknown as AnyStrategy; // its parameters are parsed by itself
  const params = {
    instrument: id,
    spreadPct: 0.1,
    quantity: "0.5",
    maxOrders: 3,
    intervalMs: 1_000,
    maxPosition: "20",
  };
  const engine = () =>
    createEngine({
      run: 1,
      instruments,
      strategies: [{ strategy, params }],
      rules: rules(),
    });
  const timeline = createTimeline(start);
  const venue = simVenue({ exchange, account: "alice", id: "backpack", timeline, latency: constantLatency(20) });
  const deciding = engine();
  const events: Event[] = [];
  const commands: Command[] = [];
  const handle = (fact: Unnumbered) => {
    const event: Event = { ...fact, seq: events.length + 1 };
    events.push(event);
    for (const command of deciding.step(event)) {
      commands.push(command);
      venue.send(command);
    }
  };
  const over = new AbortController();
  venue.open({ instruments: [id], account: true }, handle, over.signal).catch(() => undefined); // ends when it is over
  for (let second = 1; second <= seconds; second++) {
    const at = millis(start + second * 1_000);
    timeline.runUntil(at);
    handle({ type: "timer.fired", name: "beat", at, venueAt: at });
  }
  over.abort();
  return { engine, events, commands };
}

function replayed({ engine, events }: Session): Command[] {
  const again = engine();
  return events.flatMap((event) => [...again.step(event)]);
}

function same(left: readonly Command[], right: readonly Command[]): boolean {
  return left.length > 0 && JSON.stringify(left) === JSON.stringify(right);
}
