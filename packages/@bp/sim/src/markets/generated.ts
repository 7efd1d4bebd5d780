// A market from a seed: fair prices that walk, makers around them, takers, sweeps, jumps, marks.
import { BpError, type Instrument, type Millis, millis, type Random, random } from "@bp/core";
import type { MarketHands, MarketSource } from "../contract.ts";
import { defaultMarkets } from "./default.ts";
import { type Fair, fairPath } from "./fair.ts";
import { type JumpOptions, jump } from "./jumps.ts";
import { type Maker, type MakerOptions, maker } from "./makers.ts";
import { reachOf, sweepBook, type TakerOptions, trade } from "./takers.ts";
import type { WalkOptions } from "./walk.ts";

/** What may be set of a generated market; everything has a default that makes a lively one. */
export interface GeneratedOptions {
  /** Any whole number; the same seed gives the same market. */
  readonly seed: number;
  /** When it begins; an exchange must start at the same moment. */
  readonly start: Millis;
  /** Default: `defaultMarkets()`. A spot market and a perpetual of the same base share a fair price. */
  readonly instruments?: readonly Instrument[];
  /** First price by base, in quote; default SOL 150, BTC 60000, ETH 2500, ASTER 1.72, others 100. */
  readonly prices?: Readonly<Record<string, number>>;
  readonly walk?: Partial<WalkOptions>;
  readonly makers?: Partial<MakerOptions> & {
    readonly count?: number /** Mean seconds between two looks of one maker. */;
    readonly everySeconds?: number;
  };
  readonly takers?: Partial<TakerOptions>;
  readonly jumps?: Partial<JumpOptions>;
}

const firstPrices: Readonly<Record<string, number>> = { SOL: 150, BTC: 60_000, ETH: 2_500, ASTER: 1.72 };
const newsOfSweep = 0.3; // how much of a sweep stays in the price
const walkDefaults: WalkOptions = { volatility: 0.00025, leashSeconds: 120, drift: 0.03 };
const makerDefaults = {
  count: 4,
  everySeconds: 0.5,
  halfSpread: 0.00004,
  reach: 0.009,
  levels: 9,
  notional: 400,
  error: 0.00003,
};
const takerDefaults: TakerOptions = { everySeconds: 0.6, notional: 150, sweepEverySeconds: 3, sweepReach: 0.0016 };
const jumpDefaults: JumpOptions = { everySeconds: 600, size: 0.004 };

/** Something that happens again and again. */
interface Process {
  next: number;
  run(): void;
}

/**
 * A lively market from a seed: prices walk, several makers quote around them, takers arrive by chance, some of them sweep
 * several levels, prices jump now and then; mark and index come each second.
 *
 * Two exchanges with the same seed and start see the same fair price of a coin, whatever markets of it they have.
 *
 * It is made for trying software, not for judging profit: it has no memory of us and fills quotes near the touch freely.
 *
 * @throws BpError `sim/bad-market` without instruments
 */
export function generatedMarket(options: GeneratedOptions): MarketSource {
  const instruments = options.instruments ?? defaultMarkets();
  if (instruments.length === 0) throw new BpError("sim/bad-market", { why: "a generated market needs an instrument" });
  const chance = random(options.seed);
  let processes: Process[] = [];
  let soonest: Process | undefined;
  const choose = () => {
    soonest = undefined;
    for (const each of processes) if (soonest === undefined || each.next < soonest.next) soonest = each;
  };
  return {
    instruments,
    attach: (hands) => {
      const begin = Math.max(options.start, hands.now());
      const bases = new Set(instruments.map((each) => each.base));
      processes = [...bases].flatMap((base) => {
        const own = instruments.filter((each) => each.base === base);
        return asset(options, base, own, hands, chance.fork(base), begin);
      });
      for (const each of processes) if (each.next <= begin) each.run(); // the first books stand before anybody looks
      choose();
    },
    nextAt: () => (soonest === undefined ? undefined : millis(Math.ceil(soonest.next))),
    act: () => {
      soonest?.run();
      choose();
    },
  };
}

/**
 * Everything that happens around one base: its fair price, news and sweeps that move it, and its markets. What moves the
 * fair price is drawn apart from the markets, so that it is the same in every exchange of this seed and start.
 */
