// The two Aster services on loopback, each over an exchange of its own.
import type { BpError, Instrument } from "@bp/core";
import {
  type AccountSketch,
  asterFuturesMarkets,
  asterSpotMarkets,
  createExchange,
  type Exchange,
  type ExchangeOptions,
  generatedMarket,
  type MarketSource,
} from "@bp/sim";
import type { Faults } from "../faults.ts";
import type { Answered } from "../http.ts";
import { type Ledger, readLedger } from "../ledger.ts";
import { type Beat, runExchange, startOf } from "../run.ts";
import { openSite, type Site } from "../site.ts";
import { type AsterAccount, enrol } from "./accounts.ts";
import { bracketsFor, collateral, defaultAsterAccounts } from "./defaults.ts";
import { type AsterHouse, type AsterSettings, createAsterHouse, type Service, withoutBands } from "./house.ts";
import { type AsterLimits, futuresLimits, spotLimits } from "./limits.ts";
import { createRespond } from "./respond.ts";
import { futuresRoutes, spotRoutes } from "./routes.ts";
import { type Announcement, announce } from "./streams/announce.ts";
import { startStreams } from "./streams/start.ts";
import { asterFrame, asterTalk } from "./streams/talk.ts";
import { mostOpenOrders, mostWaitingOrders } from "./wire/market.ts";

/** What one of the two services may be told. */
export interface AsterServiceOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** Left out: generated from the sandbox's seed. */
  readonly market?: MarketSource;
  /** Balances by account; a name that is left out has nothing. Default: enough of every kind. */
  readonly accounts?: readonly AccountSketch[];
  /** What differs from the venue's limits. */
  readonly limits?: Partial<AsterLimits>;
  /** What differs from the exchange's defaults. */
  readonly rules?: Pick<ExchangeOptions, "takerDelayMs" | "marketImpact" | "liquidationFee" | "queue">;
}

/** What the Aster part of a sandbox may be told; everything has a default. */
export interface AsterOptions {
  readonly futures?: AsterServiceOptions;
  readonly spot?: AsterServiceOptions;
  /** A post-only order that would take: taken and expired at once (default), or refused with -5022. */
  readonly gtxRefusal?: "expire" | "error";
  /** How old a REST book may be, ms; default 0. */
  readonly depthLagMs?: number;
  /** Life of a listen key; default 3600000. */
  readonly listenKeyMs?: number;
  /** Life of a connection; default 86400000. */
  readonly lifeMs?: number;
  /** Between pings; default 300000 on futures, 180000 on spot. */
  readonly pingMs?: number;
}

/** One service of a running sandbox. */
export interface AsterSite {
  /** `http://127.0.0.1:PORT` */
  readonly rest: string;
  /** `ws://127.0.0.1:PORT` */
  readonly ws: string;
  readonly exchange: Exchange;
  readonly faults: Faults;
  /** Hears what the service says to each request, whatever a fault makes of it; the answer takes the listener away. */
  readonly onAnswer: (listener: (answered: Answered) => void) => () => void;
  /** Exact balances, positions, orders, fills, fees and funding of every account. */
  ledger(): Ledger;
  /** Lets the venue say something on the streams. */
  announce(announcement: Announcement): void;
}

/** The Aster part of a running sandbox. */
export interface AsterSandbox {
  readonly futures: AsterSite;
  readonly spot: AsterSite;
  readonly accounts: readonly AsterAccount[];
}

/** What it takes from the sandbox around it. */
interface Around {
  readonly host: string;
  readonly seed: number;
  readonly beat: Beat;
  readonly mostBuffered: number;
  readonly broken: (error: BpError) => void;
}

/** @throws BpError as `openSite` */
export async function openAster(
  options: AsterOptions,
  around: Around,
): Promise<AsterSandbox & { close(): Promise<void> }> {
  const futures = await openService("futures", options, around);
  const spot = await openService("spot", options, around).catch(async (error: unknown) => {
    await futures.site.close();
    throw error;
  });
  futures.house.sibling = spot.house;
  spot.house.sibling = futures.house;
  return {
    futures: futures.outside,
    spot: spot.outside,
    accounts: futures.house.members.map(({ name, hmac, agent, wallet }) => ({ name, hmac, agent, wallet })),
    close: async () => {
      await Promise.all([futures.site.close(), spot.site.close()]);
    },
  };
}

interface Opened {
  readonly site: Site;
  readonly house: AsterHouse;
  readonly outside: AsterSite;
}

async function openService(service: Service, options: AsterOptions, around: Around): Promise<Opened> {
  const own = options[service] ?? {};
  const { beat } = around;
  const start = startOf(beat);
  const source = own.market ?? generatedMarket({ seed: around.seed, start, instruments: marketsOf(service) });
  const accounts = own.accounts ?? defaultAsterAccounts(service);
  const brackets = new Map(service === "futures" ? source.instruments.map((each) => [each.id, bracketsFor(each)]) : []);
  const exchange = createExchange({
    ...own.rules,
    start,
    accounts,
    market: withoutBands(source),
    maxOpenOrders: mostOpenOrders,
    maxWaitingOrders: mostWaitingOrders,
    maxLeverage: 125,
    brackets: Object.fromEntries(brackets),
    collateral,
  });
  const warm = own.market === undefined ? beat : { ...beat, warmupMs: 0 };
  const running = runExchange(exchange, warm, own.rules?.takerDelayMs ?? 0, () => false, around.broken);
  const futures = service === "futures";
  const settings: AsterSettings = {
    limits: { ...(futures ? futuresLimits : spotLimits), ...own.limits },
    gtxRefusal: options.gtxRefusal ?? "expire",
    depthLagMs: options.depthLagMs ?? 0,
    listenKeyMs: options.listenKeyMs ?? 3_600_000,
    messagesPerSecond: futures ? 10 : 5,
    mostStreams: futures ? 200 : 1024,
  };
  const members = enrol(accounts.map(({ name }) => name));
  const house = createAsterHouse(running.house, service, source.instruments, members, settings, brackets);
  running.warmUp();
  const pingMs = options.pingMs ?? (futures ? 300_000 : 180_000);
  let say: ((announcement: Announcement) => void) | undefined;
  const site = await openSite(
    running,
    {
      host: around.host,
      port: own.port ?? 0,
      pingMs,
      patienceMs: futures ? pingMs * 3 : Math.round((pingMs * 10) / 3),
      mostBuffered: around.mostBuffered,
      lifeMs: options.lifeMs ?? 86_400_000,
    },
    asterFrame,
    (hub) => {
      const stopStreams = startStreams(house, hub);
      say = (announcement) => announce(house, hub, announcement);
      return {
        respond: createRespond(house, running.pace, futures ? "/fapi" : "/api", futures ? futuresRoutes : spotRoutes),
        talk: (connection) => asterTalk(house, hub, connection),
        stop: () => {
          stopStreams();
          house.stop();
        },
      };
    },
  );
  const outside: AsterSite = {
    rest: site.rest,
    ws: site.ws,
    exchange,
    faults: site.faults,
    onAnswer: site.onAnswer,
    ledger: () => {
      running.pace.catchUp(2);
      return readLedger(running.house);
    },
    announce: (announcement) => say?.(announcement),
  };
  return { site, house, outside };
}

const marketsOf = (service: Service): readonly Instrument[] =>
  service === "futures" ? asterFuturesMarkets() : asterSpotMarkets();
