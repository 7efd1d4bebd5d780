// What is worth a look, from a frame; streams and loop as they are followed.
import type { Event } from "@bp/core";
import type { Frame } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { frameFixture } from "../frame.fixture.ts";
import { createLinks } from "./links.ts";
import { watchLoop } from "./loop.ts";
import { warningsOf } from "./warnings.ts";

const topics = (over: Partial<Frame>, halted?: string) =>
  warningsOf({ ...frameFixture(), ...over }, halted).map(({ topic, level }) => `${topic} ${level}`);
const [market] = frameFixture().markets;
const [account] = frameFixture().accounts;

describe("warningsOf", () => {
  it("has none for a run that does well", () => {
    expect(topics({})).toEqual([]);
  });

  it("says the gravest first: a halt, a naked leg, a lost stream, an order in doubt, then what is only strange", () => {
    if (market === undefined || account === undefined) throw new Error("the fixture has both");
    const { run } = frameFixture();
    const down = { state: "down", since: 1, lost: 1, why: "closed" } as const;
    const order = { clientId: 1, slot: "maker/buy.0", side: "buy", price: "1", size: "1", filled: "0" } as const;
    const inDoubt = { ...order, state: "unknown", placedAt: 1, postOnly: true, reduceOnly: false } as const;
    const pair = {
      lead: "a",
      hedge: "b",
      debt: "1",
      notional: "100",
      since: 5,
      maxNakedMs: 1,
      nakedSeconds: 1,
      worst: "1",
    };
    expect(
      topics({
        run: { ...run, state: "running" },
        markets: [{ ...market, bookIsValid: false, bookAt: 1, orders: [inDoubt] }],
        accounts: [{ ...account, account: down, skewMs: -2_000 }],
        pairs: [pair],
      }),
    ).toEqual(["naked alert", "link alert", "unknown-order alert", "stale-book warn", "skew warn"]);
    expect(topics({ run: { ...run, state: "halted", why: "drawdown" } }, "drawdown")).toEqual(["halted alert"]);
  });

  it("says of a halted run to its last picture that it is", () => {
    const { run } = frameFixture();
    for (const state of ["stopping", "ended"] as const)
      expect(topics({ run: { ...run, state, why: "halted: drawdown" } }, "drawdown")).toEqual(["halted alert"]);
  });

  it("says at once that a hedge or a position is not known, of an account that has been heard", () => {
    if (market === undefined || account === undefined) throw new Error("the fixture has both");
    const { position: _position, ...unknown } = market;
    const pair = { lead: market.id, hedge: market.id, maxNakedMs: 1, nakedSeconds: 0, worst: "0" };
    const isUp = { ...account, account: { state: "up", since: 1, lost: 0 } } as const;
    const over = { markets: [unknown], pairs: [pair], accounts: [isUp] };
    expect(topics(over)).toEqual(["unknown-hedge alert", "unknown-position warn"]);
    const naked = { ...over, pairs: [{ ...pair, since: 5 }] }; // and the clock of what was naked goes on
    expect(topics(naked)).toEqual(["unknown-hedge alert", "naked alert", "unknown-position warn"]);
    const opening = { ...account, account: { state: "opening", since: 1, lost: 0 } } as const;
    expect(topics({ ...over, accounts: [opening] })).toEqual([]);
    expect(topics({ ...over, run: { ...frameFixture().run, state: "ended" } })).toEqual([]);
  });
});

describe("createLinks", () => {
  const fact = (type: "link.lost" | "link.restored", at: number) =>
    ({ type, venue: "backpack", stream: "market", why: "closed", at, venueAt: at, seq: 1 }) as Event;

  it("opens, is up, is lost once however often that is told, and comes back", () => {
    const links = createLinks(5);
    expect(links.of("backpack").market).toEqual({ state: "opening", since: 5, lost: 0 });
    links.step(fact("link.restored", 10));
    links.step(fact("link.lost", 20));
    links.step(fact("link.lost", 30));
    expect(links.of("backpack").market).toEqual({ state: "down", since: 20, lost: 1, why: "closed" });
    links.step(fact("link.restored", 40));
    expect(links.of("backpack").market).toEqual({ state: "up", since: 40, lost: 1 });
    expect(links.of("backpack").account.state).toBe("opening");
  });
});

describe("watchLoop", () => {
  it("tells the middle and the worst hundredth of the last steps, and steps a second", () => {
    let now = 0;
    const loop = watchLoop(() => now);
    for (let at = 0; at < 1_000; at++) loop.took(at < 985 ? 0.1 : 5);
    now = 10_000;
    expect(loop.now()).toMatchObject({ stepP50Us: 100, stepP99Us: 5_000, eventsPerSecond: 100, journalSlow: false });
    loop.close();
  });
});
