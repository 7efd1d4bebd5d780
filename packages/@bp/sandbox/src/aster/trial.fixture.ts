// For the tests of Aster: markets moved by hand, clients that sign by hand in both ways, samples to hold answers against.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { type InstrumentId, millis } from "@bp/core";
import { agentKey } from "@bp/signing";
import { asterFuturesMarkets, asterSpotMarkets, scriptedMarket } from "@bp/sim";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox.ts";
import { type Loose, type Reply, replyOf, type Stage, stageOf } from "../trial.fixture.ts";
import type { AsterAccount } from "./accounts.ts";
import type { AsterOptions, AsterSite } from "./open.ts";

export const btc: InstrumentId = "aster-futures:BTCUSDT";
export const spotBtc: InstrumentId = "aster-spot:BTCUSDT";

export type Params = Readonly<Record<string, string | number | boolean>>;

/** Somebody who signs for one account at one service. */
export interface Caller {
  /** V3, parameters in the query of a GET, else in the body. */
  v3(method: string, path: string, params?: Params): Promise<Reply>;
  /** V1, everything in the query. */
  v1(method: string, path: string, params?: Params): Promise<Reply>;
  /** V3, and the answer has to be a success. */
  ok(method: string, path: string, params?: Params): Promise<Loose>;
  /** V3, and the answer has to be this error. */
  code(method: string, path: string, params?: Params): Promise<number>;
}

export interface Played {
  readonly sandbox: Sandbox;
  readonly futures: Stage;
  readonly spot: Stage;
  readonly accounts: readonly AsterAccount[];
  /** `alice` unless said otherwise. */
  caller(service: "futures" | "spot", account?: number): Caller;
  site(service: "futures" | "spot"): AsterSite;
  /** Lets both exchanges pass so many ms. */
  pass(ms: number): void;
}

/** Futures: BTC 59,900.0 × 1 and 59,890.0 × 2 against 59,910.0 × 1 and 59,920.0 × 2, mark 59,905; spot likewise. */
export async function playAster(aster: AsterOptions = {}, options: SandboxOptions = {}): Promise<Played> {
  const futures = stageOf(asterFuturesMarkets());
  const spot = stageOf(asterSpotMarkets());
  const sandbox = await startSandbox({
    market: scriptedMarket([]),
    ...options,
    aster: {
      ...aster,
      futures: { market: futures.source, ...aster.futures },
      spot: { market: spot.source, ...aster.spot },
    },
  });
  const venue = sandbox.aster;
  if (venue === undefined) throw new Error("no Aster");
  for (const [hand, id, tick, lot] of [
    [futures, btc, 10, 1000],
    [spot, spotBtc, 100, 100_000],
  ] as const) {
    hand.offer(id, "buy", 59_900 * tick, lot);
    hand.offer(id, "buy", 59_890 * tick, 2 * lot);
    hand.offer(id, "sell", 59_910 * tick, lot);
    hand.offer(id, "sell", 59_920 * tick, 2 * lot);
    hand.mark(id, 59_905 * tick);
  }
  const pass = (ms: number) => {
    for (const { exchange } of [venue.futures, venue.spot]) exchange.advance(millis(exchange.now() + ms));
  };
  pass(1);
  const site = (service: "futures" | "spot") => venue[service];
  return {
    sandbox,
    futures,
    spot,
    accounts: venue.accounts,
    site,
    pass,
    caller: (service, account = 0) => callerOf(site(service), accountAt(venue.accounts, account)),
  };
}

export function accountAt(accounts: readonly AsterAccount[], at: number): AsterAccount {
  const found = accounts[at];
  if (found === undefined) throw new Error("no such account");
  return found;
}

let last = 0;
/** Microseconds, never twice the same. */
export function nextNonce(): number {
  last = Math.max(last + 1, Date.now() * 1000);
  return last;
}

/** Form-encoded, in the order given. */
export const encoded = (params: Params): string =>
  Object.entries(params)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join("&");

export const form = { "content-type": "application/x-www-form-urlencoded" };

/** Signs for an account at a service. */
export function callerOf(site: AsterSite, account: AsterAccount): Caller {
  const key = agentKey({ ...account.agent, chainId: 1666 });
  const v3: Caller["v3"] = async (method, path, params = {}) => {
    const text = encoded({ ...params, nonce: nextNonce(), user: account.agent.user, signer: account.agent.signer });
    const signed = `${text}&signature=${key.sign(text)}`;
    if (method === "GET") return replyOf(await fetch(`${site.rest}${path}?${signed}`));
    const init: RequestInit = { method, body: signed, headers: form };
    return replyOf(await fetch(site.rest + path, init));
  };
  return {
    v3,
    v1: async (method, path, params = {}) => {
      const text = encoded({ ...params, timestamp: Date.now() });
      const signature = createHmac("sha256", account.hmac.secret).update(text).digest("hex");
      return replyOf(
        await fetch(`${site.rest}${path}?${text}&signature=${signature}`, {
          method,
          headers: { "X-MBX-APIKEY": account.hmac.key },
        }),
      );
    },
    ok: async (method, path, params) => {
      const { status, json, text } = await v3(method, path, params);
      if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
      return json;
    },
    code: async (method, path, params) => (await v3(method, path, params)).json?.code,
  };
}

/** A captured or documented payload. */
export function sample(name: string): Loose {
  return JSON.parse(readFileSync(new URL(`../../fixtures/aster/${name}.json`, import.meta.url), "utf8"));
}

/**
 * What a value lacks of a sample: paths of fields that are missing or of another kind. An array stands for its first
 * element, an empty one for nothing; `null` fits everything.
 */
export function lacks(value: unknown, wanted: unknown, path = ""): readonly string[] {
  if (wanted === null || value === null) return [];
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value)) return [`${path}: no array`];
    if (wanted.length === 0) return [];
    return value.length === 0 ? [`${path}: empty`] : lacks(value[0], wanted[0], `${path}[]`);
  }
  if (typeof wanted !== "object") return typeof value === typeof wanted ? [] : [`${path}: ${typeof value}`];
  if (typeof value !== "object") return [`${path}: no object`];
  const fields = new Map(Object.entries(value));
  return Object.entries(wanted).flatMap(([key, inner]) =>
    fields.has(key) ? lacks(fields.get(key), inner, `${path}.${key}`) : [`${path}.${key}: missing`],
  );
}
