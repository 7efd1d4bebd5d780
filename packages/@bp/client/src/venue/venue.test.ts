import { type ClientId, clientId, type EventOf, lots, millis, type PlaceOrder, ticks, type Unnumbered } from "@bp/core";
import { createEd25519Pair } from "@bp/signing";
import { type Budget, createBudget, systemClock } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, type Server, startServer, until } from "../../test/server.ts";
import { type Backpack, createBackpack } from "../client.ts";
import { type BackpackVenue, backpackVenue } from "./venue.ts";

const perp = "backpack:SOL_USDC_PERP" as const;
const spot = "backpack:SOL_USDC" as const;
const pair = createEd25519Pair();

let server: Server;
let client: Backpack;
let venue: BackpackVenue;
let facts: Unnumbered[];
let troubles: string[];
let life: AbortController;
let opened: Promise<void>;

beforeEach(async () => {
  server = await startServer();
  facts = [];
  troubles = [];
  life = new AbortController();
});

afterEach(async () => {
  life.abort();
  await opened;
  await venue.close();
  await server.close();
});

function start(
  options: {
    account?: boolean;
    instruments?: (typeof perp | typeof spot)[];
    windowMs?: number;
    timeoutMs?: number;
    budget?: Budget;
  } = {},
) {
  const { account = true, instruments = [perp], windowMs = 5_000, timeoutMs, budget } = options;
  const way = { restUrl: server.restUrl, wsUrl: server.wsUrl, windowMs };
  const own = { ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(budget === undefined ? {} : { budget }) };
  client = createBackpack({ key: pair, ...way, ...own });
  venue = backpackVenue({ client, onTrouble: (error) => troubles.push(error.message) });
  opened = venue.open({ instruments, account }, (fact) => facts.push(fact), life.signal);
}

/** Waits until the market and the account are there. */
async function ready(options: Parameters<typeof start>[0] = {}) {
  start(options);
  await until(() => first("account.snapshot"), "the first snapshot");
  await until(() => server.wanted.has("account.orderUpdate"), "the order stream");
}

function all<T extends Unnumbered["type"]>(type: T): EventOf<T>[] {
  return facts.filter((fact) => fact.type === type) as unknown as EventOf<T>[]; // `seq` is missing here
}
function first<T extends Unnumbered["type"]>(type: T): EventOf<T> | undefined {
  return all(type)[0];
}
function links(type: "link.lost" | "link.restored"): string[] {
  return facts.flatMap((fact) => (fact.type === type && "stream" in fact ? [fact.stream] : []));
}
function orderFacts(id: ClientId): string[] {
  return facts.filter((fact) => "clientId" in fact && fact.clientId === id).map((fact) => fact.type);
}

let next = 100;
function placing(change: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    type: "order.place",
    clientId: clientId(++next),
    instrument: perp,
    slot: "test/buy",
    side: "buy",
    price: ticks(9896),
    size: lots(125),
    tif: "gtx",
    reduceOnly: false,
    ...change,
  };
}

/** The order object of a command. */
function row(command: PlaceOrder, change: Readonly<Record<string, unknown>> = {}) {
  return {
    ...(fixture("rest-order-limit-new.json") as object),
    id: `9${command.clientId}`,
    clientId: command.clientId,
    createdAt: Date.now() + server.offsetMs,
    symbol: "SOL_USDC_PERP",
    side: "Bid",
    price: "98.96",
    quantity: "1.25",
    ...change,
  };
}
function past(command: PlaceOrder, change: Readonly<Record<string, unknown>>) {
  return { ...row(command), createdAt: "2026-09-01T17:54:04.094", expiryReason: null, ...change };
}
function update(command: PlaceOrder, event: string, change: Readonly<Record<string, unknown>> = {}) {
  const { data } = fixture("ws-order-accepted-client-id.json") as { readonly data: object };
  return {
    ...data,
    e: event,
    c: command.clientId,
    i: `9${command.clientId}`,
    T: (Date.now() + server.offsetMs) * 1000,
    ...change,
  };
}
function fillUpdate(command: PlaceOrder, trade: number, size: string, total: string) {
  return update(command, "orderFill", {
    t: trade,
    l: size,
    L: "98.96",
    z: total,
    m: true,
    n: "0.01",
    N: "USDC",
    X: "PartiallyFilled",
  });
}
function fillRow(command: PlaceOrder, trade: number, size: string) {
  return {
    clientId: String(command.clientId),
    fee: "0.01",
    feeSymbol: "USDC",
    isMaker: true,
    orderId: `9${command.clientId}`,
    price: "98.96",
    quantity: size,
    side: "Bid",
    symbol: "SOL_USDC_PERP",
    systemOrderType: null,
    timestamp: new Date(Date.now() + server.offsetMs + trade).toISOString().slice(0, -1), // trades follow by their ids
    tradeId: trade,
  };
}
const isFrom = (params: Readonly<Record<string, string>>, command: PlaceOrder) =>
  params["clientId"] === String(command.clientId) || params["orderId"] === `9${command.clientId}`;

