// Starts and stops a sandbox: the simulated exchange behind the venue's own REST and WebSocket, on loopback.
import { BpError, isBpError, type Millis, type Tape } from "@bp/core";
import {
  type AccountSketch,
  asterOnBackpack,
  createExchange,
  defaultMarkets,
  type Exchange,
  type ExchangeOptions,
  generatedMarket,
  type MarketSource,
  tapeMarket,
} from "@bp/sim";
import type { AsterOptions, AsterSandbox } from "./aster/open.ts";
import { defaultAccounts, type SandboxAccount } from "./backpack/accounts.ts";
import type { WithdrawalRules } from "./backpack/desks/funds.ts";
import type { Limits } from "./backpack/limits.ts";
import { openBackpack } from "./backpack/open.ts";
import type { Control, Venue } from "./control.ts";
import type { FaultPlan, VenueName } from "./faultPlan.ts";
import type { Faults } from "./faults.ts";
import type { Answered } from "./http.ts";
import { type Ledger, readLedger } from "./ledger.ts";
import { type Recording, readRecording } from "./recording.ts";
import { beatOf, runExchange, startOf } from "./run.ts";

/** What a sandbox may be told; everything has a default. */
export interface SandboxOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. The keys are public: think before you bind to anything else. */
  readonly host?: string;
  /** Of the generated market; default 1. The same seed gives the same market. */
  readonly seed?: number;
  /** Exchange ms per wall ms; `max`: as fast as the processor allows. Default 1. */
  readonly speed?: number | "max";
  /**
   * Left out: generated. A path: a recorded market of any kind that `readTape` of `@bp/data` reads, its markets in Backpack's
   * spelling. Or a source of your own.
   */
  readonly market?: string | MarketSource;
  /** Instead of `market`: a recorded market of any kind, as `readTape` of `@bp/data` makes it. Its first moment is the sandbox's. */
  readonly tape?: Tape;
  /** Default: alice, bob and carol. Keys come from the names, see `testKeys`. */
  readonly accounts?: readonly AccountSketch[];
  /** An exchange made elsewhere; then `market`, `seed` and `rules` say nothing. */
  readonly exchange?: Exchange;
  /** What differs from the exchange's defaults, the taker delay for example. */
  readonly rules?: Pick<
    ExchangeOptions,
    "maxOpenOrders" | "takerDelayMs" | "marketImpact" | "liquidationFee" | "queue"
  >;
  /** Exchange time that a generated market runs before the doors open, so that there are candles. Default 10000. */
  readonly warmupMs?: number;
  readonly limits?: Limits;
  /** Answer public market data as stale as the venue's cache does. Default false. */
  readonly cdn?: boolean;
  /** Where withdrawals from Backpack may go. Default: every address. */
  readonly withdrawals?: WithdrawalRules;
  /** Between WebSocket pings. Default 60000. */
  readonly pingMs?: number;
  /** Bytes that may wait for a slow reader of the streams before it is cut off. Default 4 MiB. */
  readonly mostBuffered?: number;
  /**
   * Whether Aster is served too, futures and spot, on ports of their own: two more exchanges beside. Default false.
   */
  readonly aster?: boolean | AsterOptions;
  /** Whether a generated market of Backpack's has the coin ASTER. Default: where Aster is served too. */
  readonly asterCoin?: boolean;
  /** Faults to begin with, for every venue that is there: a plan, or the path of a file with one. */
  readonly faults?: string | FaultPlan;
  /** Whether the sandbox itself can be told and asked things over HTTP, on a port of its own. Default false. */
  readonly control?: boolean | { readonly port: number };
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly rest: string;
  /** `ws://127.0.0.1:PORT` */
  readonly ws: string;
  readonly accounts: readonly SandboxAccount[];
  readonly exchange: Exchange;
  readonly faults: Faults;
  /** Where it was asked for. */
  readonly aster?: AsterSandbox;
  /** Where it was asked for. */
  readonly control?: Control;
  /**
   * What is wrong with the market, or `undefined`: the file of a recording is cut (`sim/bad-recording`; it plays up to there), or
   * a source threw and stands still. Orders are still taken.
   */
  readonly problem: BpError | undefined;
  /** What a person should know of the file that plays: its gaps, what it has not, how its markets are called here. */
  readonly warnings: readonly string[];
  /** Whether the market has played to its end, as a recording does. Orders are still taken; nothing moves any more. */
  readonly ended: boolean;
  /** Hears what Backpack says to each request, whatever a fault makes of it; the answer takes the listener away. */
  readonly onAnswer: (listener: (answered: Answered) => void) => () => void;
  /**
   * Sets faults up while it runs, beside those that are at work.
   *
   * @example
   * await sandbox.inject({ faults: [{ venue: "aster-futures", request: { path: "*" }, do: "lose-answer", count: -1 }] });
   */
  inject(plan: FaultPlan): Promise<void>;
  /** Mends everything that was set up, and forgets what was still to come. */
  mend(): void;
  /** Exact balances, positions, orders, fills, fees and funding of every account. */
  ledger(): Ledger;
  /** Says goodbye to the sockets and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 *
 * @throws BpError `config/conflict` when the port is taken, `config/invalid` for an option that cannot be,
 *   `config/unreadable`, `sim/bad-recording` or `data/*` for the file of a recording
 * @example
 * const sandbox = await startSandbox({ seed: 7, speed: 10 });
 * const [alice] = sandbox.accounts;
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const speed = options.speed ?? 1;
  check(options, speed);
  const closers: (() => unknown)[] = [];
  const close = async () => void (await Promise.all(closers.splice(0).map((each) => each())));
  try {
    return await open(options, speed, (each) => void closers.push(each), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param closing - takes what has to be closed with the sandbox, or when it does not come into being */
