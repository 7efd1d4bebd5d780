// What rests when the bot was away and comes back: nothing is pulled before the venue has told, unless it takes too long.
import type { AnyRule, News } from "@bp/core";
import { describe, expect, it } from "vitest";
import { book, nth, open, perp, quote, type SceneOptions, scene } from "./scene.fixture.ts";

const lost = (stream: "account" | "market"): News => ({
  type: "link.lost",
  venue: "v",
  stream,
  why: "the bot was restarted",
  resumed: true,
});

/** A bid rests; then the bot is away for a minute and comes back. */
function back(options?: SceneOptions) {
  const made = scene(options);
  made.wants["a"] = [quote("buy", 14_990, 10)];
  made.tell({ type: "timer.fired", name: "x" });
  made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "v1" });
  made.now += 60_000;
  const sent = [...made.tell(lost("account")), ...made.tell(lost("market"))];
  made.tell({ type: "link.restored", venue: "v", stream: "market", why: "opened" });
  made.tell({ type: "link.restored", venue: "v", stream: "account", why: "opened" });
  return { made, sent: sent.filter((each) => !each.startsWith("ask")) };
}
const orders = (lines: readonly string[]) => lines.filter((each) => !each.startsWith("ask"));

describe("after the bot was away", () => {
  it("an order rests on until its market is seen, and stays if it is still wished", () => {
    const { made, sent } = back();
    expect(sent).toEqual([]);
    expect(orders(made.pass(2_000))).toEqual([]);
    expect(orders(made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] }))).toEqual([]);
    expect(orders(made.tell(book()))).toEqual([]);
    expect(orders(made.pass(10_000))).toEqual([]);
  });

  it("goes at once when it is not wished any more", () => {
    const { made } = back();
    made.truth({ orders: [open(nth(1), "buy", 14_990, 10)] });
    made.wants["a"] = [];
    expect(orders(made.tell(book(perp.id, 14_000, 14_002)))).toEqual(["cancel 1"]);
  });

  it("goes when nothing is seen for half of the grace time", () => {
    const { made } = back();
    expect(orders(made.pass(4_000))).toEqual([]);
    expect(orders(made.pass(2_000))).toEqual(["cancel 1"]);
  });

  it("goes at once when a rule halts", () => {
    let why: string | undefined;
    const rule: AnyRule = {
      name: "stops",
      start: () => undefined,
      check: (intent) => ({ pass: intent }),
      halts: () => why,
    };
    const { made, sent } = back({ rules: [rule] });
    why = "enough";
    expect([sent, orders(made.pass(1_000))]).toEqual([[], ["cancel 1"]]);
  });

  it("goes at once when a person stops, or everything halts", () => {
    for (const ask of ["stop", "pause", "halt"] as const)
      expect(orders(back().made.tell({ type: "operator.asked", ask, by: "test" }))).toEqual(["cancel 1"]);
  });
});