describe("instruments", () => {
  it("takes filters from the market and fees from the account", async () => {
    start();
    const instruments = await venue.instruments();
    expect(instruments.find(({ id }) => id === perp)).toMatchObject({
      kind: "perp",
      base: "SOL",
      tickSize: "0.01",
      lotSize: "0.01",
      minSize: 1,
      maxPrice: 100_000,
      fees: { maker: "0.0002", taker: "0.0005" },
      band: { min: 0.9, max: 1.1 },
      state: "open",
      fundingIntervalMs: 3_600_000,
      margin: { initial: { base: "0.02", factor: "0.00006" }, maintenance: { base: "0.0135" } },
    });
    expect(instruments.find(({ id }) => id === spot)?.fees).toEqual({ maker: "0.0008", taker: "0.001" });
    expect(instruments.find(({ id }) => id === "backpack:SPCX.US_USDC")?.state).toBe("post-only");
  });
});

describe("market facts", () => {
  it("gives the snapshot, then the changes that follow on it", async () => {
    start({ account: false });
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    await until(() => first("book.reset"));
    server.push("depth.SOL_USDC_PERP", depthData(4324522524, 4324522524, [["100.64", "1.00"]], []));
    const changed = await until(() => first("book.changed"));
    expect(changed).toMatchObject({ instrument: perp, bids: [[10064, 100]], asks: [], venueAt: 1788367430246 });
    expect(first("book.reset")?.bids).toContainEqual([10064, 6795]);
    expect(facts.findIndex(({ type }) => type === "link.restored")).toBeLessThan(
      facts.findIndex(({ type }) => type === "book.reset"),
    );
  });

  it("loses the book at a gap at once and makes it anew", async () => {
    start({ account: false });
    await until(() => first("book.reset"));
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    server.on("GET /api/v1/depth", () => ({
      body: { ...(fixture("rest-depth.json") as object), lastUpdateId: "4324522600" },
    }));
    server.push("depth.SOL_USDC_PERP", depthData(4324522524, 4324522525, [], []));
    server.push("depth.SOL_USDC_PERP", depthData(4324522530, 4324522530, [], [["100.65", "1.00"]]));
    expect((await until(() => first("book.lost"))).why).toBe("gap");
    await until(() => all("book.reset").length === 2);
    server.push("depth.SOL_USDC_PERP", depthData(4324522601, 4324522602, [], [["100.65", "2.00"]]));
    await until(() => all("book.changed").length === 2);
    expect(all("book.changed").at(-1)?.asks).toEqual([[10065, 200]]);
  });

  it("loses a crossed book", async () => {
    start({ account: false });
    await until(() => first("book.reset"));
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    server.push("depth.SOL_USDC_PERP", depthData(4324522524, 4324522524, [["100.70", "1.00"]], []));
    expect((await until(() => first("book.lost"))).why).toBe("crossed");
    expect(all("book.changed")).toEqual([]);
  });

  it("takes another snapshot while the REST book is behind the stream", async () => {
    let asked = 0;
    server.on("GET /api/v1/depth", async () => {
      asked += 1;
      await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
      if (asked === 1) server.push("depth.SOL_USDC_PERP", depthData(4324522700, 4324522701, [["100.60", "3.00"]], []));
      return {
        body: { ...(fixture("rest-depth.json") as object), lastUpdateId: asked < 3 ? "4324522523" : "4324522699" },
      };
    });
    start({ account: false });
    await until(() => first("book.changed"));
    expect(asked).toBeGreaterThanOrEqual(1);
    expect(facts.filter(({ type }) => type.startsWith("book.")).at(-1)).toMatchObject({ bids: [[10060, 300]] });
  });

  it("survives frames that are no frames, and tells of them", async () => {
    start({ account: false });
    await until(() => first("book.reset"));
    await until(() => server.wanted.has("trade.SOL_USDC_PERP"));
    server.raw("not json {");
    server.raw('{"stream":"trade.SOL_USDC_PERP","data":{"e":"trade","s":"SOL_USDC_PERP"}}');
    server.raw(JSON.stringify(fixture("ws-error-invalid-stream.json")));
    server.push("trade.SOL_USDC_PERP", {
      e: "trade",
      E: 1,
      T: 1754601477744000,
      s: "SOL_USDC_PERP",
      t: 7,
      p: "100.65",
      q: "0.50",
      m: false,
      a: "1",
      b: "2",
    });
    expect(await until(() => first("trade.printed"))).toMatchObject({
      price: 10065,
      size: 50,
      taker: "buy",
      venueAt: 1754601477744,
    });
    expect(troubles.some((text) => text.includes("not JSON"))).toBe(true);
    expect(troubles.some((text) => text.includes("4006"))).toBe(true);
    expect(troubles.some((text) => text.includes("trade frame"))).toBe(true);
  });

  it("tells marks in ticks with a fraction", async () => {
    start({ account: false });
    await until(() => server.wanted.has("markPrice.SOL_USDC_PERP"));
    server.push("markPrice.SOL_USDC_PERP", (fixture("ws-mark-price.json") as { readonly data: unknown }).data);
    expect(await until(() => first("mark.changed"))).toMatchObject({
      mark: 9894,
      fundingRate: 0.0000125,
      fundingAt: 1788368400000,
    });
    expect(first("mark.changed")?.index).toBeCloseTo(9894.998504, 6);
  });

  it("tells a lost socket and its books at once, and both again when it is back", async () => {
    start({ account: false });
    await until(() => first("book.reset"));
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    server.cut();
    await until(() => first("book.lost"));
    expect(links("link.lost")).toEqual(["market"]);
    await until(() => all("book.reset").length === 2, "the second book");
    expect(links("link.restored")).toEqual(["market", "market"]);
  });
});