async function open(
  options: SandboxOptions,
  speed: number | "max",
  closing: (close: () => unknown) => void,
  close: () => Promise<void>,
): Promise<Sandbox> {
  // What is not asked for is not even loaded.
  const plans = options.faults !== undefined || options.control ? await import("./faultPlan.ts") : undefined;
  const plan = typeof options.faults === "string" ? plans?.loadFaultPlan(options.faults) : options.faults;
  let problem: BpError | undefined;
  const broken = (error: BpError) => {
    problem ??= error;
  };
  const recording = typeof options.market === "string" ? await readRecording(options.market) : undefined;
  problem = recording?.cut;
  const accounts = options.accounts ?? namesOf(options.exchange) ?? defaultAccounts;
  const generated = options.exchange === undefined && options.market === undefined && options.tape === undefined;
  const beat = beatOf(speed, generated ? (options.warmupMs ?? usualWarmup) : 0);
  const start = startOf(beat);
  const source = sourceOf(options, recording, start);
  const exchange = options.exchange ?? createExchange({ ...options.rules, start, accounts, market: source });
  const isRecorded = recording !== undefined || options.tape !== undefined;
  const goesOn = () => isRecorded && source.nextAt() !== undefined;
  const running = runExchange(exchange, beat, options.rules?.takerDelayMs ?? 0, goesOn, broken);
  running.warmUp();
  if (isRecorded) exchange.advance(exchange.now()); // its first message: nobody finds the doors open and no market
  const mostBuffered = options.mostBuffered ?? 4 << 20;
  const host = options.host ?? "127.0.0.1";
  const backpack = await openBackpack(running, accounts, {
    host,
    port: options.port ?? 0,
    pingMs: options.pingMs ?? 60_000,
    mostBuffered,
    limits: options.limits ?? {},
    cdn: options.cdn ?? false,
    ...(options.withdrawals === undefined ? {} : { withdrawals: options.withdrawals }),
  });
  closing(() => backpack.close());
  const ledger = () => {
    running.pace.catchUp(2);
    return readLedger(running.house);
  };
  const venues = new Map<VenueName, Venue>([["backpack", { faults: backpack.faults, ledger }]]);
  let aster: AsterSandbox | undefined;
  if (options.aster) {
    const { openAster } = await import("./aster/open.ts");
    const opened = await openAster(options.aster === true ? {} : options.aster, {
      host,
      seed: options.seed ?? 1,
      beat: generated ? beat : beatOf(speed, usualWarmup),
      mostBuffered,
      broken,
    });
    closing(() => opened.close());
    aster = { futures: opened.futures, spot: opened.spot, accounts: opened.accounts };
    venues.set("aster-futures", aster.futures).set("aster-spot", aster.spot);
  }
  const faulty = new Map([...venues].map(([name, { faults }]) => [name, faults]));
  let desk = plans?.createPlans(faulty);
  closing(() => desk?.stop());
  if (plan !== undefined) desk?.set(plan);
  let control: Control | undefined;
  if (options.control && desk !== undefined) {
    const { openControl } = await import("./control.ts");
    const opened = await openControl(venues, desk, host, options.control === true ? 0 : options.control.port);
    closing(() => opened.close());
    control = { url: opened.url, token: opened.token };
  }
  return {
    ...(aster === undefined ? {} : { aster }),
    ...(control === undefined ? {} : { control }),
    rest: backpack.rest,
    ws: backpack.ws,
    accounts: backpack.house.members.map(({ name: who, apiKey, secret }) => ({ name: who, apiKey, secret })),
    exchange,
    faults: backpack.faults,
    onAnswer: backpack.onAnswer,
    get problem() {
      return problem;
    },
    warnings: recording?.warnings ?? [],
    get ended() {
      return isRecorded && !goesOn();
    },
    inject: async (wanted) => {
      const { createPlans } = await import("./faultPlan.ts");
      desk ??= createPlans(faulty);
      desk.set(wanted);
    },
    mend: () => {
      if (desk !== undefined) desk.clear();
      else for (const faults of faulty.values()) faults.clear();
    },
    ledger,
    close,
  };
}

