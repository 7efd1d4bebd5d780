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
   * What rests is to stay although nobody will be there: stops it in all markets but those of strangers, and begins it no more.
   *
   * @throws BpError if it may still run somewhere after three tries; then it goes on as before
   */
  letStay(): Promise<void>;
  /** Stops it where nothing rests. Where something does it goes on, and ends. */
  close(): Promise<void>;
}

const tries = 3;
/** Between two tries to stop it for good, ms. */
const againMs = 500;

/** Keeps the countdowns. Nothing is armed in a market where orders that are not ours are known: those are never touched. */
export function createCountdown(options: CountdownOptions): Countdown {
  const { ms, everyMs, symbols, resting, send, clock, run, trouble, signal } = options;
  const armed = new Set<string>();
  const shared = new Set<string>();
  /** What was sent last for a market and is not answered yet: a stop must not pass a beginning on the way. */
  const flights = new Map<string, Promise<void>>();
  let staying = false;

  const order = async (symbol: string, wished: number) => {
    try {
      await send(symbol, wished);
    } catch (error) {
      if (!isBpError(error)) throw error;
      trouble(error); // it is tried again at the next beat, well before the countdown ends
    }
  };
  const arm = (symbol: string) => {
    if (shared.has(symbol) || staying) return;
    armed.add(symbol);
    run(() => {
      const flight = order(symbol, ms);
      flights.set(symbol, flight);
      return flight;
    });
  };
  const stop = async (symbol: string) => {
    for (let left = tries - 1; ; left--)
      try {
        await flights.get(symbol);
        await send(symbol, 0);
        armed.delete(symbol);
        return;
      } catch (error) {
        if (!isBpError(error) || left === 0) throw error;
        await clock.sleep(againMs, signal);
      }
  };
  const disarm = (symbol: string) => {
    if (!armed.delete(symbol)) return undefined;
    return order(symbol, 0);
  };

  run(async () => {
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal);
      if (signal.aborted) return;
      for (const symbol of symbols()) {
        if (resting(symbol)) arm(symbol);
        else await disarm(symbol);
      }
    }
  });

  return {
    sent: (symbol) => {
      if (!armed.has(symbol)) arm(symbol);
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
      run(async () => disarm(symbol));
    },
    letStay: async () => {
      staying = true;
      try {
        await Promise.all([...symbols()].filter((symbol) => !shared.has(symbol)).map(stop));
      } catch (error) {
        staying = false;
        throw error;
      }
    },
    close: async () => {
      for (const symbol of armed) if (!resting(symbol)) await disarm(symbol);
    },
  };
}