describe("placing an order", () => {
  it("tells the acceptance once, from the answer or the stream", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => {
      server.push("account.orderUpdate", update(command, "orderAccepted"));
      return { body: row(command) };
    });
    venue.send(command);
    await until(() => orderFacts(command.clientId).length > 0);
    await settled();
    expect(orderFacts(command.clientId)).toEqual(["order.accepted"]);
    expect(server.requests.find(({ route }) => route === "POST /api/v1/order")?.params).toEqual({
      symbol: "SOL_USDC_PERP",
      side: "Bid",
      orderType: "Limit",
      price: "98.96",
      quantity: "1.25",
      timeInForce: "GTC",
      postOnly: true,
      clientId: command.clientId,
      selfTradePrevention: "RejectTaker",
    });
  });

  it("tells a post-only order that would take as rejected", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ status: 400, body: fixture("error-post-only-would-take.json") }));
    venue.send(command);
    const fact = await until(() => first("order.rejected"));
    expect(fact).toMatchObject({ clientId: command.clientId, reason: "would-take" });
    expect(fact.text).toContain("immediately match");
  });

  it("does not send what may not leave any more when its turn comes, and tells it as rejected", async () => {
    await ready();
    server.on("POST /api/v1/order", () => ({ status: 429, headers: { "retry-after": "3" }, body: {} }));
    venue.send(placing());
    await until(() => first("order.rejected"), "a pause");
    const waiting = placing();
    let may = true;
    venue.send(waiting, () => may);
    may = false;
    await until(() => orderFacts(waiting.clientId).length > 0, "its turn");
    expect(all("order.rejected").at(-1)).toMatchObject({ clientId: waiting.clientId, reason: "other" });
    expect(all("order.rejected").at(-1)?.text).toContain("not sent");
    expect(server.requests.filter(({ route }) => route === "POST /api/v1/order")).toHaveLength(1);
  });

  it("tells a post-only order that the venue took and ended as expired", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ body: row(command, { status: "Expired" }) }));
    venue.send(command);
    expect(await until(() => first("order.expired"))).toMatchObject({ reason: "would-take" });
  });

  it("doubts an order whose answer never came, finds that it arrived, and sends it once only", async () => {
    await ready({ timeoutMs: 2_000 });
    const command = placing();
    let arrived = false;
    server.on("POST /api/v1/order", () => {
      arrived = true;
      return "hang";
    });
    server.on("GET /api/v1/order", (params) =>
      arrived && isFrom(params, command)
        ? { body: row(command) }
        : { status: 404, body: fixture("error-order-not-found.json") },
    );
    venue.send(command);
    await until(() => first("order.accepted"));
    expect(orderFacts(command.clientId)).toEqual(["order.doubted", "order.accepted"]);
    expect(server.requests.filter(({ route }) => route === "POST /api/v1/order")).toHaveLength(1);
  });

  it("finds a doubted order that was filled meanwhile, with its fills", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ status: 500, body: fixture("error-server-error.json") }));
    server.on("GET /wapi/v1/history/orders", () => ({
      body: [past(command, { status: "Filled", executedQuantity: "1.25" })],
    }));
    const older = fillRow(command, 11, "0.5");
    const newer = fillRow(command, 12, "0.75");
    server.on("GET /wapi/v1/history/fills", () => ({ body: [newer, older] })); // the venue lists the newest first
    venue.send(command);
    await until(() => all("order.filled").length === 2);
    expect(orderFacts(command.clientId)).toEqual(["order.doubted", "order.accepted", "order.filled", "order.filled"]);
    expect(all("order.filled").map(({ tradeId, total }) => [tradeId, total])).toEqual([
      ["11", 50],
      ["12", 125],
    ]);
  });

  it("gives an order up only when its window and a margin have passed", async () => {
    start({ windowMs: 2_000, timeoutMs: 2_000 });
    await until(() => first("account.snapshot"));
    const command = placing();
    server.on("POST /api/v1/order", () => "hang");
    const sentAt = Date.now();
    venue.send(command);
    const fact = await until(() => first("order.rejected"), "the rejection");
    expect(fact).toMatchObject({ reason: "other", text: "never arrived" });
    expect(Date.now() - sentAt).toBeGreaterThan(4_000); // the window and as long again
    expect(server.requests.filter(({ route }) => route === "POST /api/v1/order")).toHaveLength(1);
  });

  it("doubts an order whose answer cannot be read", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ body: { id: 5 } }));
    server.on("GET /api/v1/order", () => ({ body: row(command) }));
    venue.send(command);
    await until(() => first("order.accepted"));
    expect(orderFacts(command.clientId)[0]).toBe("order.doubted");
  });

  it("signs anew with the venue's clock after an expired request, with the same client id", async () => {
    await ready();
    server.offsetMs = 8_000;
    const command = placing();
    server.on("POST /api/v1/order", () => ({ body: row(command) }));
    venue.send(command);
    await until(() => first("order.accepted"));
    const posts = server.requests.filter(({ route }) => route === "POST /api/v1/order");
    expect(posts).toHaveLength(2);
    expect(posts[1]?.params).toEqual(posts[0]?.params);
    expect(Number(posts[1]?.headers["x-timestamp"]) - Number(posts[0]?.headers["x-timestamp"])).toBeGreaterThan(4_000);
    expect(orderFacts(command.clientId)).toEqual(["order.accepted"]);
  });

  it("holds back the end of an immediate order until its fills have been told", async () => {
    await ready();
    const command = placing({ tif: "ioc" });
    server.on("POST /api/v1/order", () => ({
      body: row(command, { status: "Expired", executedQuantity: "0.50", timeInForce: "IOC" }),
    }));
    server.on("GET /wapi/v1/history/fills", (params) => ({
      body: isFrom(params, command) ? [fillRow(command, 31, "0.5")] : [],
    }));
    venue.send(command);
    await until(() => first("order.expired"));
    expect(orderFacts(command.clientId)).toEqual(["order.filled", "order.expired"]);
    expect(first("order.expired")?.reason).toBe("filled-what-it-could");
  });

  it("lets what takes at once through when quotes have used up their share of the requests", async () => {
    const budget = createBudget({ capacity: 1_000, perMs: 3_600_000, reserved: 0.5, clock: systemClock });
    start({ budget });
    await until(() => first("account.snapshot"));
    while (budget.tryTake("trade")); // as a storm of quotes would
    const [quote, hold] = [placing(), placing({ tif: "ioc", reduceOnly: true })];
    server.on("POST /api/v1/order", () => ({ body: row(hold, { status: "Expired", timeInForce: "IOC" }) }));
    venue.send(quote);
    venue.send(hold);
    await until(() => first("order.expired"));
    expect(first("order.rejected")).toMatchObject({ clientId: quote.clientId, reason: "rate-limited" });
    expect(server.requests.filter(({ route }) => route === "POST /api/v1/order")).toHaveLength(1);
  });

  it("gives what takes at once two seconds to arrive, and gives it up that much sooner", async () => {
    await ready();
    const hold = placing({ tif: "ioc", reduceOnly: true });
    const quote = placing();
    server.on("POST /api/v1/order", () => ({ status: 503, body: "" }));
    venue.send(hold);
    venue.send(quote);
    await until(() => first("order.rejected"), "the end of the hold");
    expect(first("order.rejected")).toMatchObject({ clientId: hold.clientId, text: "never arrived" });
    expect(orderFacts(quote.clientId)).toEqual(["order.doubted"]); // its ten seconds are not over
    const windows = server.requests
      .filter(({ route }) => route === "POST /api/v1/order")
      .map(({ headers, body }) => [(body as { clientId: number }).clientId, headers["x-window"]]); // our own client wrote it
    expect(windows).toEqual(
      expect.arrayContaining([
        [hold.clientId, "2000"],
        [quote.clientId, "5000"],
      ]),
    );
  });

  it("throws for an instrument that is not open", async () => {
    await ready();
    expect(() => venue.send(placing({ instrument: spot }))).toThrow(/no instrument/);
  });
});