const usualWarmup = 10_000;

function check({ port, seed, market, tape, exchange }: SandboxOptions, speed: number | "max"): void {
  if (tape !== undefined && (market !== undefined || exchange !== undefined))
    throw new BpError("config/invalid", {
      path: "tape",
      found: market === undefined ? "a tape and an exchange" : "a tape and a market",
      expected: "one of them",
    });
  if (speed !== "max" && !(speed > 0 && speed <= 100_000))
    throw new BpError("config/invalid", {
      path: "speed",
      found: String(speed),
      expected: 'a number above 0, or "max"',
    });
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new BpError("config/invalid", { path: "port", found: String(port), expected: "0 to 65535" });
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw new BpError("config/invalid", { path: "seed", found: String(seed), expected: "a whole number" });
}

const namesOf = (exchange: Exchange | undefined): readonly AccountSketch[] | undefined =>
  exchange?.accounts.map((name) => ({ name, balances: {} }));

function sourceOf(
  { seed = 1, market, tape, aster, asterCoin = aster !== undefined && aster !== false }: SandboxOptions,
  recording: Recording | undefined,
  start: Millis,
): MarketSource {
  if (typeof market === "string" && recording !== undefined) return sourceOfFile(market, recording.tape);
  if (tape !== undefined) return tapeMarket({ tape, when: "now" });
  if (market !== undefined && typeof market !== "string") return market;
  const instruments = asterCoin ? [...defaultMarkets(), ...asterOnBackpack()] : defaultMarkets();
  return generatedMarket({ seed, start, instruments });
}

/** @throws BpError `data/no-market` for values that no exchange of ours can have, a price of more ticks than it counts for example */
function sourceOfFile(file: string, tape: Tape): MarketSource {
  try {
    return tapeMarket({ tape, when: "now" });
  } catch (error) {
    if (!isBpError(error, "sim/bad-market")) throw error;
    throw new BpError("data/no-market", { file, hint: `it cannot be played: ${error.context.why}` }, { cause: error });
  }
}
