// For the tests of Backpack: its markets moved by hand, a client that signs, samples to hold answers against.
import { readFileSync } from "node:fs";
import { type Instrument, instrument, millis } from "@bp/core";
import { canonical, canonicalBatch, ed25519Key, type Params } from "@bp/signing";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox.ts";
import { type Loose, type Reply, replyOf, type Stage, stageOf } from "../trial.fixture.ts";
import type { SandboxAccount } from "./accounts.ts";

export const spot: Instrument = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  maker: "0.0008",
  taker: "0.001",
});

export const perp: Instrument = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

/** Spot and perpetual, empty. */
export const createStage = (): Stage => stageOf([spot, perp]);

/** A sandbox on a stage; both books hold 98.96 × 288.77 and 98.90 × 12.5 against 98.97 × 22.39 and 99.14 × 4. */
export async function play(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; stage: Stage; alice: Client; bob: Client }> {
  const stage = createStage();
  const sandbox = await startSandbox({ market: stage.source, ...options });
  for (const { id } of [spot, perp]) {
    stage.offer(id, "buy", 9896, 28_877);
    stage.offer(id, "buy", 9890, 1250);
    stage.offer(id, "sell", 9897, 2239);
    stage.offer(id, "sell", 9914, 400);
  }
  stage.hands.mark(perp.id, 9894, 9894.998504);
  sandbox.exchange.advance(millis(sandbox.exchange.now() + 1)); // books are told when time passes
  const [alice, bob] = sandbox.accounts;
  if (alice === undefined || bob === undefined) throw new Error("two accounts are needed");
  return { sandbox, stage, alice: createClient(sandbox, alice), bob: createClient(sandbox, bob) };
}

/** How a test may spoil a request. */
interface Spoil {
  readonly timestamp?: number;
  readonly window?: number | "none";
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signedParams?: Params;
}

export interface Client {
  readonly account: SandboxAccount;
  call(method: string, path: string, instruction: string, params?: Params, spoil?: Spoil): Promise<Reply>;
  batch(items: readonly Params[]): Promise<Reply>;
  order(params: Params): Promise<Reply>;
  subscribeFrame(
    streams: readonly string[],
    spoil?: { readonly window?: number; readonly timestamp?: number; readonly signature?: string },
  ): string;
}

/** Anything unsigned. */
export async function get(sandbox: Sandbox, path: string): Promise<Reply> {
  return replyOf(await fetch(sandbox.rest + path));
}

/** Signs as the venue's documentation says, by hand, so that the tests do not lean on our own client. */
export function createClient(sandbox: Sandbox, account: SandboxAccount): Client {
  const key = ed25519Key(account.apiKey, account.secret);
  const send = async (
    method: string,
    path: string,
    text: (timestamp: number, window: number) => string,
    body: unknown,
    spoil: Spoil,
  ) => {
    const timestamp = spoil.timestamp ?? Date.now();
    const window = spoil.window === "none" ? 5000 : (spoil.window ?? 5000);
    const headers: Record<string, string> = {};
    const all = {
      "X-API-Key": account.apiKey,
      "X-Signature": key.sign(text(timestamp, window)),
      "X-Timestamp": String(timestamp),
      "X-Window": spoil.window === "none" ? undefined : String(window),
      "Content-Type": body === undefined ? undefined : "application/json; charset=utf-8",
      ...spoil.headers,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) headers[name] = value;
    return replyOf(
      await fetch(sandbox.rest + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  };
  const client: Client = {
    account,
    call: (method, path, instruction, params = {}, spoil = {}) => {
      const query = new URLSearchParams(
        Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString();
      const isGet = method === "GET";
      return send(
        method,
        isGet && query !== "" ? `${path}?${query}` : path,
        (timestamp, window) => canonical(instruction, spoil.signedParams ?? params, timestamp, window),
        isGet ? undefined : params,
        spoil,
      );
    },
    batch: (items) =>
      send(
        "POST",
        "/api/v1/orders",
        (timestamp, window) => canonicalBatch("orderExecute", items, timestamp, window),
        items,
        {},
      ),
    order: (params) => client.call("POST", "/api/v1/order", "orderExecute", params),
    subscribeFrame: (streams, { window = 5000, timestamp = Date.now(), signature } = {}) =>
      JSON.stringify({
        method: "SUBSCRIBE",
        params: streams,
        signature: [
          account.apiKey,
          signature ?? key.sign(canonical("subscribe", undefined, timestamp, window)),
          String(timestamp),
          String(window),
        ],
      }),
  };
  return client;
}

/** A captured or documented payload. */
export function sample(name: string): Loose {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), "utf8"));
}

/** Keys of an object and of the objects inside it, sorted, whatever the values; an array stands for its first element. */
export function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [keysOf(value[0])];
  if (typeof value !== "object" || value === null) return true;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, keysOf(inner)]),
  );
}
