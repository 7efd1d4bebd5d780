// One socket to Backpack, public or private.
import { type Connection, createConnection } from "@bp/adapter";
import type { Clock } from "@bp/core";
import type { Skew } from "@bp/transport";
import { dialectOf, type Signer } from "./dialect.ts";

/** Where to connect, and for whom. */
export interface ConnectOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Given for the private connection. */
  readonly signer: Signer | undefined;
  readonly proxy: string | undefined;
}

/** A connection that opens when the first stream is wanted; a private one measures the venue's clock before it signs. */
export function connect({ signer, ...options }: ConnectOptions): Connection {
  const dialect = dialectOf(signer);
  if (signer === undefined) return createConnection({ ...options, dialect });
  const { skew } = signer;
  const repair = repairSignature(skew, options.clock);
  const subscribe: typeof dialect.subscribe = (names, id) => {
    try {
      return dialect.subscribe(names, id);
    } catch (error) {
      // It is tried again in a second: nobody else may be there who measures the clock until then.
      skew.sync().catch(() => undefined); // the next try says what is wrong with it
      throw error;
    }
  };
  return createConnection({
    ...options,
    dialect: { ...dialect, subscribe },
    // Also without a good clock: the subscription says what is wrong, and tries again.
    beforeOpen: (signal) =>
      skew.offsetMs === undefined
        ? skew.sync(signal).then(
            () => undefined,
            () => undefined,
          )
        : undefined,
    onRefused: ({ code }, reconnect) => {
      if (code === "4003") repair.start(reconnect);
    },
    onHeard: repair.worked,
  });
}

/** After "invalid signature": measures the clock and connects anew, at growing distances while it does not help. */
function repairSignature(skew: Skew, clock: Clock) {
  let failures = 0;
  let running = false;
  const run = async (reconnect: (why: string) => void) => {
    await skew.sync().catch(() => undefined); // the next frame says what is wrong with the clock
    await clock.sleep(Math.min(60_000, 500 * 2 ** failures));
    failures += 1;
    running = false;
    reconnect("the venue refused our signature");
  };
  return {
    start: (reconnect: (why: string) => void) => {
      if (running) return;
      running = true;
      run(reconnect).catch(() => undefined); // it has nothing left that throws
    },
    worked: () => {
      failures = 0;
    },
  };
}
