// What Aster's venues have beyond the contract: modes of the account, countdowns, strangers, funding, two accounts at once.
import { isDeepStrictEqual } from "node:util";
import {
  type Aster,
  type AsterFuturesVenueOptions,
  asterFuturesVenue,
  asterSpotVenue,
  createAster,
} from "@aster/client";
import {
  Big,
  type BpError,
  clientId,
  type Instrument,
  type InstrumentId,
  isBpError,
  lots,
  millis,
  type PlaceOrder,
  ticks,
  type Unnumbered,
  type Venue,
} from "@bp/core";
import type { AccountSketch, Exchange } from "@bp/sim";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { contractCases } from "./cases.ts";
import { runCase } from "./run.ts";
import { asterSubject } from "./subjects/aster.ts";
import { createScene, type Scene } from "./subjects/scene.ts";

vi.setConfig({ maxConcurrency: 2 }); // an order that waits for the signatures of many other cases is too old to leave
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Play {
  readonly sandbox: Sandbox;
  readonly scene: Scene;
  readonly exchange: Exchange;
  readonly client: (name: string) => Aster;
}

/** Futures with the scene's market, and accounts as they are given. */
async function play(accounts?: readonly AccountSketch[]): Promise<Play> {
  const scene = createScene({ id: "aster-futures:SOLUSDT", kind: "perp", base: "SOL", quote: "USDT", mostOrders: 200 });
  const idle = createScene({ id: "aster-spot:SOLUSDT", kind: "spot", base: "SOL", quote: "USDT" });
  const other = createScene({ id: "backpack:SOL_USDC", kind: "spot", base: "SOL", quote: "USDC" });
  const sandbox = await startSandbox({
    market: other.market,
    accounts: other.accounts,
    aster: {
      futures: { market: scene.market, accounts: accounts ?? scene.accounts },
      spot: { market: idle.market, accounts: accounts ?? idle.accounts },
    },
  });
  ends.push(() => sandbox.close());
  const { aster } = sandbox;
  if (aster === undefined) throw new Error("no Aster");
  scene.begin(aster.futures.exchange);
  idle.begin(aster.spot.exchange);
  const client = (name: string) => {
    const login = aster.accounts.find((each) => each.name === name);
    if (login === undefined) throw new Error(name);
    const made = createAster({
      key: login.agent,
      futures: { restUrl: aster.futures.rest, wsUrl: aster.futures.ws },
      spot: { restUrl: aster.spot.rest, wsUrl: aster.spot.ws },
    });
    ends.push(() => made.close());
    return made;
  };
  return { sandbox, scene, exchange: aster.futures.exchange, client };
}

/** A venue that is open, and what it tells. */
function watch(venue: Venue, instrument: InstrumentId) {
  const facts: Unnumbered[] = [];
  const life = new AbortController();
  const opened = venue.open({ instruments: [instrument], account: true }, (fact) => facts.push(fact), life.signal);
  let failure: unknown;
  opened.catch((error: unknown) => {
    failure = error;
  });
  const close = async () => {
    life.abort();
    await opened.catch(() => undefined);
  };
  ends.push(close);
  const until = async <T>(find: () => T | undefined | false, what: string): Promise<T> => {
    const end = Date.now() + 60_000;
    for (;;) {
      if (failure !== undefined) throw failure;
      const found = find();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`${what} did not happen`);
      await rest(5);
    }
  };
  const all = <T extends Unnumbered["type"]>(type: T) =>
    facts.filter((fact): fact is Extract<Unnumbered, { readonly type: T }> => fact.type === type);
  const ready = () => until(() => all("account.snapshot")[0], "a snapshot");
  return { facts, until, all, ready, close, opened };
}

const hourMs = 3_600_000;
const hours = (at: number) => Math.floor(at / hourMs) * hourMs;

let count = 0;
function order(instrument: InstrumentId, change: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    type: "order.place",
    clientId: clientId(++count),
    instrument,
    slot: "test/order",
    side: "buy",
    price: ticks(9_880),
    size: lots(50),
    tif: "gtx",
    reduceOnly: false,
    ...change,
  };
}

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const id = "aster-futures:SOLUSDT";

