// What goes wrong on the way, from a seed: messages late, lost, twice, out of order.
import { type Command, type Millis, type Random, random } from "@bp/core";

/** Chances of one kind of message, each 0 to 1; 0 by default. */
export interface FaultRates {
  /** It never arrives. */
  readonly lose?: number;
  /** It comes later than it should, by up to `delayMs`; the ones behind it wait in line. */
  readonly delay?: number;
  /** The most that a delay adds, in ms; default 1,000. */
  readonly delayMs?: number;
  /** It arrives a second time, up to `delayMs` later. */
  readonly twice?: number;
  /** It is overtaken by what follows it within `delayMs`. */
  readonly reorder?: number;
}

/** Chances that change with time; `undefined`: nothing goes wrong now. */
export type Weather = (now: Millis) => FaultRates | undefined;

/**
 * What the venue's door does with a request before the exchange hears of it: `limited` turns it away and says so (429),
 * `swallowed` loses it without an answer that says anything (5xx), `unsaid` does it and does not say so (503).
 */
export type Door = (now: Millis, command: Command) => "limited" | "swallowed" | "unsaid" | undefined;

/** Faults of a simulated connection. Streams and answers are drawn apart, so that changing one leaves the other alone. */
export interface Faults {
  readonly seed: number;
  /** Market facts. A broken depth sequence is noticed and mended, as an adapter does. */
  readonly market?: FaultRates | Weather;
  /** Facts about the account's orders, fills, balances. */
  readonly account?: FaultRates | Weather;
  /** Answers to requests: placing, cancelling, asking. */
  readonly answers?: FaultRates | Weather;
  /** Default: open. */
  readonly door?: Door;
  /** Times at which a stream is gone altogether. */
  readonly cuts?: readonly Cut[];
}

/** A broken connection: what is on the way is lost, `link.lost` and `link.restored` are told. */
export interface Cut {
  readonly stream: "market" | "account";
  /** From opening, in ms. */
  readonly afterMs: number;
  readonly forMs: number;
}

/** When one message arrives: each entry is one arrival; none means lost. */
export interface Fate {
  readonly arrivals: readonly {
    readonly afterMs: number /** Overtakes and is overtaken. */;
    readonly loose: boolean;
  }[];
}

const onTime: Fate = { arrivals: [{ afterMs: 0, loose: false }] };

/** Draws what becomes of each message. */
function fates(rates: FaultRates | Weather | undefined, chance: Random): (now: Millis) => Fate {
  if (rates === undefined) return () => onTime;
  const ratesAt: Weather = typeof rates === "function" ? rates : () => rates;
  return (now) => {
    const { lose = 0, delay = 0, delayMs = 1_000, twice = 0, reorder = 0 } = ratesAt(now) ?? {};
    // five draws for every message, so that one fate does not shift the next
    const lost = chance.next() < lose;
    const late = chance.next() < delay;
    const loose = chance.next() < reorder;
    const doubled = chance.next() < twice;
    const afterMs = Math.ceil(chance.next() * delayMs);
    const arrivals = lost ? [] : [{ afterMs: late || loose ? afterMs : 0, loose }];
    return { arrivals: doubled ? [...arrivals, { afterMs, loose: true }] : arrivals };
  };
}

/** The three streams of chance of a connection. */
export function drawFaults(faults: Faults | undefined) {
  const chance = random(faults?.seed ?? 0);
  return {
    market: fates(faults?.market, chance.fork("market")),
    account: fates(faults?.account, chance.fork("account")),
    answers: fates(faults?.answers, chance.fork("answers")),
  };
}
