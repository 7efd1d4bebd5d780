// An exchange liquidates what a strategy holds: whatever is asked of the engine afterwards, it opens nothing.
import { type AnyStrategy, type Instrument, lots, memoryJournal, millis, ticks } from "@bp/core";
import { createExchange, createTimeline, defaultMarkets, scriptedMarket, simVenue } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { createRunner } from "./drive/runner.ts";
import { createEngine } from "./engine.ts";
import { beat } from "./fold.ts";

const start = millis(1_800_000_000_000);
const markets = defaultMarkets().filter(({ id }) => id === "backpack:SOL_USDC_PERP");
const perp = markets[0] as Instrument; // one of the defaults
const size = lots(200);
const side = { instrument: perp.id, tif: "gtc", postOnly: false, reduceOnly: false, type: "limit" } as const;

/** Holds a long, or nothing once it has had one and the market fell: a stop that comes too late. */
const holder: AnyStrategy = {
  name: "holder",
  params: { parse: (input) => input },
  instruments: () => [perp.id],
  start: () => undefined,
  want: (view) => {
    const { bid } = view.book(perp.id);
    if (bid === undefined) return [];
    const fell = bid[0] < 9_800;
    const position = fell ? lots(0) : size;
    return [{ kind: "hold", instrument: perp.id, position, worst: ticks(fell ? 9_000 : 10_010), why: "test" }];
  },
};

/** The book told of the fall before the account told of the liquidation: this close comes too late, and the venue refuses it. */
const blind = ["buy 200", "sell 200 reduce"];

/** Two SOL at 100.00 on little money; the user may have sold some before. */
function stage({ user = 0, money = "10" } = {}) {
  const market = scriptedMarket(markets);
  const accounts = [{ name: "me", balances: { USDC: money }, leverage: 50 }];
  const exchange = createExchange({ start, market, accounts });
  const timeline = createTimeline(start);
  const engine = createEngine({
    run: 1,
    instruments: markets,
    strategies: [{ strategy: holder, params: {} }],
    rules: [],
    graceMs: 2_000,
    askEveryMs: 1_000,
  });
  const rest = (way: "buy" | "sell", price: number, many: number) =>
    void market.hands.place({ ...side, side: way, price: ticks(price), size: lots(many) });
  market.hands.mark(perp.id, 10_000, 10_000);
  rest("buy", 9_990, 1_000);
  if (user > 0)
    exchange.place("me", {
      ...side,
      side: "sell",
      price: ticks(9_990),
      size: lots(user),
      selfTradePrevention: "reject-taker",
    });
  rest("sell", 10_000, 1_000);
  const venue = simVenue({ exchange, account: "me", timeline });
  const sent: string[] = [];
  const runner = createRunner({
    engine,
    journal: memoryJournal(),
    send: (command) => {
      if (command.type === "order.place")
        sent.push(`${command.side} ${command.size}${command.reduceOnly ? " reduce" : ""}`);
      venue.send(command);
    },
  });
  const stop = new AbortController();
  venue.open({ instruments: [perp.id], account: true }, runner.handle, stop.signal).catch(fail);
  const now = () => ({ at: timeline.now(), venueAt: timeline.now() });
  return {
    engine,
    sent,
    pass: (seconds: number) => {
      for (let count = 0; count < seconds; count++) {
        timeline.runUntil(millis(timeline.now() + 1_000));
        runner.handle({ type: "timer.fired", name: beat, ...now() });
      }
    },
    ask: (what: "resume" | "flatten") => runner.handle({ type: "operator.asked", ask: what, by: "test", ...now() }),
    /** The bids are taken down, others stand at 95.00, and the mark follows. */
    fall: (bids = 1_000) => {
      market.hands.level(perp.id, "bid", ticks(9_990), lots(0));
      rest("buy", 9_500, bids);
      market.hands.mark(perp.id, 9_500, 9_500);
    },
    held: () => exchange.positions("me").find(({ instrument }) => instrument === perp.id)?.size ?? 0,
  };
}

describe("after a liquidation", () => {
  it("a flatten opens nothing", () => {
    const made = stage();
    made.pass(3);
    expect([made.held(), made.sent]).toEqual([200, ["buy 200"]]);
    made.fall();
    expect(made.held()).toBe(0);
    made.pass(3);
    expect(made.engine.view.halted).toMatch(/took 2.00 SOL out of our position/);
    made.ask("flatten");
    made.pass(10);
    expect([made.held(), made.sent, made.engine.left(perp.id)]).toEqual([0, blind, 0]);
  });

  it("a strategy's own close opens nothing either, halted or resumed", () => {
    const made = stage();
    made.pass(3);
    made.fall();
    made.pass(3);
    made.ask("resume");
    made.pass(10);
    expect([made.held(), made.sent, made.engine.view.position(perp.id)]).toEqual([0, blind, 0]);
  });

  it("a person's resume writes off what is gone, at the price at which it went", () => {
    const made = stage();
    made.pass(3);
    made.fall(150);
    made.pass(3);
    const before = made.engine.view.holding(perp.id);
    made.ask("resume");
    const after = made.engine.view.holding(perp.id);
    expect([before?.size, after?.size, made.held()]).toEqual([200, 50, 50]);
    expect([before?.realized.toFixed(), after?.realized.toFixed()]).toEqual(["0", "-7.5"]); // 1.5 SOL from 100.00 to 95.00
    expect(made.engine.differences().total.unexplained).toBe(0);
  });

  it("what the book could not take of it is closed, reduce-only, and no more", () => {
    const made = stage();
    made.pass(3);
    made.fall(150);
    expect(made.held()).toBe(50);
    made.pass(1);
    made.fall();
    made.ask("flatten");
    made.pass(10);
    expect([made.held(), made.engine.left(perp.id)]).toEqual([0, 0]);
    expect(made.sent.slice(1).every((each) => each.endsWith(" reduce"))).toBe(true);
  });

  it("without one, a flatten gives back all of ours beside the user's short", () => {
    const made = stage({ user: 40, money: "1000" });
    expect(made.held()).toBe(-40);
    made.pass(3);
    expect(made.held()).toBe(160);
    made.ask("flatten");
    made.pass(10);
    expect([made.held(), made.sent]).toEqual([-40, ["buy 200", "sell 200"]]);
  });
});

function fail(error: unknown): never {
  throw error;
}