function asset(
  options: GeneratedOptions,
  base: string,
  instruments: readonly Instrument[],
  hands: MarketHands,
  chance: Random,
  begin: number,
): Process[] {
  const price = options.prices?.[base] ?? firstPrices[base] ?? 100;
  const fair = fairPath(price, begin, { ...walkDefaults, ...options.walk }, chance);
  const jumps = { ...jumpDefaults, ...options.jumps };
  const taking = { ...takerDefaults, ...options.takers };
  const markets = instruments.map((each) => market(options, each, hands, chance.fork(each.id), begin, fair));
  return [
    repeating(
      begin,
      jumps.everySeconds,
      chance.fork("jumps"),
      (at, dice) => {
        fair.push(jump(jumps, dice));
        for (const each of markets) each.follow(at);
      },
      "later",
    ),
    // every second sweep of the coin comes to a market of it, each for itself
    repeating(
      begin,
      taking.sweepEverySeconds / 2,
      chance.fork("sweeps"),
      (at, dice) => {
        const reach = reachOf(taking, dice);
        fair.push(reach * newsOfSweep);
        for (const each of markets) {
          each.sweep(reach);
          each.follow(at);
        }
      },
      "later",
    ),
    ...markets.flatMap(({ processes }) => processes),
  ];
}

interface LivelyMarket {
  readonly processes: readonly Process[];
  /** A sweep of the coin, which may come to this market or not. */
  sweep(reach: number): void;
  /** The fair price has moved at once: all makers look. */
  follow(at: number): void;
}

function market(
  options: GeneratedOptions,
  instrument: Instrument,
  hands: MarketHands,
  chance: Random,
  begin: number,
  fair: Fair,
): LivelyMarket {
  const { count, everySeconds, ...quoting } = { ...makerDefaults, ...options.makers };
  const taking = { ...takerDefaults, ...options.takers };
  const tick = Number(instrument.tickSize); // an estimate's unit, not money
  const here = (at: number): number => (instrument.kind === "spot" ? fair.spot(at) : fair.perp(at));
  const team: Maker[] = [];
  const processes: Process[] = [];
  for (let index = 0; index < count; index++) {
    const own = chance.fork(`maker ${index}`);
    const halfSpread = Math.max(quoting.halfSpread * (1 + index), (tick * 0.6) / here(begin));
    const each = maker(instrument, hands, { ...quoting, halfSpread }, own.fork("ladder"));
    team.push(each);
    processes.push(repeating(begin, everySeconds, own, (at) => each.quote(here(at)), "now"));
  }
  processes.push(
    repeating(
      begin,
      taking.everySeconds,
      chance.fork("takers"),
      (at, dice) => trade(instrument, hands, taking, here(at) / tick, dice),
      "later",
      taking.everySeconds * 2,
    ),
    everySecond(begin, (at) => {
      const { bids, asks } = hands.book(instrument.id, 1);
      const bid = bids[0]?.[0];
      const ask = asks[0]?.[0];
      const index = fair.spot(at) / tick;
      const mid = bid === undefined || ask === undefined ? here(at) / tick : (bid + ask) / 2;
      const mark = Math.max(index * 0.995, Math.min(index * 1.005, (mid + here(at) / tick) / 2));
      hands.mark(instrument.id, round4(mark), round4(index));
    }),
  );
  const dice = chance.fork("sweeps");
  return {
    processes,
    sweep: (reach) => {
      if (dice.next() < 0.5) sweepBook(instrument, hands, reach);
    },
    follow: (at) => {
      for (const each of team) each.quote(here(at));
    },
  };
}

/** Exponential pauses: arrivals that know nothing of each other. */
function repeating(
  begin: number,
  everySeconds: number,
  chance: Random,
  what: (at: number, chance: Random) => void,
  first: "now" | "later",
  longestSeconds = Infinity,
): Process {
  const pause = () => Math.min(Math.max(1, chance.exponential(everySeconds * 1_000)), longestSeconds * 1_000);
  const process: Process = {
    next: first === "now" ? begin : begin + pause(),
    run: () => {
      what(process.next, chance);
      process.next += pause();
    },
  };
  return process;
}

function everySecond(begin: number, what: (at: number) => void): Process {
  const process: Process = {
    next: begin,
    run: () => {
      what(process.next);
      process.next += 1_000;
    },
  };
  return process;
}

function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