function venueOf(client: Aster, options: Partial<AsterFuturesVenueOptions> = {}) {
  const troubles: BpError[] = [];
  const venue = asterFuturesVenue({ client: client.futures, onTrouble: (error) => troubles.push(error), ...options });
  return { venue, troubles };
}

describe("the account's position mode", () => {
  const hedged: AccountSketch = { name: "alice", balances: { USDT: "10000" }, positionMode: "hedge" };

  it("refuses to open an account in another mode, and says what to do", async () => {
    const { client } = await play([hedged]);
    const { venue } = venueOf(client("alice"));
    const failed: unknown = await venue
      .open({ instruments: [id], account: true }, () => undefined, new AbortController().signal)
      .catch((error: unknown) => error);
    expect(isBpError(failed, "config/conflict")).toBe(true);
    expect(String(failed)).toMatch(/hedge mode, and one-way mode is expected.*positionMode: "hedge"/);
  });

  it("trades in hedge mode where that is wished, and tells what is held on the whole", async () => {
    const { client, exchange } = await play([hedged]);
    const { venue } = venueOf(client("alice"), { positionMode: "hedge" });
    const { all, until, ready } = watch(venue, id);
    await ready();
    venue.send(order(id, { price: ticks(9_910), size: lots(60), tif: "ioc" }));
    await until(() => all("order.filled").length === 1, "the long");
    venue.send(order(id, { side: "sell", price: ticks(9_890), size: lots(20), tif: "ioc" }));
    await until(() => all("order.filled").length === 2, "the short");
    venue.send(order(id, { side: "sell", price: ticks(9_890), size: lots(10), tif: "ioc", reduceOnly: true }));
    await until(() => all("order.filled").length === 3, "a part of the long");
    expect(
      exchange
        .positions("alice")
        .map(({ size }) => size)
        .toSorted((a, b) => a - b),
    ).toEqual([-20, 50]);
    const before = all("account.snapshot").length;
    venue.send({ type: "account.ask", venue: "aster-futures", why: "a test" });
    await until(() => all("account.snapshot").length > before, "a snapshot");
    expect(
      all("account.snapshot")
        .at(-1)
        ?.positions.map(({ size }) => size),
    ).toEqual([30]);
  });

  it("loses the account when somebody changes the mode, and has it again when it is changed back", async () => {
    const { client } = await play();
    const { venue, troubles } = venueOf(client("alice"));
    const { facts, until, ready } = watch(venue, id);
    await ready();
    const links = (type: string) =>
      facts.filter((fact) => fact.type === type && "stream" in fact && fact.stream === "account");
    await rest(300);
    const page = client("alice").futures.rest.account;
    await page.setPositionMode({ dualSidePosition: true });
    await until(() => links("link.lost").length === 1, "the loss");
    expect(troubles.some(({ message }) => message.includes("hedge mode"))).toBe(true);
    await page.setPositionMode({ dualSidePosition: false });
    await until(() => links("link.restored").length === 2, "the return");
  });
});

describe("an order that has to wait", () => {
  it.each(["futures", "spot"] as const)(
    "is not sent when its turn comes and it may not leave, on %s",
    async (service) => {
      const { client, sandbox } = await play();
      const own = client("alice");
      const venue = service === "futures" ? venueOf(own).venue : asterSpotVenue({ client: own.spot });
      const market: InstrumentId = `aster-${service}:SOLUSDT`;
      const { all, until, ready } = watch(venue, market);
      await ready();
      const faults = sandbox.aster?.[service].faults;
      faults?.request(
        { method: "POST", path: /\/order$/ },
        { do: "answer", status: 429, headers: { "retry-after": "3" } },
      );
      venue.send(order(market));

      await until(() => all("order.rejected").length === 1, "a pause");
      const waiting = order(market);
      let may = true;
      venue.send(waiting, () => may);
      may = false;
      await until(() => all("order.rejected").length === 2, "its turn");
      expect(all("order.rejected")[1]).toMatchObject({ clientId: waiting.clientId, reason: "other" });
      expect(all("order.rejected")[1]?.text).toContain("not sent");
      expect(all("order.accepted")).toEqual([]);
    },
  );
});