describe("cancelling an order", () => {
  async function resting() {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ body: row(command) }));
    venue.send(command);
    await until(() => first("order.accepted"));
    return command;
  }

  it("tells it from the answer, once", async () => {
    const command = await resting();
    server.on("DELETE /api/v1/order", () => {
      server.push("account.orderUpdate", update(command, "orderCancelled", { X: "Cancelled" }));
      return { body: row(command, { status: "Cancelled" }) };
    });
    venue.send({ type: "order.cancel", clientId: command.clientId, instrument: perp });
    await until(() => first("order.cancelled"));
    await settled();
    expect(orderFacts(command.clientId)).toEqual(["order.accepted", "order.cancelled"]);
    expect(server.requests.at(-1)?.params ?? {}).not.toHaveProperty("clientId");
  });

  it("confirms one that was only taken (202)", async () => {
    const command = await resting();
    server.on("DELETE /api/v1/order", () => {
      setTimeout(() => server.push("account.orderUpdate", update(command, "orderCancelled", { X: "Cancelled" })), 50);
      return { status: 202 };
    });
    venue.send({ type: "order.cancel", clientId: command.clientId, instrument: perp });
    await until(() => first("order.cancelled"));
    expect(orderFacts(command.clientId)).toEqual(["order.accepted", "order.cancelled"]);
  });

  it("looks for the truth when a cancel was taken and nothing follows", async () => {
    const command = await resting();
    server.on("DELETE /api/v1/order", () => ({ status: 202 }));
    server.on("GET /wapi/v1/history/orders", () => ({ body: [past(command, { status: "Cancelled" })] }));
    venue.send({ type: "order.cancel", clientId: command.clientId, instrument: perp });
    await until(() => first("order.cancelled"));
    expect(orderFacts(command.clientId)).toEqual(["order.accepted", "order.doubted", "order.cancelled"]);
  });

  it("never takes not-found for cancelled: it may have been filled", async () => {
    const command = await resting();
    server.on("GET /wapi/v1/history/orders", () => ({
      body: [past(command, { status: "Filled", executedQuantity: "1.25" })],
    }));
    server.on("GET /wapi/v1/history/fills", () => ({ body: [fillRow(command, 41, "1.25")] }));
    venue.send({ type: "order.cancel", clientId: command.clientId, instrument: perp });
    await until(() => first("order.filled"));
    await settled();
    expect(orderFacts(command.clientId)).toEqual(["order.accepted", "order.doubted", "order.filled"]);
  });

  it("says that an order still stands when the cancel got lost", async () => {
    const command = await resting();
    server.on("DELETE /api/v1/order", () => "cut");
    server.on("GET /api/v1/order", () => ({ body: row(command) }));
    venue.send({ type: "order.cancel", clientId: command.clientId, instrument: perp });
    await until(() => all("order.accepted").length === 2);
    expect(orderFacts(command.clientId)).toEqual(["order.accepted", "order.doubted", "order.accepted"]);
  });
});

