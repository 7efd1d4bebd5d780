import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createTimeline } from "./timeline.ts";
import { spot, start, trial } from "./trial.fixture.ts";

describe("createTimeline", () => {
  it("runs what is due in order of time, then of asking, then those who asked to be last", () => {
    const timeline = createTimeline(start);
    const ran: string[] = [];
    const note = (name: string) => () => void ran.push(`${name} ${timeline.now() - start}`);
    timeline.at(millis(start + 20), note("b"));
    timeline.at(millis(start + 10), note("z"), "last");
    timeline.at(millis(start + 10), note("a1"));
    timeline.at(millis(start + 10), () => {
      note("a2")();
      timeline.at(timeline.now(), note("a3"));
    });
    const off = timeline.at(millis(start + 15), note("never"));
    off();
    expect(timeline.nextAt()).toBe(start + 10);
    timeline.runUntil(millis(start + 19));
    expect(timeline.now()).toBe(start + 19);
    timeline.runUntil(millis(start + 30));
    expect(ran).toEqual(["a1 10", "a2 10", "a3 10", "z 10", "b 20"]);
    expect(timeline.nextAt()).toBeUndefined();
  });

  it("lets an exchange act before the callbacks of the same moment, and be there in time for all of them", () => {
    const { exchange, market } = trial();
    const timeline = createTimeline(start);
    const ran: string[] = [];
    timeline.at(millis(start + 5), () => ran.push(`callback, exchange at ${exchange.now() - start}`));
    market.at(millis(start + 5), () => ran.push(`market, timeline at ${timeline.now() - start}`));
    timeline.at(millis(start + 3), () => ran.push(`before, exchange at ${exchange.now() - start}`));
    timeline.follow(exchange);
    timeline.follow(exchange);
    timeline.runUntil(millis(start + 9));
    expect(ran).toEqual(["before, exchange at 3", "market, timeline at 5", "callback, exchange at 5"]);
    expect(exchange.now()).toBe(start + 9);
    expect(exchange.instruments[0]).toBe(spot);
  });

  it("wakes sleepers in virtual time while it plays", async () => {
    const timeline = createTimeline(start);
    const woken: number[] = [];
    const sleeper = async () => {
      for (let turn = 0; turn < 3; turn++) {
        await timeline.clock.sleep(10);
        woken.push(timeline.clock.now() - start);
      }
    };
    const asleep = sleeper();
    await timeline.play(millis(start + 25));
    expect(woken).toEqual([10, 20]);
    await timeline.play(millis(start + 30));
    await asleep;
    expect(woken).toEqual([10, 20, 30]);
  });

  it("ends a sleep at once when it is called off", async () => {
    const timeline = createTimeline(start);
    const stop = new AbortController();
    const asleep = timeline.clock.sleep(1_000, stop.signal);
    stop.abort();
    await asleep;
    await timeline.clock.sleep(0);
    expect(timeline.nextAt()).toBeUndefined();
    expect(timeline.now()).toBe(start);
  });
});
