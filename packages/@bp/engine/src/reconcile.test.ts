// Reconciliation: when the venue's truth is asked for, which class each difference gets, and what halts.
import { decimal, lots, type News, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
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
  type SceneOptions,
  scene,
  start,
} from "./scene.fixture.ts";

const beat: News = { type: "timer.fired", name: "beat" };
const tick: News = { type: "timer.fired", name: "x" };
const link = (type: "link.lost" | "link.restored", stream: "market" | "account"): News => ({
  type,
  venue: "v",
  stream,
  why: "test",
});
/** A strategy holds 10 lots, bought at 150.02. */
function holding(options?: SceneOptions): Scene {
  const made = scene(options);
  made.wants["a"] = [hold(10, 15_010)];
  made.tell(tick);
  made.now += 20;
  made.tell(fill(nth(1), "buy", 15_002, 10, { liquidity: "taker" }));
  made.said.length = 0;
  return made;
}
const held = { position: 10, cost: "15.002" };
const counts = ({ engine }: Scene) => {
  const { venues } = engine.differences();
  return Object.fromEntries(
    Object.entries(venues["v"] ?? {}).flatMap(([kind, classes]) =>
      Object.entries(classes).flatMap(([is, count]) => (count === 0 ? [] : [[`${kind} ${is}`, count]])),
    ),
  );
};

describe("the venue's truth is asked for", () => {
  it("at the start", () => {
    const made = scene({ bare: true });
    made.tell(link("link.restored", "account"));
    expect(made.pass(1_000)).toEqual(["ask v"]);
  });

  it("after the account's stream was gone, and nothing is believed until then", () => {
    const made = scene();
    made.tell(link("link.lost", "account"));
    expect(made.pass(5_000)).toEqual([]); // nobody could hear what comes after the answer
    made.tell(link("link.restored", "account"));
    expect(made.pass(1_000)).toEqual(["ask v"]);
    expect(made.engine.view.position(perp.id)).toBe(undefined);
  });

  it("after the market's stream was gone", () => {
    const made = scene();
    made.now += 5_000;
    made.tell(link("link.lost", "market"));
    expect(made.tell(link("link.restored", "market"))).toEqual(["ask v"]);
  });

  it("for an order in doubt", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    expect(made.tell({ type: "order.doubted", clientId: nth(1), request: "place", text: "no answer" })).toEqual([
      "ask v",
    ]);
  });

  it("on a timer", () => {
    const made = scene();
    expect(made.pass(59_000)).toEqual([]);
    expect(made.pass(1_000)).toEqual(["ask v"]);
  });

  it("once more after a stop, when nothing of ours is left", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.now += 5_000;
    expect(made.tell({ type: "operator.asked", ask: "stop", by: "test" })).toEqual(["cancel 1"]);
    expect(made.tell(beat)).toEqual([]);
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1" });
    expect([made.tell(beat), made.tell(beat)]).toEqual([["ask v"], []]);
  });

  it("again, when the answer does not come, is about something older, or comes out of turn", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell({ type: "order.doubted", clientId: nth(1), request: "place", text: "no answer" });
    expect(made.pass(2_000)).toEqual([]);
    expect(made.pass(1_000)).toEqual(["ask v"]); // never came
    made.now += 50;
    made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] });
    made.now += 50;
    made.truth({ asOf: made.now - 3_000 }); // the first answer, overtaken by the second: without the order
    expect(made.engine.orders.get(nth(1))?.state).toBe("open");
  });

  it("again for a reason that came after the question", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.pass(60_000);
    const asOf = made.now;
    made.now += 40;
    made.wants["a"] = [];
    made.tell(tick);
    made.tell({ type: "order.cancelled", clientId: nth(1), venueOrderId: "v1" });
    made.now += 10;
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" }); // stands after all?
    made.now += 10;
    made.truth({ asOf, orders: [open(nth(1), "buy", 14_990, 10)] }); // asked before that
    expect(made.pass(2_000)).toEqual(["ask v"]);
  });

  it("in vain for three minutes: nothing is known of the account any more, and it is told", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.pass(180_000);
    expect(made.engine.view.position(perp.id)).toBe(0);
    expect(made.pass(1_000)).toContain("cancel 1");
    expect(made.engine.view.position(perp.id)).toBe(undefined);
    made.pass(10_000);
    const said = made.said.filter((each) => each.startsWith("unknown: v has not told"));
    expect(said).toEqual([
      "unknown: v has not told about the account for too long: nothing is known of it until it does",
    ]);
    made.truth();
    expect(made.engine.view.position(perp.id)).toBe(0);
  });
});