describe("fills", () => {
  it("tells each trade once, with running total and fee", async () => {
    await ready();
    const command = placing();
    server.push("account.orderUpdate", fillUpdate(command, 51, "0.50", "0.50"));
    server.push("account.orderUpdate", fillUpdate(command, 51, "0.50", "0.50"));
    server.push("account.orderUpdate", fillUpdate(command, 52, "0.75", "1.25"));
    await until(() => all("order.filled").length === 2);
    expect(all("order.filled")[1]).toMatchObject({
      tradeId: "52",
      size: 75,
      total: 125,
      fee: "0.01",
      feeAsset: "USDC",
      liquidity: "maker",
      side: "buy",
    });
  });

  it("reads a fill from the history that the stream has lost", async () => {
    await ready();
    const command = placing();
    server.on("POST /api/v1/order", () => ({ body: row(command) }));
    venue.send(command);
    await until(() => first("order.accepted"));
    server.on("GET /wapi/v1/history/fills", () => ({
      body: [fillRow(command, 62, "0.75"), fillRow(command, 61, "0.5")],
    }));
    server.push("account.orderUpdate", fillUpdate(command, 62, "0.75", "1.25")); // 61 never came
    await until(() => all("order.filled").length === 2);
    expect(all("order.filled").map(({ tradeId }) => tradeId)).toEqual(["62", "61"]);
  });

  it("tells trades that nobody here ordered without a client id", async () => {
    await ready();
    server.push("account.orderUpdate", (fixture("ws-order-fill-liquidation.json") as { readonly data: unknown }).data);
    expect(await until(() => first("order.filled"))).toMatchObject({
      clientId: undefined,
      side: "sell",
      price: 9012,
      size: 100,
    });
  });
});

