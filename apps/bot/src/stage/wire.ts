// A stage over real sockets: our sandbox in this process, one in another, or the venue itself.
import { createHash } from "node:crypto";
import { backpackVenue, createBackpack } from "@bp/client";
import { Big, type Clock, type InstrumentId, symbolOf, type Venue } from "@bp/core";
import { live, paceOf } from "@bp/engine";
import { type Proxies, systemClock } from "@bp/transport";
import type { Keys } from "./keys.ts";
import type { Ledger, Stage } from "./stage.ts";
import { tellTroubles } from "./trouble.ts";

/** What is set up over the wire. */
export interface WireOptions {
  readonly place: "sandbox" | "paper" | "live";
  readonly rest?: string | undefined;
  readonly ws?: string | undefined;
  readonly proxy?: Proxies | undefined;
  readonly keys?: Keys | undefined;
  readonly speed: number;
  readonly seed: number | undefined;
  readonly lasts: boolean;
  readonly about: string;
  /** How long a signed request is good, ms; default: the client's. */
  readonly windowMs?: number | undefined;
  /** How long an answer is waited for, ms; default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Puts something between the venue and the run: the paper exchange. */
  readonly wrap?: (venue: Venue, clock: Clock) => Venue;
  readonly ledger?: (instrument: InstrumentId) => Ledger;
  readonly close?: () => Promise<void>;
}

/** Connects nothing yet: that begins with `drive`. @throws BpError `signing/*` for keys that cannot be */
export function wireStage(options: WireOptions): Stage {
  const { place, rest, ws, proxy, keys, windowMs, timeoutMs, wrap } = options;
  const clock = systemClock;
  const client = createBackpack({
    clock,
    ...(rest === undefined ? {} : { restUrl: rest }),
    ...(ws === undefined ? {} : { wsUrl: ws }),
    proxy: proxy ?? {}, // a sandbox of ours is reached straight
    ...(keys === undefined ? {} : { key: keys }),
    ...(windowMs === undefined ? {} : { windowMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const onTrouble = tellTroubles(clock, (line) => process.stderr.write(`${line}\n`));
  const real = backpackVenue({ client, id: "backpack", clock, onTrouble });
  const venue = wrap?.(real, clock) ?? real;
  const pace = paceOf(options.speed, clock.now());
  const { ledger } = options;
  return {
    place,
    venue,
    clock,
    speed: options.speed,
    seed: options.seed,
    account: `${place}/${fingerprint(`${rest ?? "backpack"} ${keys?.apiKey ?? ""}`)}`,
    lasts: options.lasts,
    about: options.about,
    drive: async (instruments, handle, signal) => {
      await live({ venues: [venue], instruments, handle, clock, signal, pace });
      return undefined;
    },
    now: () => pace.toMarket(clock.now()),
    pause: (ms) => clock.sleep(ms),
    mid: async (instrument) => {
      const { bids, asks } = await client.rest.markets.depth({ symbol: symbolOf(instrument.id), limit: 5 });
      const prices = (levels: readonly (readonly [string, string])[]) =>
        levels.map(([price]) => new Big(price)).toSorted((a, b) => a.cmp(b));
      const bid = prices(bids).at(-1);
      const [ask] = prices(asks);
      return bid === undefined || ask === undefined ? undefined : bid.plus(ask).div(2).toFixed();
    },
    ...(ledger === undefined ? {} : { ledger }),
    close: async () => {
      await real.close();
      await client.close();
      await options.close?.();
    },
  };
}

/** Tells accounts apart without showing any of the key. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
