import {
  BpError,
  type ClientId,
  clientId,
  decimal,
  instrument,
  lots,
  manualClock,
  millis,
  type PlaceOrder,
  ticks,
  type Unnumbered,
} from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CancelOutcome, Ending, OrderApi, OrderNews, OrderRow, PastFill, WhichOrder } from "./orderApi.ts";
import { createOrderDesk, type OrderDesk } from "./orderDesk.ts";

const sol = instrument({ id: "x:SOL", kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });
const start = 1_000_000;
const cancelled: Ending = { type: "order.cancelled" };
const spent: Ending = { type: "order.expired", reason: "filled-what-it-could", text: "IOC" };

/** A venue whose every answer a test decides. */
interface Script {
  place: (mayLeave: () => boolean) => Promise<OrderRow>;
  cancel: (which: WhichOrder) => Promise<CancelOutcome>;
  current: (which: WhichOrder) => OrderRow | undefined;
  past: () => OrderRow | undefined;
  fills: () => readonly PastFill[];
}

let life: AbortController;
let clock: ReturnType<typeof manualClock>;
let facts: Unnumbered[];
let asked: string[];
let sent: number;
let looks: number;
let quick: number;
let script: Script;
let desk: OrderDesk;

beforeEach(() => {
  life = new AbortController();
  clock = manualClock(start);
  facts = [];
  asked = [];
  sent = 0;
  looks = 0;
  quick = 10_000;
  script = {
    place: async () => row("open"),
    cancel: async () => ({ outcome: "cancelled", row: row(cancelled) }),
    current: () => undefined,
    past: () => undefined,
    fills: () => [],
  };
  const api: OrderApi = {
    place: (_, __, mayLeave) => {
      sent += 1;
      return script.place(mayLeave);
    },
    cancel: (which) => script.cancel(which),
    current: async (which) => {
      looks += 1;
      return script.current(which);
    },
    past: async () => script.past(),
    fillsOf: async () => script.fills(),
    refusal: ({ context: { code, message } }) =>
      code === "DUPLICATE" ? "stands" : { reason: "no-funds", text: `${code}: ${message}` },
    patienceMs: 10_000,
    get quickPatienceMs() {
      return quick;
    },
    looksMs: [500, 1_000],
  };
  desk = createOrderDesk({
    api,
    clock,
    venueNow: () => clock.now(),
    instrumentOf: (symbol) => (symbol === "SOL" ? sol : undefined),
    emit: (fact) => facts.push(fact),
    trouble: () => undefined,
    askSnapshot: (why) => asked.push(why),
    run: (task) => void task(),
    signal: life.signal,
  });
});
afterEach(() => life.abort());

function row(state: OrderRow["state"], executed = 0, change: Partial<OrderRow> = {}): OrderRow {
  return { venueOrderId: "9", state, executed, createdAt: millis(start), ...change };
}
function trade(tradeId: string, size: number): PastFill {
  return {
    type: "order.filled",
    clientId: undefined,
    venueOrderId: "9",
    tradeId,
    instrument: sol.id,
    side: "buy",
    price: ticks(9_896),
    size: lots(size),
    fee: decimal("0.01"),
    feeAsset: "USDC",
    liquidity: "maker",
    venueAt: clock.now(),
  };
}
function place(change: Partial<PlaceOrder> = {}, mayLeave?: () => boolean): PlaceOrder {
  const command: PlaceOrder = {
    type: "order.place",
    clientId: clientId(7),
    instrument: sol.id,
    slot: "a/b",
    side: "buy",
    price: ticks(9_896),
    size: lots(100),
    tif: "gtx",
    reduceOnly: false,
    ...change,
  };
  desk.place(command, mayLeave);
  return command;
}
function hear(news: OrderNews, id: ClientId | "stranger" = clientId(7), venueOrderId = "9") {
  const ours = id === "stranger" ? undefined : id;
  desk.heard({ instrument: sol, venueOrderId, clientId: ours, venueAt: clock.now(), news });
}
function filled(tradeId: string, size: number, total: number) {
  hear({ type: "filled", fill: { ...trade(tradeId, size), total: lots(total) } });
}
const ended = (ending: Ending, executed: number): OrderNews => ({ type: "ended", endingOf: () => ending, executed });
const told = () => facts.map(({ type }) => type);
async function pass(ms: number) {
  for (let at = 0; at < ms; at += 50) {
    clock.advance(50);
    for (let hop = 0; hop < 12; hop++) await Promise.resolve();
  }
}