describe("the countdown", () => {
  it("takes our orders back when we go silent, and that is told", async () => {
    const { client, exchange } = await play();
    const { venue } = venueOf(client("alice"), { countdown: { ms: 400, everyMs: 60_000 } });
    const { all, until, ready } = watch(venue, id);
    await ready();
    venue.send(order(id));
    await until(() => all("order.accepted").length === 1, "the order");
    await until(() => all("order.cancelled").length === 1, "its end");
    expect(exchange.openOrders("alice")).toEqual([]);
  });

  it("lets them stay while we speak, and is stopped when nothing rests", async () => {
    const { client, exchange, sandbox } = await play();
    const { venue } = venueOf(client("alice"), { countdown: { ms: 4_000, everyMs: 500 } });
    const { all, until, ready, close } = watch(venue, id);
    const stops: unknown[] = [];
    sandbox.aster?.futures.onAnswer(({ answer }) => {
      if (answer !== undefined && isDeepStrictEqual(answer.json, { symbol: "SOLUSDT", countdownTime: "0" }))
        stops.push(answer);
    });
    await ready();
    const resting = order(id);
    venue.send(resting);
    await until(() => all("order.accepted").length === 1, "the order");
    await rest(5_000);
    expect(exchange.openOrders("alice")).toHaveLength(1);
    venue.send({ type: "order.cancel", clientId: resting.clientId, instrument: id });
    await until(() => all("order.cancelled").length === 1, "the cancel");
    await until(() => stops.length > 0, "the stop");
    await close();
    expect(stops).toHaveLength(1);
  });

  it("is stopped where what rests is to stay, and the orders outlive the venue", async () => {
    const { client, exchange } = await play();
    const { venue } = venueOf(client("alice"), { countdown: { ms: 4_000, everyMs: 500 } });
    const { all, until, ready, close } = watch(venue, id);
    await ready();
    venue.send(order(id));
    await until(() => all("order.accepted").length === 1, "the order");
    await venue.letStay();
    await close();
    await rest(5_000);
    expect(exchange.openOrders("alice")).toHaveLength(1);
  });

  it("never touches orders of somebody else in the same account", async () => {
    const { client, exchange } = await play();
    const { venue, troubles } = venueOf(client("alice"), { countdown: { ms: 4_000, everyMs: 500 } });
    const own = client("alice").futures.rest.trade;
    const stranger = {
      symbol: "SOLUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "1",
      price: "98",
    } as const;
    await own.place({ ...stranger, newClientOrderId: "web_1" });
    const { all, until, ready } = watch(venue, id);
    await ready();
    venue.send(order(id));
    await until(() => all("order.accepted").length === 1, "our order");
    await rest(5_000);
    expect(exchange.openOrders("alice")).toHaveLength(2);
    expect(troubles.some(({ message }) => message.includes("not ours rest in SOLUSDT"))).toBe(true);
    expect(
      all("account.snapshot")
        .at(-1)
        ?.orders.map(({ clientId: ours }) => ours === undefined),
    ).toContain(true);
  });
});

describe("what nobody here ordered", () => {
  it("is told without a client id", async () => {
    const { client } = await play();
    const { venue } = venueOf(client("alice"));
    const { all, until, ready } = watch(venue, id);
    await ready();
    await rest(300);
    const { trade } = client("alice").futures.rest;
    const hand = { symbol: "SOLUSDT", side: "BUY", type: "MARKET", quantity: "0.5" } as const;
    await trade.place({ ...hand, newClientOrderId: "android_77" });
    const fill = await until(() => all("order.filled")[0], "the fill");
    expect([fill.clientId, fill.side, fill.size]).toEqual([undefined, "buy", 50]);
  });
});

