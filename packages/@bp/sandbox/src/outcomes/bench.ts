// A venue for lines of the policy: the real client and adapter, a front that answers as a line says, and the sandbox behind it.
import { asterFuturesVenue, asterSpotVenue, createAster } from "@aster/client";
import { backpackVenue, createBackpack, createBudget, systemClock } from "@bp/client";
import {
  type BpError,
  clientId,
  type Instrument,
  lots,
  type PlaceOrder,
  symbolOf,
  ticks,
  type Unnumbered,
  type Venue,
} from "@bp/core";
import { type Exchange, scriptedMarket } from "@bp/sim";
import { createScene, player, type Scene } from "../contract/subjects/scene.ts";
import { startSandbox } from "../sandbox.ts";
import { type Front, openFront, type Wording } from "./front.ts";

/** Which of the venues, by which of its ways. */
export type BenchName = "backpack" | "aster futures v3" | "aster spot v1";

/** A venue that is open. */
export interface OutcomeBench {
  readonly name: BenchName;
  readonly venue: Venue;
  readonly front: Front;
  readonly scene: Scene;
  readonly facts: readonly Unnumbered[];
  readonly troubles: readonly BpError[];
  readonly market: Instrument;
  /** How long a request may still arrive, ms. */
  readonly patienceMs: number;
  /** The pause that the host has asked for, ms. */
  pausedMs(): number;
  /** Names at the venue of what rests there, by price. */
  rests(price: number): number;
  /** Takes away what rests at a price: the venue takes 200 orders in a market. */
  clear(price: number): void;
  /** Paths that a snapshot reads. */
  readonly lists: readonly RegExp[];
  readonly history: RegExp | undefined;
  readonly book: RegExp;
  readonly listenKey: RegExp | undefined;
  /** Stream of the book, in its frames. */
  readonly bookFrames: RegExp;
  /** An order of ours that was never used. */
  order(change?: Partial<PlaceOrder>): PlaceOrder;
  /** Sets the leverage, as a preparation does; resolves when it is set. */
  leverage(): Promise<unknown>;
  readonly leveragePath: readonly [method: string, path: RegExp] | undefined;
  close(): Promise<void>;
}

/** So long a request of Backpack, or of an old key of Aster, is good here, ms. */
const windowMs = 4_000;
const timeoutMs = 2_000;
const mostOrders = 1_000;
const plenty = 1_000_000;

/** Opens a bench and waits until its venue is whole. */
export async function openBench(name: BenchName): Promise<OutcomeBench> {
  const made = name === "backpack" ? await openBackpack() : await openAster(name);
  const { venue, scene, facts, front } = made;
  const life = new AbortController();
  const { id } = scene.instrument;
  const instruments = await venue.instruments();
  const market = instruments.find((each) => each.id === id);
  if (market === undefined) throw new Error(`${id} is not there`);
  const opened = venue.open({ instruments: [id], account: true }, (fact) => void facts.push(fact), life.signal);
  let used = 0;
  const bench: OutcomeBench = {
    ...made,
    name,
    market,
    order: (more = {}) => {
      used += 1;
      return {
        type: "order.place",
        clientId: clientId(0x0100_0000 + used),
        instrument: id,
        slot: "outcomes/order",
        side: "buy",
        price: ticks(9_870 - used),
        size: lots(market.minSize),
        tif: "gtx",
        reduceOnly: false,
        ...more,
      };
    },
    close: async () => {
      life.abort();
      await opened;
      await made.close();
      await front.close();
    },
  };
  await until(() => facts.some(({ type }) => type === "account.snapshot"), "a snapshot");
  await until(() => facts.some(({ type }) => type === "book.reset"), "a book");
  await wait(2_300); // the second look after connecting is over
  return bench;
}

/** Lets time pass. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits for something. @throws Error when it does not come */
export async function until(find: () => boolean, what: string, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !find(); await wait(20))
    if (Date.now() > end) throw new Error(`no ${what} in ${ms} ms`);
}

