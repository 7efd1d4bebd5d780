// The live driver.
import { manualClock, millis, type Unnumbered, type Venue } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, spot, start } from "../scene.fixture.ts";
import { live } from "./live.ts";
import { paceOf } from "./pace.ts";

/** A venue that tells one link fact and stays open until it is closed. */
function venue(id: string, asked: string[] = []): Venue {
  return {
    id,
    instruments: async () => [],
    open: (ask, emit, signal) => {
      asked.push(`${id} ${ask.instruments.join(",")} ${ask.account}`);
      emit({
        type: "link.restored",
        venue: id,
        stream: "account",
        why: "opened",
        at: millis(start + 5),
        venueAt: millis(start + 5),
      });
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    send: () => undefined,
  };
}

async function turns(): Promise<void> {
  for (let hop = 0; hop < 5; hop++) await Promise.resolve();
}

describe("live", () => {
  it("opens each venue with its own markets, beats once a second, and ends with the signal", async () => {
    const clock = manualClock(start);
    const stop = new AbortController();
    const facts: Unnumbered[] = [];
    const asked: string[] = [];
    const done = live({
      venues: [venue("v", asked), venue("w", asked)],
      instruments: [perp.id, spot.id, "w:BTC"],
      handle: (fact) => void facts.push(fact),
      clock,
      signal: stop.signal,
      pace: paceOf(1, millis(start)),
    });
    for (let second = 0; second < 3; second++) {
      await turns();
      clock.advance(1_000);
    }
    await turns();
    expect(asked).toEqual([`v ${perp.id},${spot.id} true`, "w w:BTC true"]);
    expect(facts.map(({ type, at }) => `${type} ${at - start}`)).toEqual([
      "link.restored 5",
      "link.restored 5",
      "timer.fired 1000",
      "timer.fired 2000",
      "timer.fired 3000",
    ]);
    stop.abort();
    await done;
    expect(facts).toHaveLength(5);
  });

  it("beats in market time when the market is faster, at most twenty times a second", async () => {
    const clock = manualClock(start);
    const stop = new AbortController();
    const facts: Unnumbered[] = [];
    const done = live({
      venues: [venue("v")],
      instruments: [perp.id],
      handle: (fact) => void facts.push(fact),
      clock,
      signal: stop.signal,
      pace: paceOf(100, millis(start)),
    });
    await turns();
    clock.advance(50);
    await turns();
    expect(facts.map(({ at }) => at - start)).toEqual([500, 5_000]);
    stop.abort();
    await done;
  });

  it("rejects with what a venue could not survive", async () => {
    const stop = new AbortController();
    const broken: Venue = { ...venue("v"), open: () => Promise.reject(new Error("no such market")) };
    await expect(
      live({
        venues: [broken],
        instruments: [],
        handle: () => undefined,
        clock: manualClock(start),
        signal: stop.signal,
        pace: paceOf(1, millis(start)),
      }),
    ).rejects.toThrowError("no such market");
    stop.abort();
  });

  it("tells when the machine's clock and the run's have come apart: it was set, or the machine slept", async () => {
    const clock = manualClock(start);
    const stop = new AbortController();
    const names: string[] = [];
    let wall = start;
    const done = live({
      venues: [],
      instruments: [],
      handle: (fact) => void names.push(fact.type === "timer.fired" ? fact.name : fact.type),
      clock,
      signal: stop.signal,
      pace: paceOf(1, millis(start)),
      wall: () => wall,
    });
    for (const passed of [1_000, 1_200, 3_601_000, 1_000, -3_599_000, 1_000]) {
      await turns();
      wall += passed;
      clock.advance(1_000);
    }
    await turns();
    stop.abort();
    await done;
    expect(names).toEqual(["beat", "beat", "leap", "beat", "beat", "leap", "beat", "beat"]);
  });
});
