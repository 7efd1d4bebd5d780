// Starts and stops a sandbox: the simulated exchange behind the venue's own REST and WebSocket, on loopback.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BpError, isBpError, type Millis, millis } from "@bp/core";
import {
  type AccountSketch,
  createExchange,
  type Exchange,
  type ExchangeOptions,
  generatedMarket,
  type MarketSource,
  recordedMarket,
} from "@bp/sim";
import { defaultAccounts, type SandboxAccount } from "./accounts.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createHouse } from "./house.ts";
import { type Ledger, readLedger } from "./ledger.ts";
import type { Limits } from "./limits.ts";
import { createPace } from "./pace.ts";
import { openRecording, type Recording } from "./recording.ts";
import { createRestServer } from "./server.ts";
import { createHub } from "./streams/hub.ts";
import { startPrivateStreams } from "./streams/private.ts";
import { startPublicStreams } from "./streams/public.ts";
import { openSockets } from "./streams/sockets.ts";
import { createTimes } from "./times.ts";

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
  /** Left out: generated. A path: a recording (`.l2.ndjson`, `.l2.ndjson.gz`). Or a source of your own. */
  readonly market?: string | MarketSource;
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
  /** Between WebSocket pings. Default 60000. */
  readonly pingMs?: number;
  /** Bytes that may wait for a slow reader of the streams before it is cut off. Default 4 MiB. */
  readonly mostBuffered?: number;
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
  /** Why the market has stopped (a recording that is cut, a source that threw), or `undefined`. Orders are still taken. */
  readonly problem: BpError | undefined;
  /** Whether the market has played to its end, as a recording does. Orders are still taken; nothing moves any more. */
  readonly ended: boolean;
  /** Exact balances, positions, orders, fills, fees and funding of every account. */
  ledger(): Ledger;
  /** Says goodbye to the sockets and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 *
 * @throws BpError `config/conflict` when the port is taken, `config/invalid` for an option that cannot be,
 *   `config/unreadable` or `sim/bad-recording` for the file of a recording
 * @example
 * const sandbox = await startSandbox({ seed: 7, speed: 10 });
 * const [alice] = sandbox.accounts;
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const speed = options.speed ?? 1;
  check(options, speed);
  let problem: BpError | undefined;
  const broken = (error: BpError) => {
    problem ??= error;
  };
  const recording = typeof options.market === "string" ? await openRecording(options.market, broken) : undefined;
  const accounts = options.accounts ?? namesOf(options.exchange) ?? defaultAccounts;
  const warmup = options.exchange === undefined && options.market === undefined ? (options.warmupMs ?? 10_000) : 0;
  const fixed = speed === "max" ? undefined : speed;
  const wall = Date.now() - warmup / (fixed ?? 1);
  const start = millis(Math.floor(wall));
  const source = sourceOf(options, recording, start);
  const exchange = options.exchange ?? createExchange({ ...options.rules, start, accounts, market: source });
  const times = createTimes(fixed, exchange.now(), wall);
  const house = createHouse(exchange, accounts, times, fixed ?? 1, options.rules?.takerDelayMs ?? 0);
  if (warmup > 0) exchange.advance(millis(exchange.now() + warmup));
  if (fixed === undefined) times.anchor(exchange.now());

  const pace = createPace(
    exchange,
    times,
    speed,
    () => recording?.ready() ?? true,
    (error) =>
      broken(isBpError(error) ? error : new BpError("sim/bad-market", { why: String(error) }, { cause: error })),
  );
  const faults = createFaults({
    cut: () => sockets.cut(),
    setOffset: (ms) => {
      times.offsetMs = ms;
    },
  });
  const hub = createHub((stream) => faults.forFrame(stream));
  const server = createRestServer(house, pace, faults, options.limits ?? {}, options.cdn ?? false);
  const sockets = openSockets(server, house, hub, faults, {
    pingMs: options.pingMs ?? 60_000,
    mostBuffered: options.mostBuffered ?? 4 << 20,
  });
  const stops = [
    startPublicStreams(house, hub),
    startPrivateStreams(house, hub),
    () => sockets.close(),
    () => recording?.close(),
  ];
  const stop = () => {
    pace.stop();
    for (const each of stops) each();
  };

  const host = options.host ?? "127.0.0.1";
  let port: number;
  try {
    port = await listen(server, host, options.port ?? 0);
  } catch (error) {
    stop();
    throw error;
  }
  pace.start();
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    rest: `http://${name}:${port}`,
    ws: `ws://${name}:${port}`,
    accounts: house.members.map(({ name: who, apiKey, secret }) => ({ name: who, apiKey, secret })),
    exchange,
    faults,
    get problem() {
      return problem;
    },
    get ended() {
      return recording !== undefined && source.nextAt() === undefined;
    },
    ledger: () => {
      pace.catchUp(2);
      return readLedger(house);
    },
    close: () => {
      stop();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 250).unref();
      });
    },
  };
}

function check({ port, seed }: SandboxOptions, speed: number | "max"): void {
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

function sourceOf({ seed = 1, market }: SandboxOptions, recording: Recording | undefined, start: Millis): MarketSource {
  if (recording !== undefined)
    return recordedMarket({ lines: recording.lines, ...(typeof market === "string" ? { file: market } : {}) });
  return market === undefined || typeof market === "string" ? generatedMarket({ seed, start }) : market;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new BpError(
              "config/conflict",
              {
                what: `port ${port} on ${host} is in use`,
                hint: "choose another `port`, or leave it out for a free one",
              },
              { cause: error },
            )
          : new BpError(
              "config/invalid",
              {
                path: "host",
                found: `${host}:${port}`,
                expected: `an address to listen on (${error.code ?? error.message})`,
              },
              { cause: error },
            ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port)); // a TCP server has such an address
  });
}