describe("funding", () => {
  it("is told once for each payment", async () => {
    const { client, scene, exchange } = await play();
    const { venue } = venueOf(client("alice"));
    const { all, until, ready } = watch(venue, id);
    await ready();
    venue.send(order(id, { price: ticks(9_910), size: lots(100), tif: "ioc" }));
    await until(() => all("order.filled").length === 1, "the position");
    await rest(300);
    scene.market.hands.mark(id, 9_900, 9_900, { rate: 0.001, at: millis(hours(exchange.now()) + hourMs) });
    exchange.advance(millis(hours(exchange.now()) + hourMs)); // to the next stamp
    const paid = await until(() => all("funding.paid")[0], "the payment");
    expect([paid.instrument, paid.asset, paid.amount.startsWith("-")]).toEqual([id, "USDT", true]);
    expect(new Big(paid.amount).eq(exchange.fundingPayments("alice")[0]?.amount ?? 0)).toBe(true);
    await rest(2_500);
    expect(all("funding.paid")).toHaveLength(exchange.fundingPayments("alice").length);
  }, 180_000);
});

describe("two accounts", () => {
  it("are two venues with their own markets, orders and money", async () => {
    const balances = { USDT: "10000" };
    const { client } = await play([
      { name: "alice", balances },
      { name: "bob", balances },
    ]);
    const a = asterFuturesVenue({ client: client("alice").futures, id: "aster-a" });
    const b = asterFuturesVenue({ client: client("bob").futures, id: "aster-b" });
    const [alice, bob] = [watch(a, "aster-a:SOLUSDT"), watch(b, "aster-b:SOLUSDT")];
    await Promise.all([alice.ready(), bob.ready()]);
    a.send(order("aster-a:SOLUSDT", { side: "sell", price: ticks(9_900), size: lots(70) }));
    await alice.until(() => alice.all("order.accepted").length === 1, "the offer");
    b.send(order("aster-b:SOLUSDT", { price: ticks(9_900), size: lots(70), tif: "ioc" }));
    const sold = await alice.until(() => alice.all("order.filled")[0], "the sale");
    const bought = await bob.until(() => bob.all("order.filled")[0], "the purchase");
    expect([sold.instrument, sold.liquidity, bought.instrument, bought.liquidity]).toEqual([
      "aster-a:SOLUSDT",
      "maker",
      "aster-b:SOLUSDT",
      "taker",
    ]);
    expect(sold.tradeId).toBe(bought.tradeId);
  });
});

describe("instruments", () => {
  it("have this account's fees and margin once they are open, and other fees until then", async () => {
    const { client } = await play([
      { name: "alice", balances: { USDT: "10000" }, fees: { maker: "0.0001", taker: "0.00035" } },
    ]);
    const { venue } = venueOf(client("alice"));
    const [listed] = await venue.instruments();
    expect(listed?.fees).toEqual({ maker: "0.0002", taker: "0.0004" });
    const { ready, until, all } = watch(venue, id);
    await ready();
    venue.send(order(id, { price: ticks(9_910), size: lots(100), tif: "ioc" }));
    const fill = await until(() => all("order.filled")[0], "the fill");
    expect(new Big(fill.fee).eq("0.034685")).toBe(true); // 99.10 × 0.00035
    const [opened]: readonly Instrument[] = await venue.instruments();
    expect([Number(opened?.fees.maker), Number(opened?.fees.taker)]).toEqual([0.0001, 0.00035]);
    expect(Number(opened?.margin?.initial.base)).toBeGreaterThan(0);
  });

  it("are spot markets that are real ones", async () => {
    const { client } = await play();
    const venue = asterSpotVenue({ client: client("alice").spot });
    const listed = await venue.instruments();
    expect(listed.map(({ id: name, kind, margin }) => [name, kind, margin])).toEqual([
      ["aster-spot:SOLUSDT", "spot", undefined],
    ]);
  });
});

/** The parts of the contract that depend on how requests are signed, or on how post-only orders are refused. */
const other = ["V.10", "V.20", "V.21", "V.30", "V.40", "V.50", "V.52", "V.65", "V.66", "V.67"];
describe.each([
  asterSubject({ service: "futures", scheme: "v1" }),
  asterSubject({ service: "spot", scheme: "v1" }),
  asterSubject({ service: "futures", gtxRefusal: "error" }),
])("the contract on $name", (subject) => {
  const cases = contractCases.filter(({ id: number }) => other.includes(number));
  it.concurrent.each(cases)("$id $title", (each) => expect(runCase(subject, each)).resolves.toBeUndefined(), 180_000);
});