describe("an order that is taken", () => {
  it("is told once, whoever says it first", async () => {
    place();
    hear({ type: "accepted" });
    await pass(100);
    hear({ type: "accepted" });
    expect(told()).toEqual(["order.accepted"]);
    expect(desk.clientIdOfOrder("9")).toBe(7);
    expect(desk.resting("SOL")).toBe(true);
  });

  it("is looked for when the stream says nothing of a quote that may be over already", async () => {
    script.place = async () => row("open", 0, { unsure: "post-only" });
    script.current = () => row({ type: "order.expired", reason: "would-take", text: "EXPIRED" });
    place();
    await pass(2_000);
    expect(told()).toEqual(["order.accepted", "order.expired"]);
  });

  it("is left alone when the stream has told of the quote", async () => {
    script.place = async () => row("open", 0, { unsure: "post-only" });
    place();
    hear({ type: "accepted" });
    await pass(3_000);
    expect(looks).toBe(0);
  });

  it("throws for a number that was used before, and for a market that is not open", () => {
    place();
    expect(() => place()).toThrow(/used twice/);
    expect(() => place({ clientId: clientId(8), instrument: "x:BTC" })).toThrow(/no instrument/);
  });
});

describe("an order that is not taken", () => {
  it("is told with the venue's reason", async () => {
    script.place = () => Promise.reject(refused("FUNDS"));
    place();
    await pass(50);
    expect(facts).toMatchObject([{ type: "order.rejected", reason: "no-funds", text: "FUNDS: words" }]);
  });

  it("stands after all when the stream has shown it", async () => {
    script.place = () => Promise.reject(refused("FUNDS"));
    place();
    hear({ type: "accepted" });
    await pass(50);
    expect(told()).toEqual(["order.accepted"]);
  });

  it("is told as rate-limited where nothing was sent for that", async () => {
    script.place = () => Promise.reject(new BpError("transport/budget", { waitMs: 5, lane: "trade" }));
    place();
    await pass(50);
    expect(facts).toMatchObject([{ type: "order.rejected", reason: "rate-limited" }]);
  });
});

describe("an order that waits before it leaves", () => {
  /** A client that sends after so long, if it still may. */
  const after = (waitMs: number, then: () => Promise<OrderRow>) => async (mayLeave: () => boolean) => {
    await clock.sleep(waitMs);
    if (!mayLeave()) throw new BpError("transport/aborted", { url: "x" });
    return then();
  };

  it("is told as rejected, and nothing is looked for, when it may not leave any more", async () => {
    let may = true;
    script.place = after(450, async () => row("open"));
    place({}, () => may);
    await pass(400);
    may = false;
    await pass(100);
    expect(facts).toMatchObject([
      { type: "order.rejected", clientId: 7, reason: "other", text: "not sent: it may not leave any more" },
    ]);
    expect([desk.resting("SOL"), looks]).toEqual([false, 0]);
  });

  it("leaves within 0.7 s of the decision or not at all", async () => {
    script.place = after(700, async () => row("open"));
    place();
    await pass(750);
    expect(told()).toEqual(["order.accepted"]);
    script.place = after(750, async () => row("open"));
    place({ clientId: clientId(8) });
    await pass(800);
    expect(facts.at(-1)).toMatchObject({ type: "order.rejected", text: "not sent: it waited for more than 700 ms" });
  });

  it("does not leave when whoever placed it is gone", async () => {
    let left = false;
    script.place = after(1_000, async () => {
      left = true;
      return row("open");
    });
    place();
    life.abort();
    await pass(1_100);
    expect([left, facts.length]).toEqual([false, 0]);
  });

  it("is given up by the time since it left, and its trades are looked for since it was asked for", async () => {
    quick = 3_000;
    let since: number | undefined;
    script.place = after(400, async () => {
      throw new BpError("transport/broken", { url: "x", why: "hung up" });
    });
    script.current = (which) => {
      since = which.since;
      return undefined;
    };
    place({ tif: "ioc" });
    await pass(3_300);
    expect(told()).toEqual(["order.doubted"]);
    expect(since).toBe(start);
    await pass(2_000);
    expect(facts.at(-1)).toMatchObject({ type: "order.rejected", text: "never arrived" });
  });
});

