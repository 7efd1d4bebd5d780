// The table of snapshots, row by row.
import { clientIdOf } from "@bp/core";
import { describe, expect, it } from "vitest";
import {
  book,
  fill,
  listed,
  nth,
  open,
  perp,
  quote,
  type Scene,
  type SceneOptions,
  scene,
  snapshot,
  spot,
  start,
} from "./scene.fixture.ts";

/** A scene in which order 1, a bid of 10 lots at 149.90, is on its way since `start`. */
function placing(options?: SceneOptions): Scene {
  const made = scene(options);
  made.wants["a"] = [quote("buy", 14_990, 10)];
  made.tell({ type: "timer.fired", name: "x" });
  return made;
}
/** The same, and it was accepted 20 ms later. */
function resting(options?: SceneOptions): Scene {
  const made = placing(options);
  made.now += 20;
  made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
  return made;
}
const stateOf = (made: Scene, count = 1) => made.engine.orders.get(nth(count))?.state ?? "gone";

describe("layOrders", () => {
  it("leaves an order alone that was never heard of while it may be on the wire", () => {
    const made = placing();
    made.now += 10_000;
    expect([made.truth(), stateOf(made)]).toEqual([[], "placing"]);
  });

  it("takes it for gone after the grace time, and frees its slot", () => {
    const made = placing();
    made.now += 10_001;
    expect(made.truth()).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
    expect(made.said).toContain(`late: order ${nth(1)} is no longer at the venue`);
  });

  it("does not let an old snapshot that comes late prove more than it could know", () => {
    const made = placing();
    made.now += 11_000;
    made.truth({ asOf: start + 2_000 });
    expect(stateOf(made)).toBe("placing");
  });

  it("does nothing about an order that was accepted after the snapshot", () => {
    const made = resting();
    made.now += 100;
    expect([made.truth({ asOf: start + 19 }), stateOf(made)]).toEqual([[], "open"]);
  });

  it("asks again about a young order that the snapshot lacks, and believes it when it is older", () => {
    const made = resting();
    made.now += 1_000;
    expect([made.truth(), stateOf(made)]).toEqual([["ask v"], "open"]);
    made.now += 2_500;
    expect(made.truth()).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
  });

  it("lets any order rest that was accepted a moment before it, post-only or not", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10, { postOnly: false })];
    made.tell({ type: "timer.fired", name: "x" });
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    expect([made.truth(), stateOf(made)]).toEqual([["ask v"], "open"]); // at that very moment
    made.now += 1_000;
    expect([made.truth(), stateOf(made)]).toEqual([["ask v"], "open"]);
  });

  it("says nothing where it tells what we know, and knows from it that an order was accepted", () => {
    const made = placing();
    made.now += 500;
    expect(made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual([]);
    expect(made.said).toEqual([]);
    made.now += 3_001;
    expect(made.truth()).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]); // seen once and no longer there
  });

  it("proves nothing about the orders of another venue", () => {
    const second = { ...perp, id: "v-2:SOL_USDC_PERP" as const };
    const made = resting({ instruments: [perp, spot, second] });
    made.now += 20_000;
    expect(made.tell({ ...snapshot({ asOf: made.now }), venue: "v-2" })).toEqual([]);
    expect(stateOf(made)).toBe("open");
  });

  it("takes an IOC for gone at once, since it never rests", () => {
    const made = scene();
    made.wants["a"] = [
      {
        kind: "hold",
        instrument: "v:SOL_USDC_PERP",
        position: quote("buy", 1, 5).size,
        worst: quote("buy", 15_010, 5).price,
        why: "",
      },
    ];
    made.tell({ type: "timer.fired", name: "x" });
    made.now += 20;
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.now += 10;
    made.wants["a"] = [];
    made.truth();
    expect(stateOf(made)).toBe("gone");
  });

  it("takes an order for gone that the venue no longer has, with its fills from the list", () => {
    const made = resting();
    made.now += 5_000;
    made.wants["a"] = [];
    made.truth({ position: 10, cost: "1499", fills: [listed(fill(nth(1), "buy", 14_990, 10), start + 3_000)] });
    expect([stateOf(made), made.engine.view.position("v:SOL_USDC_PERP"), made.engine.view.halted]).toEqual([
      "gone",
      10,
      undefined,
    ]);
  });

  it("takes the larger total of an order that stands", () => {
    const made = resting();
    made.now += 5_000;
    made.truth({
      position: 4,
      orders: [open(nth(1), "buy", 14_990, 10, 4)],
      fills: [listed(fill(nth(1), "buy", 14_990, 4, { total: quote("buy", 1, 4).size }), start + 4_000)],
    });
    const order = made.engine.orders.get(nth(1));
    expect([order?.state, order?.filled, order?.counted]).toEqual(["open", 4, 4]);
  });

  it("believes that so much is filled also while the list of fills lags", () => {
    const made = resting();
    made.now += 5_000;
    made.truth({ position: 4, orders: [open(nth(1), "buy", 14_990, 10, 4)] });
    const order = made.engine.orders.get(nth(1));
    expect([order?.filled, made.engine.view.working("v:SOL_USDC_PERP", "buy")]).toEqual([4, 6]);
  });

  it("opens an order in doubt that stands, without placing another", () => {
    const made = placing();
    made.tell({ type: "order.doubted", clientId: nth(1), request: "place", text: "no answer" });
    made.now += 500;
    expect([made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] }), stateOf(made)]).toEqual([[], "open"]);
  });

  it("sends a cancel again that has not come about for a while", () => {
    const made = resting();
    made.wants["a"] = [];
    expect(made.tell({ type: "timer.fired", name: "x" })).toEqual(["cancel 1"]);
    made.now += 1_000;
    expect(made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual([]);
    made.now += 3_000;
    expect(made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual(["cancel 1"]);
  });

  it("revives an order that ended before the snapshot and stands, and asks to be sure", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 10;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1" });
    made.now += 1_000;
    const lines = made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] });
    expect(lines).toEqual(["cancel 1", "ask v"]);
    expect(made.said).toContain(`late: order ${nth(1)} stands after all`);
  });

  it("cancels an order that stands although its slot has a newer one", () => {
    const made = resting();
    made.now += 10_000;
    made.truth({ asOf: made.now });
    expect(stateOf(made, 2)).toBe("placing");
    made.now += 2_000;
    const lines = made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] });
    expect(lines).toEqual(["cancel 1", "ask v"]);
    expect(made.engine.orders.size).toBe(1);
  });

  it("does nothing about an order that ended after the snapshot was taken", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 1_000;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1" });
    made.now += 10;
    expect([made.truth({ asOf: start + 500, orders: [open(nth(1), "buy", 14_990, 10)] }), stateOf(made)]).toEqual([
      [],
      "gone",
    ]);
  });

  it("does nothing about one that ended at the moment of the snapshot either", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 1_000;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1" });
    expect([made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] }), stateOf(made)]).toEqual([[], "gone"]);
  });

  it("revives in its slot one that was told to be over, waits for a fill, and stands", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 10;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1", filled: quote("buy", 1, 4).size });
    made.now += 1_000;
    expect(made.truth({ orders: [open(nth(1), "buy", 14_990, 10, 4)] })).toEqual(["cancel 1", "ask v"]);
    expect(stateOf(made)).toBe("cancelling");
  });

  it("never touches orders that nobody here placed, also with a number of ours on another side", () => {
    const made = resting();
    made.now += 100;
    const lines = made.truth({
      orders: [
        open(nth(1), "buy", 14_990, 10),
        open(undefined, "buy", 14_000, 5),
        open(clientIdOf(9, 77), "sell", 16_000, 5),
        open(nth(1), "sell", 16_000, 5),
      ],
    });
    expect([lines, made.engine.orders.size]).toEqual([[], 1]);
    expect(made.said.filter((each) => each.startsWith("external: an order that nobody here placed"))).toHaveLength(3);
  });

  it("lets an order that is over wait for its fills, but not for ever", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 10;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1", filled: quote("buy", 1, 4).size });
    made.now += 100;
    made.truth();
    expect(stateOf(made)).toBe("unknown"); // the list may lag
    made.now += 3_000;
    expect(made.truth()).toEqual([]); // nothing is left to ask for
    expect(stateOf(made)).toBe("gone");
    expect(made.said).toContain(`unexplained: fills of order ${nth(1)} are in no list; the position tells the rest`);
  });

  it("lets one wait for its fills however long it rested before", () => {
    const made = resting();
    made.wants["a"] = [];
    made.now += 60_000;
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1", filled: quote("buy", 1, 4).size });
    made.now += 100;
    made.truth();
    expect(stateOf(made)).toBe("unknown");
  });

  it("ignores a snapshot that is older than the last one, but for its trades", () => {
    const made = resting();
    made.now += 5_000;
    made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] });
    made.now += 10;
    made.truth({ asOf: start + 4_000, fills: [listed(fill(nth(1), "buy", 14_990, 10), start + 5_005)] });
    expect([stateOf(made), made.engine.view.position("v:SOL_USDC_PERP")]).toEqual(["gone", 10]);
  });

  it("trusts no snapshot that comes while the account stream is gone", () => {
    const made = scene();
    made.tell({ type: "link.lost", venue: "v", stream: "account", why: "closed" });
    made.truth();
    expect(made.engine.view.position("v:SOL_USDC_PERP")).toBe(undefined);
    made.tell({ type: "link.restored", venue: "v", stream: "account", why: "connected" });
    expect(made.engine.view.position("v:SOL_USDC_PERP")).toBe(undefined);
    made.tell(book());
    made.truth();
    expect(made.engine.view.position("v:SOL_USDC_PERP")).toBe(0);
  });
});