type Made = Omit<OutcomeBench, "name" | "market" | "order" | "facts" | "troubles"> & {
  readonly facts: Unnumbered[];
  readonly troubles: BpError[];
};

function common(scene: Scene, exchange: Exchange) {
  const facts: Unnumbered[] = [];
  const troubles: BpError[] = [];
  return {
    facts,
    troubles,
    scene,
    clear: (price: number) => {
      for (const order of exchange.openOrders(player, scene.instrument.id))
        if (order.price === price) exchange.cancel(player, { instrument: scene.instrument.id, id: order.id });
    },
    rests: (price: number) => scene.records(exchange).orders.filter((each) => each.price === price).length,
  };
}

async function openBackpack(): Promise<Made> {
  const scene = createScene({ id: "backpack:SOL_USDC_PERP", kind: "perp", base: "SOL", quote: "USDC", mostOrders });
  const limits = { perMinute: plenty };
  const sandbox = await startSandbox({ market: scene.market, accounts: scene.accounts, rules: scene.rules, limits });
  scene.begin(sandbox.exchange);
  const front = await openFront(sandbox, backpackWords);
  const clock = { ...systemClock };
  const budget = createBudget({ capacity: plenty, perMs: 60_000, reserved: 0.2, clock });
  const key = sandbox.accounts.find((each) => each.name === player);
  const client = createBackpack({
    clock,
    ...(key === undefined ? {} : { key }),
    restUrl: front.rest,
    wsUrl: front.ws,
    windowMs,
    timeoutMs,
    budget,
  });
  const base = common(scene, sandbox.exchange);
  return {
    ...base,
    front,
    venue: backpackVenue({ client, onTrouble: (error) => void base.troubles.push(error) }),
    patienceMs: 2 * windowMs,
    pausedMs: () => budget.pausedMs(),
    lists: [/^\/api\/v1\/orders$/, /^\/api\/v1\/position$/, /^\/api\/v1\/capital$/, /^\/wapi\/v1\/history\/fills$/],
    history: /^\/wapi\/v1\/history\/(orders|fills)$/,
    book: /^\/api\/v1\/depth$/,
    listenKey: undefined,
    bookFrames: /"stream":"depth\./,
    leverage: () => client.rest.account.update({ leverageLimit: "5" }),
    leveragePath: ["PATCH", /^\/api\/v1\/account$/],
    close: async () => {
      await client.close();
      await sandbox.close();
    },
  };
}

async function openAster(name: Exclude<BenchName, "backpack">): Promise<Made> {
  const service = name.includes("futures") ? "futures" : "spot";
  const scheme = name.endsWith("v1") ? "v1" : "v3";
  const kind = service === "futures" ? "perp" : "spot";
  const scene = createScene({ id: `aster-${service}:SOLUSDT`, kind, base: "SOL", quote: "USDT", mostOrders });
  const symbol = symbolOf(scene.instrument.id);
  const idle = scriptedMarket([{ ...scene.instrument, id: `backpack:${symbol}` }]);
  const limits = { weight: plenty, orders10s: plenty, ordersMinute: plenty };
  const own = { market: scene.market, accounts: scene.accounts, limits };
  const other = { market: idle, accounts: scene.accounts };
  const sandbox = await startSandbox({
    market: idle,
    accounts: scene.accounts,
    aster: { futures: service === "futures" ? own : other, spot: service === "spot" ? own : other },
  });
  const site = sandbox.aster?.[service];
  const login = sandbox.aster?.accounts.find((each) => each.name === player);
  if (site === undefined || login === undefined) throw new Error("no Aster sandbox");
  scene.begin(site.exchange);
  const front = await openFront(site, asterWords);
  const client = createAster({
    clock: { ...systemClock }, // pauses are remembered by clock and address, and addresses are used again
    key: scheme === "v1" ? { apiKey: login.hmac.key, secret: login.hmac.secret } : login.agent,
    [service]: { restUrl: front.rest, wsUrl: front.ws },
    timeoutMs,
    recvWindowMs: windowMs,
  });
  const base = common(scene, site.exchange);
  const onTrouble = (error: BpError) => void base.troubles.push(error);
  return {
    ...base,
    front,
    venue:
      service === "futures"
        ? asterFuturesVenue({ client: client.futures, recvWindowMs: windowMs, onTrouble })
        : asterSpotVenue({ client: client.spot, recvWindowMs: windowMs, onTrouble }),
    patienceMs: (scheme === "v1" ? windowMs : 10_000) + 2_000,
    pausedMs: () => client[service].budget.pausedMs(),
    lists: [/\/openOrders$/, /\/v\d\/account(WithJoinMargin)?$/, /\/userTrades$/],
    history: undefined,
    book: /\/depth$/,
    listenKey: /\/listenKey$/,
    bookFrames: /"e":"depthUpdate"/,
    leverage: () => client.futures.rest.account.setLeverage({ symbol, leverage: 5 }),
    leveragePath: service === "futures" ? ["POST", /\/leverage$/] : undefined,
    close: async () => {
      await client.close();
      await sandbox.close();
    },
  };
}