describe("snapshots", () => {
  it("reads again when a fill came in between", async () => {
    const command = placing();
    let reads = 0;
    const fill = fillRow(command, 71, "0.5");
    server.on("GET /wapi/v1/history/fills", () => {
      if (first("account.snapshot") === undefined) reads += 1; // a second look follows
      return { body: reads < 2 ? [] : [fill] };
    });
    server.on("GET /api/v1/position", () => ({
      body: [
        {
          ...(fixture("rest-positions.json") as object[])[0],
          symbol: "SOL_USDC_PERP",
          netQuantity: "0.50",
          netCost: "49.48",
        },
      ],
    }));
    start();
    const snapshot = await until(() => first("account.snapshot"));
    expect(snapshot.fills.map(({ tradeId }) => tradeId)).toEqual(["71"]);
    expect(snapshot.positions).toEqual([{ instrument: perp, size: 50, cost: "49.48" }]);
    expect(reads).toBe(4);
    expect(snapshot.asOf).toBeLessThanOrEqual(Date.now());
  });

  it("tells open orders, positions and balances, and leaves out what is not asked for", async () => {
    server.on("GET /api/v1/orders", () => ({
      body: [row(placing({ clientId: clientId(77) })), ...(fixture("rest-open-orders.json") as object[])],
    }));
    start({ instruments: [perp, spot] });
    const snapshot = await until(() => first("account.snapshot"));
    expect(snapshot.orders.map(({ clientId: id, instrument, price, size }) => [id, instrument, price, size])).toEqual([
      [77, perp, 9896, 125],
      [1001, spot, 9896, 125],
    ]);
    expect(snapshot.balances).toContainEqual({ asset: "USDC", total: "832.554321", free: "812.554321" });
  });

  it("follows every restored account link, and a second one looks at what came before the subscription took effect", async () => {
    await ready();
    await until(() => all("account.snapshot").length >= 2, "the second look");
    const before = all("account.snapshot").length;
    server.cut();
    await until(
      () => links("link.restored").filter((stream) => stream === "account").length === 2,
      "the account's return",
    );
    expect(links("link.lost")).toContain("account");
    await until(() => all("account.snapshot").length > before);
    const signatures = server.subscriptions
      .filter(({ params }) => params.includes("account.orderUpdate"))
      .map(({ signature }) => signature?.[2]);
    expect(new Set(signatures).size).toBe(2); // signed anew
  });

  it("is read when asked for", async () => {
    await ready();
    await until(() => all("account.snapshot").length >= 2);
    const before = all("account.snapshot").length;
    venue.send({ type: "account.ask", venue: "backpack", why: "a test" });
    await until(() => all("account.snapshot").length > before);
    expect(all("account.snapshot").at(-1)?.venue).toBe("backpack");
  });

  it("does not take an error for a flat account", async () => {
    server.on("GET /api/v1/position", () => ({ status: 404, text: "<html><title>Not Found</title></html>" }));
    start();
    await until(() => troubles.some((text) => text.includes("Not Found")));
    expect(first("account.snapshot")).toBeUndefined();
  });
});