describe("an order without an answer", () => {
  const lost = () => Promise.reject(new BpError("transport/timeout", { url: "x", ms: 1 }));

  it("is found where it rests, and never sent again", async () => {
    script.place = lost;
    place();
    await pass(400);
    expect(looks).toBe(0); // it may still be on its way
    script.current = () => row("open");
    await pass(200);
    expect(told()).toEqual(["order.doubted", "order.accepted"]);
    expect(sent).toBe(1);
  });

  it("is found in the history, with its fills before its end", async () => {
    script.place = lost;
    script.past = () => row(spent, 60);
    script.fills = () => [trade("2", 40), trade("1", 20)];
    place({ tif: "ioc" });
    await pass(1_500);
    expect(told()).toEqual(["order.doubted", "order.filled", "order.filled", "order.expired"]);
    expect(facts.flatMap((fact) => (fact.type === "order.filled" ? [[fact.clientId, fact.total]] : []))).toEqual([
      [7, 20],
      [7, 60],
    ]);
  });

  it("is given up only after the venue could not take it any more", async () => {
    script.place = lost;
    place();
    await pass(10_000);
    expect(told()).toEqual(["order.doubted"]);
    await pass(1_500);
    expect(facts.at(-1)).toMatchObject({ type: "order.rejected", reason: "other", text: "never arrived" });
  });

  it("asks for a snapshot when one that was given up arrives", async () => {
    script.place = lost;
    place();
    await pass(12_000);
    hear({ type: "accepted" });
    expect(asked).toEqual(["order 7 has arrived after it was given up"]);
  });

  it("stands when the venue says that its number is in use", async () => {
    script.place = () => Promise.reject(refused("DUPLICATE"));
    script.current = () => row("open");
    place();
    await pass(600);
    expect(told()).toEqual(["order.doubted", "order.accepted"]);
  });
});

describe("fills", () => {
  it("are told once each, in whatever order they come", async () => {
    place();
    await pass(50);
    filled("1", 30, 30);
    filled("1", 30, 30);
    filled("2", 70, 100);
    expect(told()).toEqual(["order.accepted", "order.filled", "order.filled"]);
    expect(desk.resting("SOL")).toBe(false);
  });

  it("that are missing are read, and the end waits for them", async () => {
    place();
    await pass(50);
    script.fills = () => [trade("1", 30)];
    hear(ended(cancelled, 30));
    expect(told()).toEqual(["order.accepted"]);
    await pass(300);
    expect(told()).toEqual(["order.accepted", "order.filled", "order.cancelled"]);
  });

  it("that never come do not hold an end for ever: a snapshot must tell", async () => {
    place();
    await pass(50);
    hear(ended(cancelled, 30));
    await pass(65_000);
    expect(told()).toEqual(["order.accepted", "order.cancelled"]);
    expect(asked).toEqual(["fills of an order are missing"]);
  });

  it("of strangers are told without a number", () => {
    hear({ type: "filled", fill: { ...trade("1", 5), venueOrderId: "77", total: lots(5) } }, "stranger", "77");
    expect(facts).toMatchObject([{ type: "order.filled", clientId: undefined, venueOrderId: "77" }]);
  });

  it("go on being told after very many", () => {
    for (let at = 1; at <= 50_010; at++) {
      const fill = { ...trade(String(at), 1), venueOrderId: "77", total: lots(at) };
      hear({ type: "filled", fill }, "stranger", "77");
    }
    expect(facts).toHaveLength(50_010);
  });
});

describe("a cancel", () => {
  const cancel = () => desk.cancel({ type: "order.cancel", clientId: clientId(7), instrument: sol.id });

  it("names the order as the venue does, once that is known", async () => {
    let which: WhichOrder | undefined;
    script.cancel = async (asked) => {
      which = asked;
      return { outcome: "cancelled", row: row(cancelled) };
    };
    place();
    await pass(50);
    cancel();
    await pass(50);
    expect([which?.venueOrderId, which?.tif, which?.since]).toEqual(["9", "gtx", start]);
    expect(told()).toEqual(["order.accepted", "order.cancelled"]);
  });

  it("that finds nothing is no cancel: the order may have been filled", async () => {
    script.cancel = async () => ({ outcome: "not-found" });
    place();
    await pass(50);
    cancel();
    await pass(100);
    filled("1", 100, 100);
    await pass(5_000);
    expect(told()).toEqual(["order.accepted", "order.filled"]);
  });

  it("that was only taken is asked about until it is done", async () => {
    script.cancel = async () => ({ outcome: "taken" });
    script.current = () => row("open");
    place();
    await pass(50);
    cancel();
    await pass(1_000);
    script.current = () => undefined;
    script.past = () => row(cancelled);
    await pass(3_000);
    expect(told()).toEqual(["order.accepted", "order.doubted", "order.cancelled"]);
  });

  it("without an answer finds out that the order still stands", async () => {
    script.cancel = () => Promise.reject(new BpError("transport/broken", { url: "x", why: "cut" }));
    script.current = () => row("open");
    place();
    await pass(50);
    cancel();
    await pass(1_000);
    expect(told()).toEqual(["order.accepted", "order.doubted", "order.accepted"]);
  });
});