describe("classes of differences: orders", () => {
  it("late: gone without a word, standing after all, a fill that came with the list", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
    made.now += 10_000;
    made.wants["a"] = [];
    made.truth({ position: 10, cost: "14.99", fills: [listed(fill(nth(1), "buy", 14_990, 10), start + 5_000)] });
    expect(counts(made)).toEqual({ "fill late": 1 });
    expect(made.said).toContain(`late: trade t${nth(1)}-10 of order ${nth(1)} came with the venue's list first`);
  });

  it("external: an order of another hand, told once and left alone", () => {
    const made = scene();
    const theirs = open(undefined, "sell", 16_000, 5);
    for (let count = 0; count < 3; count++) {
      made.now += 2_000;
      expect(made.truth({ orders: [theirs] })).toEqual([]);
    }
    expect(counts(made)).toEqual({ "order external": 1 });
    expect(made.said).toEqual([`external: an order that nobody here placed: sell 0.05 SOL at 160.00 in ${perp.id}`]);
  });

  it("late: an order of an earlier run is cancelled until it is gone", () => {
    const earlier = nth(900);
    const made = scene({ earlier: [earlier], run: 1 });
    made.now += 2_000;
    expect(made.truth({ orders: [open(earlier, "sell", 16_000, 5)] })).toEqual(["cancel 900", "ask v"]);
    made.now += 2_000;
    made.tell(beat);
    expect(made.truth({ orders: [open(earlier, "sell", 16_000, 5)] })).toEqual(["cancel 900", "ask v"]);
    made.now += 2_000;
    made.tell(beat);
    expect(made.truth()).toEqual([]);
    expect(counts(made)).toEqual({ "order late": 1 });
  });
});

describe("an order that the journal has lost", () => {
  it("unexplained: it is cancelled until it is gone, and its number is given to nobody else", () => {
    const made = scene();
    made.now += 2_000;
    expect(made.truth({ orders: [open(nth(3), "sell", 16_000, 5)] })).toEqual(["cancel 3", "ask v"]);
    made.now += 2_000;
    made.tell(beat);
    expect(made.truth({ orders: [open(nth(3), "sell", 16_000, 5)] })).toEqual(["cancel 3", "ask v"]);
    made.now += 2_000;
    made.tell(beat);
    expect(made.truth()).toEqual([]);
    expect(counts(made)).toEqual({ "order unexplained": 1 });
  });

  it("all of them, though the venue lists the newest first", () => {
    const made = scene();
    made.now += 2_000;
    const orders = [open(nth(4), "sell", 16_010, 5), open(nth(3), "sell", 16_000, 5)];
    expect(made.truth({ orders })).toEqual(["cancel 4", "cancel 3", "ask v"]);
  });

  it("one that has filled already: its number is given to nobody else", () => {
    const made = scene();
    made.now += 1_000;
    made.truth({ fills: [listed(fill(nth(1), "buy", 15_000, 7), made.now)], position: 7, cost: "10.5" });
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.now += 1_000;
    expect(made.truth({ position: 7, cost: "10.5" })).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
  });
});

