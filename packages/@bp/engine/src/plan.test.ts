// From wishes to commands: what a prototype taught, and what every path must keep true.
import { type Instrument, lots, type News, type OrderFilled, type Side } from "@bp/core";
import { ownCross } from "@bp/risk";
import { describe, expect, it } from "vitest";
import { book, fill, hold, nth, open, perp, quote, type Scene, scene, snapshot, spot } from "./scene.fixture.ts";

const tick: News = { type: "timer.fired", name: "x" };
const accepted = (count: number): News => ({ type: "order.accepted", clientId: nth(count), venueOrderId: `v${count}` });
const cancelled = (count: number): News => ({
  type: "order.cancelled",
  clientId: nth(count),
  venueOrderId: `v${count}`,
});
const expired = (count: number, filled?: number): News => ({
  type: "order.expired",
  clientId: nth(count),
  venueOrderId: `v${count}`,
  ...(filled === undefined ? {} : { filled: lots(filled) }),
  reason: "filled-what-it-could",
  text: "IOC",
});
const rejected = (count: number, reason: "would-take" | "no-funds" | "other" = "would-take"): News => ({
  type: "order.rejected",
  clientId: nth(count),
  reason,
  text: "Order would immediately match and take.",
});
const doubted = (count: number, request: "place" | "cancel" = "place"): News => ({
  type: "order.doubted",
  clientId: nth(count),
  request,
  text: "no answer",
});

/** The lines of one round of wishes. */
const wish = (
  made: Scene,
  ...intents: Parameters<typeof Array.of<ReturnType<typeof quote> | ReturnType<typeof hold>>>
) => {
  made.wants["a"] = intents;
  return made.tell(tick);
};
/** A scene whose strategy `a` holds so many lots, bought at 150.00 by order 1. */
function holding(size: number, made = scene()): Scene {
  wish(made, quote("buy", 15_000, size));
  made.tell(accepted(1));
  made.wants["a"] = [];
  made.tell(fill(nth(1), "buy", 15_000, size));
  return made;
}

/** Somebody else trades in the same account: more than it may be only where the scene says so. */
function lose(made: Scene, side: Side, size: number): void {
  made.now += 100;
  made.tell(fill(undefined, side, 15_000, size, { tradeId: "other" }));
}
const lenient = () => scene({ unexplainedLots: 100 });

