// If we go silent our quotes must not stay: the venue's own countdown, armed for each market in which an order of ours rests.
import { BpError, type Clock, isBpError } from "@bp/core";

/** How the countdown is kept. */
export interface CountdownOptions {
  /** What runs at the venue, ms: after so long without a word from us it takes the orders of the market back. */
  readonly ms: number;
  /** How often it is begun anew, ms. */
  readonly everyMs: number;
  readonly symbols: () => Iterable<string>;
  /** Whether an order of ours may rest in a market. */
  readonly resting: (symbol: string) => boolean;
  /** Begins it anew, or stops it with 0. */
  readonly send: (symbol: string, ms: number) => Promise<unknown>;
  readonly clock: Clock;
  readonly run: (task: () => Promise<void>) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** The countdowns of an account's markets. */
export interface Countdown {
  /** An order was sent. */
  sent(symbol: string): void;
  /** Whether orders of somebody else rest in a market too: the venue's countdown would take them with ours. */
  strangers(symbol: string, there: boolean): void;
  /**
   * What rests is to stay although nobody will be there: stops it in all markets, in those of strangers if it was begun there, and begins
   * it no more.
   *
   * @throws BpError if it may still run somewhere after three tries; then it goes on as before
   */
  letStay(): Promise<void>;
  /** Stops it where nothing of ours rests, or something of strangers does. Elsewhere it goes on, and ends. */
  close(): Promise<void>;
}

/** How often a stop is sent until one is answered; where none is, the next beat begins again. */
const tries = 3;
/** Between two tries to stop it, ms. */
const againMs = 500;

/** What is known of a market, and what is to be done there next. */
interface Market {
  /** It was begun and no stop of it was answered: it may run. */
  mayRun: boolean;
  /** What was asked for last, and whether that is still to be done. */
  wish: "begin" | "stop";
  isDue: boolean;
  /** Why the last stop failed. */
  failure: BpError | undefined;
  /** Sends one request after the other: a stop never passes a beginning that is on its way. */
  worker: Promise<void> | undefined;
}

/** Keeps the countdowns. Nothing is armed in a market where orders that are not ours are known: those are never touched. */
export function createCountdown(options: CountdownOptions): Countdown {
  const { ms, everyMs, symbols, resting, send, clock, run, trouble, signal } = options;
  const markets = new Map<string, Market>();
  const shared = new Set<string>();
  let staying = false;

  const marketOf = (symbol: string): Market => {
    const known = markets.get(symbol);
    if (known !== undefined) return known;
    const market: Market = { mayRun: false, wish: "stop", isDue: false, failure: undefined, worker: undefined };
    markets.set(symbol, market);
    return market;
  };
  const begin = async (symbol: string, market: Market) => {
    if (shared.has(symbol) || staying) return;
    market.mayRun = true;
    try {
      await send(symbol, ms);
    } catch (error) {
      if (!isBpError(error)) throw error;
      trouble(error); // it is tried again at the next beat, well before the countdown ends
    }
  };
  const stop = async (symbol: string, market: Market) => {
    market.failure = undefined;
    for (let left = tries - 1; market.mayRun; left--)
      try {
        await send(symbol, 0);
        market.mayRun = false;
      } catch (error) {
        if (!isBpError(error)) throw error;
        market.failure = error;
        if (left === 0 || market.wish === "begin") return; // then it is to run on
        await clock.sleep(againMs, signal);
      }
  };
  const work = async (symbol: string, market: Market) => {
    try {
      while (market.isDue) {
        market.isDue = false;
        if (market.wish === "begin") await begin(symbol, market);
        else await stop(symbol, market);
      }
    } finally {
      market.worker = undefined;
    }
  };
  const ask = (symbol: string, wish: "begin" | "stop"): Promise<void> => {
    const market = marketOf(symbol);
    market.wish = wish;
    market.isDue = true;
    market.worker ??= work(symbol, market);
    return market.worker;
  };
  const arm = (symbol: string) => {
    if (!shared.has(symbol) && !staying) run(() => ask(symbol, "begin"));
  };
  /** Stops it where it may run, and says so where that fails: the next beat tries again. */
  const disarm = async (symbol: string) => {
    const market = marketOf(symbol);
    if (!market.mayRun && market.worker === undefined) return;
    await ask(symbol, "stop");
    if (market.mayRun && market.wish === "stop" && market.failure !== undefined) trouble(market.failure);
  };

  run(async () => {
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal);
      if (signal.aborted) return;
      for (const symbol of symbols()) {
        if (resting(symbol) && !shared.has(symbol)) arm(symbol);
        else run(() => disarm(symbol));
      }
    }
  });

  return {
    sent: (symbol) => {
      if (marketOf(symbol).wish === "stop") arm(symbol);
    },
    strangers: (symbol, there) => {
      if (!there) return void shared.delete(symbol);
      if (shared.has(symbol)) return;
      shared.add(symbol);
      trouble(
        new BpError("config/conflict", {
          what: `orders that are not ours rest in ${symbol}, and the venue's countdown would take them too`,
          hint: "it is not armed there: give the bot an account of its own",
        }),
      );
      run(() => disarm(symbol));
    },
    letStay: async () => {
      staying = true;
      const all = [...symbols()].filter((symbol) => !shared.has(symbol) || marketOf(symbol).mayRun);
      await Promise.all(
        all.map((symbol) => {
          marketOf(symbol).mayRun = true; // a process before us may have begun it
          return ask(symbol, "stop");
        }),
      );
      const running = all.map(marketOf).find(({ mayRun }) => mayRun);
      if (running === undefined) return;
      staying = false;
      throw running.failure;
    },
    close: async () => {
      await Promise.all([...markets.keys()].filter((symbol) => !resting(symbol) || shared.has(symbol)).map(disarm));
    },
  };
}