describe("classes of differences: positions", () => {
  it("external at the start: left alone", () => {
    const made = scene({ bare: true });
    made.truth({ position: 7, cost: "10.5" });
    expect([made.engine.view.external(perp.id), made.engine.view.halted]).toEqual([7, undefined]);
    expect(made.said).toEqual([`external: the account holds 0.07 SOL in ${perp.id} that is not ours`]);
  });

  it("external in mid-run: the user's trade explains it", () => {
    const made = scene();
    made.now += 1_000;
    made.tell(fill(undefined, "buy", 15_000, 7, { tradeId: "user" }));
    made.now += 1_000;
    made.truth({ position: 7, cost: "10.5" });
    expect([made.engine.view.external(perp.id), made.engine.view.halted, counts(made)]).toEqual([
      7,
      undefined,
      { "fill external": 1 },
    ]);
  });

  it("late in mid-run: a list that lagged; nothing is placed meanwhile, nothing halts", () => {
    const made = scene();
    made.now += 1_000;
    made.truth({ position: 7, cost: "10.5" });
    made.wants["a"] = [quote("buy", 14_990, 10)];
    expect(made.tell(tick)).toEqual([]);
    made.now += 500;
    made.truth();
    expect([made.engine.view.halted, counts(made)]).toEqual([undefined, { "position late": 1 }]);
  });

  for (const [appears, position] of [
    ["appears", 17],
    ["disappears", 0],
    ["turns", -3],
  ] as const)
    it(`unexplained in mid-run: one that ${appears} and that no trade explains halts`, () => {
      const made = holding();
      for (let count = 0; count < 2; count++) {
        made.now += 2_000;
        made.truth({ position, cost: String(position * 1.5) });
      }
      expect(counts(made)).toEqual({ "position unexplained": 1 });
      expect(made.engine.view.halted).toBe(
        `the position in ${perp.id} changed by ${((position - 10) / 100).toFixed(2)} SOL without a trade that we know of`,
      );
    });

  it("unexplained within the limit is told and counted, and halts nothing", () => {
    const made = holding({ unexplainedLots: 20 });
    for (let count = 0; count < 2; count++) {
      made.now += 2_000;
      made.truth({ position: 17, cost: "25.5" });
    }
    expect([made.engine.view.halted, counts(made)]).toEqual([undefined, { "position unexplained": 1 }]);
  });

  it("external: what the user does with a short that was there before us takes nothing of ours", () => {
    const made = scene({ bare: true });
    made.tell(link("link.restored", "account"));
    made.truth({ position: -40, cost: "-60" });
    made.tell(book());
    made.wants["a"] = [hold(10, 15_010)];
    made.tell(tick);
    made.tell(fill(nth(1), "buy", 15_002, 10));
    made.now += 100;
    made.tell(fill(undefined, "buy", 15_002, 30, { tradeId: "u1" }));
    made.now += 100;
    made.tell(fill(undefined, "sell", 15_002, 30, { tradeId: "u2" }));
    expect([made.engine.view.halted, made.engine.left(perp.id)]).toEqual([undefined, 10]);
    made.now += 100;
    made.tell(fill(undefined, "sell", 15_002, 4, { tradeId: "u3" }));
    expect(made.engine.view.halted).toMatch(/took 0.04 SOL out of our position/);
  });
});

describe("what was taken, after a person has seen it", () => {
  it("is written off by a resume: by trades that told it, at their price", () => {
    const made = holding();
    made.now += 1_000;
    made.tell(fill(undefined, "sell", 14_900, 6, { tradeId: "liq1" }));
    made.tell(fill(undefined, "sell", 14_800, 2, { tradeId: "liq2" }));
    expect([made.engine.view.position(perp.id), made.engine.left(perp.id)]).toEqual([10, 2]);
    made.tell({ type: "operator.asked", ask: "resume", by: "test" });
    const { size, realized } = made.engine.view.holding(perp.id) ?? {};
    expect([size, realized?.toFixed(), made.engine.left(perp.id), made.engine.view.external(perp.id)]).toEqual([
      2,
      "-0.1016", // 0.08 SOL from 150.02 to 148.75
      2,
      0,
    ]);
    expect(made.said).toContain(
      `write-off: 0.08 SOL in ${perp.id} that is gone is not counted any more, closed at 148.75`,
    );
  });

  it("is written off at the mark where no trade has told (deleveraging)", () => {
    const made = holding();
    made.tell({
      type: "mark.changed",
      instrument: perp.id,
      mark: ticks(14_802),
      index: 14_802,
      fundingRate: 0,
      fundingAt: start as never,
    });
    for (let count = 0; count < 2; count++) {
      made.now += 2_000;
      made.truth({ position: 4, cost: "6.0008" });
    }
    expect(made.engine.view.halted).toMatch(/changed by -0.06 SOL/);
    made.tell({ type: "operator.asked", ask: "resume", by: "test" });
    const { size, realized } = made.engine.view.holding(perp.id) ?? {};
    expect([size, realized?.toFixed(), made.engine.view.external(perp.id)]).toEqual([4, "-0.12", 0]);
    made.now += 2_000;
    made.truth({ position: 4, cost: "6.0008" });
    expect(made.engine.view.halted).toBe(undefined);
  });

  it("does not touch what is there, nor what the user holds", () => {
    const made = scene({ bare: true });
    made.truth({ position: -40, cost: "-60" });
    made.tell(book());
    made.wants["a"] = [hold(10, 15_010)];
    made.tell(tick);
    made.tell(fill(nth(1), "buy", 15_002, 10));
    made.tell({ type: "operator.asked", ask: "resume", by: "test" });
    expect([made.engine.view.position(perp.id), made.engine.view.external(perp.id)]).toEqual([10, -40]);
  });

  it("is shared by its owners as what is left is", () => {
    const made = scene({ names: ["a", "b"] });
    made.wants["a"] = [hold(10, 15_010)];
    made.wants["b"] = [hold(5, 15_010)];
    made.tell(tick);
    made.tell(fill(nth(1), "buy", 15_002, 10));
    made.tell(tick);
    made.tell(fill(nth(2), "buy", 15_002, 5));
    made.tell(fill(undefined, "sell", 14_900, 12, { tradeId: "liq" }));
    made.tell({ type: "operator.asked", ask: "resume", by: "test" });
    expect(["a", "b"].map((name) => made.engine.viewOf(name).position(perp.id))).toEqual([3, 0]);
  });
});