describe("plan: quotes", () => {
  it("places what is wished, post-only, each once", () => {
    const made = scene();
    expect(wish(made, quote("buy", 14_990, 10), quote("sell", 15_010, 5))).toEqual([
      "place 1 a/buy buy 14990 x 10 gtx",
      "place 2 a/sell sell 15010 x 5 gtx",
    ]);
    expect(made.tell(tick)).toEqual([]);
    expect(made.tell(accepted(1))).toEqual([]);
    expect(made.said).toEqual([]);
  });

  it("keeps an order after a partial fill while side and price are wished", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 5));
    made.tell(accepted(1));
    expect(made.tell(fill(nth(1), "buy", 14_990, 2))).toEqual([]); // 3 left, 5 wished: its place in the queue is worth more
  });

  it("does not leave more resting than is wished", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 5));
    made.tell(accepted(1));
    expect(wish(made, quote("buy", 14_990, 4))).toEqual(["cancel 1"]);
  });

  it("changes a price by cancelling, and places the new order when the old one is gone", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    expect(wish(made, quote("buy", 14_991, 10))).toEqual([]); // not even accepted yet
    expect(made.tell(accepted(1))).toEqual(["cancel 1"]);
    expect(made.tell(tick)).toEqual([]);
    expect(made.tell(cancelled(1))).toEqual(["place 2 a/buy buy 14991 x 10 gtx"]);
  });

  it("gives the slot free when an order fills before it is accepted", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    made.wants["a"] = [];
    made.tell(fill(nth(1), "buy", 14_990, 10));
    expect(made.tell(accepted(1), made.now - 5)).toEqual([]);
    expect([made.engine.orders.size, made.engine.view.position(perp.id)]).toEqual([0, 10]);
  });

  it("counts a fill that comes after the cancel, once", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    made.tell(accepted(1));
    wish(made);
    made.tell(cancelled(1));
    made.tell(fill(nth(1), "buy", 14_990, 3), made.now - 5);
    made.tell(fill(nth(1), "buy", 14_990, 3), made.now - 5);
    expect([made.engine.viewOf("a").position(perp.id), made.engine.orders.size]).toEqual([3, 0]);
  });

  it("takes the same order as another one when it is post-only or reduce-only by wish", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    made.tell(accepted(1));
    expect(wish(made, quote("buy", 14_990, 10, { postOnly: false }))).toEqual(["cancel 1"]);
    expect(made.tell(cancelled(1))).toEqual(["place 2 a/buy buy 14990 x 10 gtc"]);
  });

  it("does not send what the venue's filters would refuse, and says so once", () => {
    const made = scene({ instruments: [{ ...perp, minSize: lots(20) }, spot] });
    expect([wish(made, quote("buy", 14_990, 10)), made.tell(tick)]).toEqual([[], []]);
    expect(made.said).toEqual(["filters: a/buy: size 0.10 is below 0.20"]);
  });

  it("places post-only quotes and no others while the market takes no others", () => {
    const made = scene({ instruments: [{ ...perp, state: "post-only" }, spot] });
    expect(wish(made, quote("buy", 14_990, 10), quote("sell", 15_010, 10, { postOnly: false }))).toEqual([
      "place 1 a/buy buy 14990 x 10 gtx",
    ]);
    expect(made.said).toEqual(["filters: a/sell: v:SOL_USDC_PERP takes post-only orders only"]);
  });

  it("never has two live orders in a slot, whatever comes twice", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    for (const news of [accepted(1), accepted(1), rejected(1), doubted(1), fill(nth(1), "buy", 14_990, 1), accepted(1)])
      expect(made.tell(news).filter((each) => each.startsWith("place"))).toEqual([]);
  });
});

describe("plan: refusals", () => {
  it("prices an order anew that would take, at once and three times in all, then waits", () => {
    const made = scene();
    wish(made, quote("sell", 15_000, 10));
    made.wants["a"] = [quote("sell", 15_003, 10)];
    expect(made.tell(rejected(1))).toEqual(["place 2 a/sell sell 15003 x 10 gtx"]);
    made.wants["a"] = [quote("sell", 15_004, 10)];
    expect(made.tell(rejected(2))).toEqual(["place 3 a/sell sell 15004 x 10 gtx"]);
    made.wants["a"] = [quote("sell", 15_005, 10)];
    expect(made.tell(rejected(3))).toEqual([]);
    expect(made.pass(3_000)).toEqual([]);
    expect(made.pass(1_000)).toEqual(["place 4 a/sell sell 15005 x 10 gtx"]);
  });

  it("does not send the same price again at once", () => {
    const made = scene();
    wish(made, quote("sell", 15_000, 10));
    expect(made.tell(rejected(1))).toEqual([]);
    expect(made.said).toEqual(["venue: a/sell refused (would-take): Order would immediately match and take."]);
    expect(made.pass(1_000)).toHaveLength(1);
  });

  it("backs off from an order that the venue takes away by itself, instead of placing it for ever", () => {
    const made = scene();
    wish(made, quote("sell", 15_010, 10));
    made.tell(accepted(1));
    expect(made.tell(cancelled(1))).toEqual([]);
    expect(made.pass(1_000)).toEqual([]);
    expect(made.pass(1_000)).toEqual(["place 2 a/sell sell 15010 x 10 gtx"]);
    expect(made.tell(cancelled(2))).toEqual([]); // also before it was accepted
    expect(made.pass(3_000)).toEqual([]);
    expect(made.pass(1_000)).toHaveLength(1);
  });

  it("keeps closing with pauses when the close is refused four times, and does it at the fifth", () => {
    const made = holding(80);
    made.wants["a"] = [hold(0, 14_900)];
    const sent: number[] = [];
    const from = made.now;
    made.tell(tick);
    for (let count = 2; count <= 5; count++) {
      made.tell(rejected(count, "other"));
      for (let waited = 0; waited < 10 && made.engine.orders.size === 0; waited++) made.pass(1_000);
      sent.push(made.now - from);
    }
    expect(sent).toEqual([2_000, 6_000, 11_000, 16_000]);
    made.tell(fill(nth(6), "sell", 14_950, 80));
    expect([made.engine.orders.size, made.engine.view.position(perp.id)]).toEqual([0, 0]);
  });

  it("does not take an order for refused that has stood", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    made.tell(accepted(1));
    wish(made, quote("buy", 14_991, 10));
    expect(made.tell(rejected(1))).toEqual(["ask v"]); // a refusal that is late, doubled or somebody else's
    expect(made.engine.orders.get(nth(1))?.state).toBe("cancelling");
  });
});