const strangersName = "990000001";
const strangersNumber = 4_242_424;

const backpackWords: Wording = {
  order: /^\/api\/v1\/order$/,
  parse: (query, body) => {
    const given: unknown = body === "" ? Object.fromEntries(new URLSearchParams(query)) : JSON.parse(body);
    return Object.fromEntries(Object.entries(given as object).map(([key, value]) => [key, String(value)])); // our own client wrote it
  },
  numberOf: ({ clientId: number }) => (number === undefined || number === null ? undefined : Number(number)),
  nameOf: ({ id, orderId }) => (id === undefined && orderId === undefined ? undefined : String(id ?? orderId)),
  strange: (call, asked, number, how) => ({
    id: strangersName,
    clientId: how === "stranger" ? strangersNumber : number,
    symbol: how === "stranger" ? asked["symbol"] : "BTC_USDC_PERP",
    createdAt: Date.now(),
    side: asked["side"] ?? "Bid",
    orderType: "Limit",
    price: asked["price"] ?? "98.5",
    quantity: asked["quantity"] ?? "0.05",
    executedQuantity: "0",
    executedQuoteQuantity: "0",
    timeInForce: "GTC",
    selfTradePrevention: "RejectTaker",
    status: call === "cancel" ? "Cancelled" : "New",
  }),
  marker: (number) => `"c":${number}`,
};

const asterWords: Wording = {
  order: /^\/f?api\/v\d\/order$/,
  parse: (query, body) => Object.fromEntries(new URLSearchParams(body === "" ? query : body)),
  numberOf: (order) => {
    const text = order["newClientOrderId"] ?? order["origClientOrderId"] ?? order["clientOrderId"];
    const digits = /^bp-(\d+)$/.exec(String(text))?.[1];
    return digits === undefined ? undefined : Number(digits);
  },
  nameOf: ({ orderId }) => (typeof orderId === "string" || typeof orderId === "number" ? String(orderId) : undefined),
  strange: (call, asked, number, how) => ({
    orderId: Number(strangersName),
    clientOrderId: `bp-${how === "stranger" ? strangersNumber : number}`,
    symbol: how === "stranger" ? asked["symbol"] : "BTCUSDT",
    side: asked["side"] ?? "BUY",
    status: call === "cancel" ? "CANCELED" : "NEW",
    origQty: asked["quantity"] ?? "0.05",
    executedQty: "0",
    cumQuote: "0",
    price: asked["price"] ?? "98.5",
    avgPrice: "0",
    stopPrice: "0",
    type: "LIMIT",
    origType: "LIMIT",
    timeInForce: "GTX",
    updateTime: Date.now(),
  }),
  marker: (number) => `"c":"bp-${number}"`,
};