describe("news that say too little", () => {
  it("are looked up where the order is ours, and asked of a snapshot where it is not", async () => {
    place();
    await pass(50);
    script.current = () => row(cancelled);
    hear({ type: "unsure", why: "a trigger" });
    await pass(1_000);
    expect(told()).toEqual(["order.accepted", "order.cancelled"]);
    hear({ type: "unsure", why: "a trigger" }, "stranger", "77");
    hear({ type: "changed", why: "smaller" });
    expect(asked).toEqual(["a trigger", "smaller"]);
  });
});

describe("what a snapshot tells", () => {
  it("makes orders of an earlier run known, and their fills are told once", async () => {
    const open = {
      clientId: clientId(3),
      venueOrderId: "5",
      instrument: sol.id,
      side: "buy" as const,
      price: ticks(9_896),
      size: lots(100),
      filled: lots(40),
    };
    const known = { ...trade("1", 40), venueOrderId: "5", total: lots(40) };
    desk.told([known], [open]);
    expect(desk.resting("SOL")).toBe(true);
    hear({ type: "filled", fill: known }, clientId(3), "5");
    hear({ type: "filled", fill: { ...trade("2", 60), venueOrderId: "5", total: lots(100) } }, clientId(3), "5");
    expect(facts).toMatchObject([{ type: "order.filled", tradeId: "2", clientId: 3 }]);
    expect(desk.resting("SOL")).toBe(false);
    expect([...desk.tradesSince(millis(0)).values()].map(({ tradeId }) => tradeId)).toEqual(["1", "2"]);
  });
});

describe("a second order under one number of ours", () => {
  it("keeps its name to itself: its trades are the account's, and a snapshot is asked for", async () => {
    place();
    hear({ type: "accepted" });
    hear({ type: "filled", fill: { ...trade("1", 100), venueOrderId: "10", total: lots(100) } }, clientId(7), "10");
    expect(facts.map(({ type }) => type)).toEqual(["order.accepted", "order.filled"]);
    expect(facts[1]).toMatchObject({ clientId: undefined, venueOrderId: "10" });
    expect(asked).toContain("order 7 is there twice, as 9 and as 10");
    expect(desk.clientIdOfOrder("10")).toBeUndefined();
    expect(desk.resting("SOL")).toBe(true);
  });

  it("is not taken for the first one when the answer names it", async () => {
    script.place = async () => {
      await clock.sleep(50);
      return row("open", 0, { venueOrderId: "10" });
    };
    place();
    hear({ type: "accepted" });
    await pass(100);
    expect(asked).toEqual(["order 7 is there twice, as 9 and as 10"]);
    expect(facts).toMatchObject([{ type: "order.accepted", venueOrderId: "9" }]);
  });

  it("is not called cancelled when it is the other one that was", async () => {
    script.cancel = async () => ({ outcome: "cancelled", row: row(cancelled, 0, { venueOrderId: "10" }) });
    script.current = () => row("open");
    place();
    hear({ type: "accepted" });
    desk.cancel({ type: "order.cancel", clientId: clientId(7), instrument: sol.id });
    await pass(2_000);
    expect(told()).toEqual(["order.accepted", "order.doubted", "order.accepted"]);
  });
});

describe("a trade of an order that nobody here placed", () => {
  it("is told, and a snapshot must bear it out", () => {
    hear({ type: "filled", fill: { ...trade("1", 100), venueOrderId: "77", total: lots(100) } }, "stranger", "77");
    expect(facts).toMatchObject([{ type: "order.filled", clientId: undefined }]);
    expect(asked).toEqual(["a trade of an order that nobody here placed"]);
  });
});

describe("an order that takes at once", () => {
  it("is given up sooner where it was sent with a shorter life", async () => {
    quick = 3_000;
    script.place = async () => {
      throw new BpError("transport/timeout", { url: "x", ms: 1 });
    };
    place({ tif: "ioc" });
    place({ tif: "gtx", clientId: clientId(8) });
    await pass(6_000);
    expect(facts.filter(({ type }) => type === "order.rejected")).toMatchObject([
      { clientId: 7, text: "never arrived" },
    ]);
    await pass(6_000);
    expect(facts.filter(({ type }) => type === "order.rejected")).toHaveLength(2);
  });
});

function refused(code: string): BpError {
  return new BpError("venue/refused", { venue: "x", status: 400, code, message: "words" });
}