describe("plan: doubt", () => {
  it("sends nothing again while an order is in doubt, and asks", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    expect(made.tell(doubted(1))).toEqual(["ask v"]);
    expect(made.tell(tick)).toEqual([]);
  });

  it("adds no risk in that market while an order is in doubt; reductions go on, other markets too", () => {
    const made = holding(50);
    wish(made, quote("buy", 14_990, 10));
    made.tell(doubted(2));
    const other = quote("buy", 14_990, 10, { instrument: spot.id, slot: "spot" });
    expect(
      wish(made, quote("sell", 15_010, 10), quote("sell", 15_020, 10, { slot: "out", reduceOnly: true }), other),
    ).toEqual(["place 3 a/out sell 15020 x 10 gtx reduce", "place 4 a/spot buy 14990 x 10 gtx"]);
    expect(made.said.at(-1)).toBe("unknown: a/sell: waits until an order in doubt is cleared up");
    expect(wish(made, hold(0, 14_995))).toContain("place 5 a/hold:v:SOL_USDC_PERP sell 14995 x 50 ioc reduce");
  });

  it("holds back a hold that adds, and lets it go when the doubt is over", () => {
    const made = scene();
    wish(made, quote("buy", 14_000, 10));
    made.tell(doubted(1));
    expect(wish(made, hold(5, 15_010))).toEqual([]);
    expect(made.said).toContain("unknown: a/hold:v:SOL_USDC_PERP: waits until an order in doubt is cleared up");
    expect(made.tell(rejected(1, "other"))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc"]);
  });

  it("frees no slot while a fill is missing that the venue has spoken of: else it would trade twice", () => {
    const made = scene();
    wish(made, hold(10, 15_010));
    expect(made.tell(expired(1, 10))).toEqual([]); // all ten, and the trade has not come yet
    expect(made.pass(900)).toEqual(["ask v"]);
    expect(made.tell(fill(nth(1), "buy", 15_002, 10))).toEqual([]);
    expect([made.engine.orders.size, made.engine.view.position(perp.id)]).toEqual([0, 10]);
  });

  it("does not trade twice for a fill of which only the second half came", () => {
    const made = scene();
    wish(made, hold(10, 15_010));
    expect(made.tell(fill(nth(1), "buy", 15_002, 6, { total: lots(10) }))).toEqual([]);
    expect(made.tell(fill(nth(1), "buy", 15_002, 4, { tradeId: "first" }))).toEqual([]);
    expect([made.engine.orders.size, made.engine.view.position(perp.id)]).toEqual([0, 10]);
  });
});

