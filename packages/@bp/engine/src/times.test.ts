// Clocks that are set while a run goes on: nothing is frozen, nothing is called gone, nothing is believed for ever.
import { type News, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { leap } from "./fold.ts";
import {
  book,
  fill,
  hold,
  listed,
  nth,
  open,
  perp,
  quote,
  type Scene,
  scene,
  snapshot,
  start,
} from "./scene.fixture.ts";

const hour = 3_600_000;
/** Tells a fact of a venue whose clock is off by so much. */
const from = (made: Scene, byMs: number, news: News) => made.tell(news, made.now + byMs);
/** A snapshot that is dated by a clock that is off by so much. */
const truthBy = (made: Scene, byMs: number, truth: Omit<Parameters<typeof snapshot>[0], "asOf"> = {}) =>
  made.tell(snapshot({ ...truth, asOf: made.now + byMs }), made.now + byMs);

describe("time that leaps forward", () => {
  it("makes the account unknown until it was asked for anew, and pulls what rests", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell({ type: "timer.fired", name: "x" });
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.now += hour;
    expect(made.tell({ type: "timer.fired", name: "beat" })).toEqual(["cancel 1", "ask v"]);
    expect(made.engine.view.position(perp.id)).toBe(undefined);
    expect(made.said).toContain(`clock: time has leapt by ${hour} ms: the venues are asked anew`);
    made.now += 100;
    expect(made.truth()).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]); // the venue's list is an hour newer than the acceptance
    expect(made.engine.view.position(perp.id)).toBe(0);
  });

  it("calls no order gone that was sent just before", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell({ type: "timer.fired", name: "x" });
    made.now += hour;
    made.tell({ type: "timer.fired", name: "beat" });
    made.now += 50;
    made.truth();
    expect(made.engine.orders.get(nth(1))?.state).toBe("placing");
    made.now += 10_001;
    made.tell({ type: "timer.fired", name: "beat" });
    made.truth();
    expect(made.engine.orders.has(nth(1))).toBe(false); // and is not believed for ever
  });

  it("is no leap when the bot was away and says so", () => {
    const made = scene();
    made.now += hour;
    made.tell({ type: "link.lost", venue: "v", stream: "account", why: "restarted", resumed: true });
    expect(made.said.some((each) => each.startsWith("clock:"))).toBe(false);
  });
});

describe("a machine that slept", () => {
  it("trades on nothing that was seen before", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    expect(made.tell({ type: "timer.fired", name: leap })).toEqual(["ask v"]);
    expect([made.engine.view.position(perp.id), made.engine.view.book(perp.id).at]).toEqual([undefined, 0]);
    made.now += 100;
    made.truth();
    made.tell(book());
    expect([made.engine.view.position(perp.id), made.engine.view.book(perp.id).at]).toEqual([0, made.now]);
  });
});

describe("a venue whose clock is off", () => {
  for (const by of [-hour, hour]) {
    it(`by ${by / 60_000} min from the start: orders are given up and believed as ever`, () => {
      const made = scene({ bare: true });
      made.tell({ type: "link.restored", venue: "v", stream: "account", why: "opened" });
      truthBy(made, by);
      made.tell(book());
      made.wants["a"] = [quote("buy", 14_990, 10)];
      made.tell({ type: "timer.fired", name: "x" });
      made.now += 50;
      truthBy(made, by);
      expect(made.engine.orders.get(nth(1))?.state).toBe("placing");
      made.now += 10_100;
      truthBy(made, by);
      expect(made.engine.orders.has(nth(1))).toBe(false);
    });

    it(`set by ${by / 60_000} min in mid-run: told, and trades are counted once`, () => {
      const made = scene();
      made.wants["a"] = [hold(10, 15_010)];
      made.tell({ type: "timer.fired", name: "x" });
      made.now += 100;
      const trade = fill(nth(1), "buy", 15_002, 10);
      from(made, by, trade);
      expect(made.engine.view.position(perp.id)).toBe(10);
      for (let count = 0; count < 6; count++) {
        made.now += 2_000;
        truthBy(made, by, {
          position: 10,
          cost: "15.002",
          ...(count < 2 ? { fills: [listed(trade, made.now + by - 2_000)] } : {}),
        });
      }
      expect([made.engine.view.position(perp.id), made.engine.view.external(perp.id), made.engine.view.halted]).toEqual(
        [10, 0, undefined],
      );
      expect(made.said.filter((each) => each.startsWith("clock:"))).toEqual([
        expect.stringMatching(/^clock: the clock of v was set by -?3\d{6} ms$/),
      ]);
      made.now += 1_000;
      from(made, by, fill(nth(9), "buy", 15_002, 3, { tradeId: "user" }));
      made.now += 1_000;
      truthBy(made, by, { position: 13, cost: "19.5026" });
      expect(made.engine.view.external(perp.id)).toBe(3);
    });
  }

  it("goes on to believe snapshots after it was set back", () => {
    const made = scene();
    made.now += 1_000;
    made.truth({ orders: [open(undefined, "buy", 14_000, 5)] });
    for (let count = 0; count < 3; count++) {
      made.now += 1_000;
      truthBy(made, -hour, { position: 7, cost: "10.5" });
    }
    expect(made.engine.view.external(perp.id)).toBe(7);
  });

  it("takes no date of the far future for true", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell({ type: "timer.fired", name: "x" });
    from(made, 50 * hour, { type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.now += 10_000;
    made.wants["a"] = [];
    made.truth();
    expect(made.engine.orders.has(nth(1))).toBe(false);
  });

  it("tells funding stamps in our time", () => {
    const made = scene({ bare: true });
    truthBy(made, hour);
    from(made, hour, {
      type: "mark.changed",
      instrument: perp.id,
      mark: ticks(15_000),
      index: 15_000,
      fundingRate: 0,
      fundingAt: (start + 2 * hour) as never, // a date
    });
    expect(made.engine.view.mark(perp.id)?.fundingAt).toBe(start + hour);
  });
});

describe("facts out of order", () => {
  it("never take the run's time back", () => {
    const made = scene();
    made.now -= hour;
    made.tell({ type: "timer.fired", name: "beat" });
    expect(made.engine.view.now).toBe(start);
  });
});