describe("classes of differences: balances", () => {
  const until = (made: Scene, usdc: string) => {
    for (let minute = 0; minute < 3; minute++) {
      made.now += 60_000;
      made.truth({ ...held, balances: { USDC: usdc } });
    }
  };

  it("none, where trades explain them", () => {
    const made = holding();
    until(made, "10000");
    expect(counts(made)).toEqual({});
  });

  it("external: a deposit is told and halts nothing", () => {
    const made = holding();
    until(made, "10250");
    expect([made.engine.view.halted, counts(made)]).toEqual([undefined, { "balance external": 1 }]);
    expect(made.said).toContain(
      "external: the balance of USDC at v changed by +250 without a trade, fee or funding that we know of",
    );
  });

  it("unexplained: more than a person wants to have unexplained halts, once it has stood", () => {
    const made = holding({ maxUnexplained: "100" });
    until(made, "9950");
    expect([made.engine.view.halted, counts(made)]).toEqual([undefined, { "balance external": 1 }]);
    until(made, "9800");
    expect(made.engine.view.halted).toBe(
      "the balance of USDC at v changed by -150 without a trade, fee or funding that we know of",
    );
    expect(counts(made)).toEqual({ "balance external": 1, "balance unexplained": 1 });
  });

  it("counts coins by their price", () => {
    const made = scene({ maxUnexplained: "100" });
    for (let minute = 0; minute < 3; minute++) {
      made.now += 60_000;
      made.truth({ balances: { USDC: "10000", SOL: "0.5" } });
    }
    expect([made.engine.view.halted, counts(made)]).toEqual([undefined, { "balance external": 1 }]);
    for (let minute = 0; minute < 3; minute++) {
      made.now += 60_000;
      made.truth({ balances: { USDC: "10000", SOL: "1.5" } });
    }
    expect(made.engine.view.halted).toMatch(/the balance of SOL at v changed by \+1 /);
  });

  it("knows funding", () => {
    const made = holding();
    made.now += 1_000;
    made.tell({ type: "funding.paid", instrument: perp.id, amount: decimal("-1.5"), asset: "USDC" });
    until(made, "9998.5");
    expect(counts(made)).toEqual({});
  });
});

describe("differences", () => {
  it("keeps the newest examples and totals", () => {
    const made = scene();
    for (let count = 0; count < 30; count++) {
      made.now += 10;
      made.tell(fill(undefined, "buy", 15_000, 1, { tradeId: `u${count}`, size: lots(1) }));
    }
    const { total, last } = made.engine.differences();
    expect([total, last.length, last.at(-1)?.at]).toEqual([{ late: 0, external: 30, unexplained: 0 }, 20, made.now]);
  });
});