describe("funding", () => {
  it("is read from the history after a stamp, and told once", async () => {
    await ready();
    const { data } = fixture("ws-mark-price.json") as { readonly data: { readonly n: number } };
    const payment = {
      ...(fixture("rest-history-funding.json") as object[])[0],
      symbol: "SOL_USDC_PERP",
      intervalEndTimestamp: new Date(Date.now() + 1_000).toISOString().slice(0, -1),
    };
    server.on("GET /wapi/v1/history/funding", () => ({ body: [payment] }));
    server.push("markPrice.SOL_USDC_PERP", data);
    server.push("markPrice.SOL_USDC_PERP", { ...data, n: data.n + 3_600_000 });
    expect(await until(() => first("funding.paid"))).toMatchObject({
      instrument: perp,
      amount: "-0.001301",
      asset: "USDC",
    });
  });
});

describe("filters", () => {
  it("are read again when prices come that are off the grid, and the book goes on with the new ones", async () => {
    start({ account: false });
    await until(() => first("book.reset"));
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    const market = (
      fixture("rest-markets.json") as { readonly symbol: string; readonly filters: { readonly price: object } }[]
    )[1];
    server.on("GET /api/v1/market", () => ({
      body: { ...market, filters: { ...market?.filters, price: { ...market?.filters.price, tickSize: "0.001" } } },
    }));
    server.push("depth.SOL_USDC_PERP", depthData(4324522524, 4324522524, [["100.641", "1.00"]], []));
    expect((await until(() => first("instrument.changed"))).instrument.tickSize).toBe("0.001");
    await until(
      () => all("book.reset").some(({ bids }) => bids.some(([price]) => price === 100_640)),
      "the finer book",
    );
    expect(first("book.lost")?.why).toBe("bad-frame");
  });
});

describe("balances", () => {
  it("tells them as the stream does", async () => {
    await ready();
    server.push("account.balanceUpdate", {
      e: "balanceUpdate",
      E: 1,
      T: 1788368290062981,
      a: "USDC",
      A: "10",
      L: "20",
      S: "0",
    });
    expect(await until(() => first("balance.changed"))).toMatchObject({
      asset: "USDC",
      total: "30",
      free: "10",
      venueAt: 1788368290062,
    });
  });
});

function depthData(U: number, u: number, b: string[][], a: string[][]) {
  return { E: 1788367430247494, T: 1788367430246081, U, a, b, e: "depth", s: "SOL_USDC_PERP", u };
}

/** Long enough for a doubled fact to show itself. */
async function settled() {
  const end = millis(Date.now() + 150);
  await until(() => Date.now() > end);
}