describe("plan: holds", () => {
  it("works a difference with one IOC after the other, capped, until it is reached", () => {
    const made = scene();
    expect(wish(made, hold(10, 15_010))).toEqual(["place 1 a/hold:v:SOL_USDC_PERP buy 15010 x 10 ioc"]);
    expect(made.tell(accepted(1))).toEqual([]); // an IOC goes by itself
    made.tell(fill(nth(1), "buy", 15_002, 7));
    expect(made.tell(expired(1, 7))).toEqual([]);
    expect(made.pass(1_000)).toEqual(["place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 3 ioc"]);
    expect(made.tell(fill(nth(2), "buy", 15_002, 3))).toEqual([]);
    expect([made.tell(tick), made.engine.view.position(perp.id)]).toEqual([[], 10]);
    expect(made.said.filter((each) => each.includes("missing"))).toEqual([]); // nothing is, and nobody says so
  });

  it("says why, once for as long as it lasts", () => {
    const made = holding(10);
    wish(made, hold(4, 14_990));
    expect(made.engine.notes()).toContainEqual({ rule: "hold", why: expect.stringMatching(/: test$/) });
    wish(made, hold(4, 14_990));
    expect(made.engine.notes()).toEqual([]);
  });

  it("is reduce-only where it only reduces, and not where it goes through zero", () => {
    const made = holding(10);
    expect(wish(made, hold(4, 14_990))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 6 ioc reduce"]);
    const other = holding(10);
    expect(wish(other, hold(-5, 14_990))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 15 ioc"]);
  });

  it("is not reduce-only when the user was on the other side before us", () => {
    for (const user of [-30, -4]) {
      const made = scene({ bare: true });
      made.tell(book());
      made.truth({ position: user });
      holding(10, made);
      expect(wish(made, hold(0, 14_990))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 10 ioc"]);
    }
  });

  it("closes what another hand has left of a position, reduce-only, and says why no more", () => {
    const made = holding(10, lenient());
    lose(made, "sell", 4);
    expect(wish(made, hold(0, 14_990))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 6 ioc reduce"]);
    expect(made.tell(fill(nth(2), "sell", 14_995, 6))).toEqual([]);
    expect(made.engine.left(perp.id)).toBe(0);
    expect(made.said.at(-1)).toBe(
      "external: a/hold:v:SOL_USDC_PERP: what it would close was taken by another hand or a liquidation",
    );
  });

  it("opens nothing when all of it is gone: neither a hold to nothing nor one through it", () => {
    for (const target of [0, 4, -5]) {
      const made = holding(10, lenient());
      lose(made, "sell", 30);
      expect([wish(made, hold(target, 14_990)), made.pass(2_000)]).toEqual([[], []]);
    }
    const short = lenient();
    wish(short, quote("sell", 15_002, 10));
    short.wants["a"] = [];
    short.tell(fill(nth(1), "sell", 15_002, 10));
    lose(short, "buy", 10);
    expect(wish(short, hold(0, 15_010))).toEqual([]);
  });

  it("cancels own quotes that it could trade with first, places none, and waits until they are gone", () => {
    const made = holding(50);
    wish(made, quote("buy", 14_995, 10), quote("buy", 14_900, 10, { slot: "far" }));
    made.tell(accepted(2));
    made.tell(accepted(3));
    const close = hold(0, 14_990);
    expect(wish(made, close, quote("buy", 14_995, 10), quote("buy", 14_900, 10, { slot: "far" }))).toEqual([
      "cancel 2",
    ]);
    expect(made.tell(tick)).toEqual([]);
    expect(made.tell(cancelled(2))).toEqual(["place 4 a/hold:v:SOL_USDC_PERP sell 14990 x 50 ioc reduce"]);
    expect(made.tell(tick)).toEqual([]); // the near bid stays away, the far one stays
    expect(made.engine.orders.has(nth(3))).toBe(true);
  });

  it("keeps away own quotes at the hold's own worst price, and leaves those beyond it and on its side", () => {
    const bids = [quote("buy", 14_990, 10), quote("buy", 14_989, 10, { slot: "beyond" })];
    const ask = quote("sell", 15_020, 10, { slot: "same" });
    const closing = holding(50);
    expect(wish(closing, hold(0, 14_990), ...bids, ask)).toEqual([
      "place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 50 ioc reduce",
      "place 3 a/beyond buy 14989 x 10 gtx",
      "place 4 a/same sell 15020 x 10 gtx",
    ]);
    const asks = [quote("sell", 15_010, 10), quote("sell", 15_011, 10, { slot: "beyond" })];
    const bid = quote("buy", 14_980, 10, { slot: "same" });
    expect(wish(scene(), hold(5, 15_010), ...asks, bid)).toEqual([
      "place 1 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc",
      "place 2 a/beyond sell 15011 x 10 gtx",
      "place 3 a/same buy 14980 x 10 gtx",
    ]);
  });

  it("waits for own orders at its worst price, and for none beyond it", () => {
    for (const [price, lines] of [
      [15_010, ["cancel 1"]],
      [15_011, ["place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc"]],
    ] as const) {
      const made = scene();
      const ask = quote("sell", price, 10);
      wish(made, ask);
      made.tell(accepted(1));
      expect(wish(made, ask, hold(5, 15_010))).toEqual(lines);
      const waits = "own-cross: a/hold:v:SOL_USDC_PERP: waits until own orders that it could trade with are gone";
      expect(made.said.includes(waits)).toBe(price === 15_010);
    }
    for (const [price, lines] of [
      [14_990, ["cancel 2"]],
      [14_989, ["place 3 a/hold:v:SOL_USDC_PERP sell 14990 x 50 ioc reduce"]],
    ] as const) {
      const made = holding(50);
      const bid = quote("buy", price, 10);
      wish(made, bid);
      made.tell(accepted(2));
      expect(wish(made, bid, hold(0, 14_990))).toEqual(lines);
    }
  });

  it("has nothing to do with quotes of another market, wished or working", () => {
    const made = scene();
    const ask = quote("sell", 15_005, 10, { instrument: spot.id });
    wish(made, ask);
    made.tell(accepted(1));
    const later = quote("sell", 15_006, 10, { instrument: spot.id, slot: "later" });
    expect(wish(made, ask, later, hold(5, 15_010))).toEqual([
      "place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc",
      "place 3 a/later sell 15006 x 10 gtx",
    ]);
  });

  it("of one account waits also for an order in doubt of another: their orders do trade with each other", () => {
    const second = { ...perp, id: "v-2:SOL_USDC_PERP" as const };
    const made = scene({ instruments: [perp, spot, second] });
    made.tell({ type: "link.restored", venue: "v-2", stream: "account", why: "opened" });
    made.tell({ ...snapshot({ asOf: made.now }), venue: "v-2" });
    made.tell(book(second.id));
    holding(50, made);
    wish(made, quote("buy", 14_995, 10, { instrument: second.id }));
    made.tell(doubted(2));
    expect(wish(made, hold(0, 14_990))).toEqual([]);
    expect(made.said.at(-1)).toMatch(/^own-cross: /);
  });

  it("is not reduce-only where it opens for one strategy what another one holds", () => {
    const made = scene({ names: ["a", "b"] });
    made.wants["b"] = [quote("buy", 15_000, 10)];
    made.tell(tick);
    made.wants["b"] = [];
    made.tell(fill(nth(1), "buy", 15_000, 10));
    expect(wish(made, hold(-5, 14_990))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14990 x 5 ioc"]);
  });

  it("sells coins while an order of their market is in doubt: a sale of what is held adds no risk", () => {
    const made = scene();
    const bid = quote("buy", 15_000, 10, { instrument: spot.id });
    wish(made, bid);
    made.wants["a"] = [];
    made.tell(fill(nth(1), "buy", 15_000, 10, { instrument: spot.id }));
    wish(made, quote("buy", 14_000, 10, { instrument: spot.id }));
    made.tell(doubted(2));
    expect(wish(made, hold(0, 14_990, spot.id))).toEqual(["place 3 a/hold:v:SOL_USDC sell 14990 x 10 ioc"]);
  });

  it("works a difference that is just what the venue trades", () => {
    const made = scene({ instruments: [{ ...perp, minSize: lots(5) }, spot] });
    expect(wish(made, hold(5, 15_010))).toEqual(["place 1 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc"]);
  });

  it("does not let a quote of another strategy stand in the way either", () => {
    const made = scene({ names: ["a", "b"] });
    made.wants["b"] = [quote("sell", 15_005, 10)];
    made.tell(tick);
    made.tell(accepted(1));
    expect(wish(made, hold(5, 15_010))).toEqual(["cancel 1"]);
    expect(made.tell(cancelled(1))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 5 ioc"]);
  });

  it("is not kept waiting by an order in doubt when it reduces", () => {
    const made = holding(50);
    wish(made, quote("buy", 14_995, 10));
    made.tell(doubted(2));
    expect(wish(made, hold(0, 14_990))).toContain("place 3 a/hold:v:SOL_USDC_PERP sell 14990 x 50 ioc reduce");
  });

  it("leaves what is less than the venue trades, and does not keep quotes away for it", () => {
    const made = scene({ instruments: [{ ...perp, minSize: lots(5) }, spot] });
    holding(10, made);
    expect(wish(made, hold(7, 14_990), quote("buy", 14_995, 10))).toEqual(["place 2 a/buy buy 14995 x 10 gtx"]);
    expect(made.said.at(-1)).toBe(
      "filters: a/hold:v:SOL_USDC_PERP: -3 lots are missing, which is less than can be traded",
    );
  });

  it("splits what is more than the venue takes at once", () => {
    const most: Instrument = { ...perp, maxSize: lots(6) };
    const made = scene({ instruments: [most, spot] });
    expect(wish(made, hold(10, 15_010))).toEqual(["place 1 a/hold:v:SOL_USDC_PERP buy 15010 x 6 ioc"]);
    expect(made.tell(fill(nth(1), "buy", 15_002, 6))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP buy 15010 x 4 ioc"]);
  });

  it("sells what fees in base have left, not what was bought", () => {
    const made = scene();
    const bought: OrderFilled = fill(nth(1), "buy", 15_000, 100, {
      instrument: spot.id,
      fee: "0.0008" as OrderFilled["fee"],
      feeAsset: "SOL",
    });
    wish(made, quote("buy", 15_000, 100, { instrument: spot.id }));
    made.wants["a"] = [];
    made.tell(bought);
    expect(made.engine.viewOf("a").position(spot.id)).toBe(99); // 0.9992 SOL
    expect(wish(made, hold(0, 14_990, spot.id))).toEqual(["place 2 a/hold:v:SOL_USDC sell 14990 x 99 ioc"]);
  });
});

describe("plan: together with the rest of the house", () => {
  it("works together with the rule against own crosses: the old ask goes before the new bid comes", () => {
    const made = scene({ rules: [ownCross()] });
    wish(made, quote("sell", 15_010, 10));
    made.tell(accepted(1));
    made.tell(book(perp.id, 15_018, 15_020));
    expect(wish(made, quote("buy", 15_015, 10), quote("sell", 15_025, 10))).toEqual(["cancel 1"]);
    expect(made.tell(cancelled(1))).toEqual(["place 2 a/buy buy 15015 x 10 gtx", "place 3 a/sell sell 15025 x 10 gtx"]);
  });

  it("takes over an order that stands after a doubt and keeps it", () => {
    const made = scene();
    wish(made, quote("buy", 14_990, 10));
    made.tell(doubted(1));
    made.now += 200;
    expect(made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual([]);
    expect(made.tell(tick)).toEqual([]);
  });
});
