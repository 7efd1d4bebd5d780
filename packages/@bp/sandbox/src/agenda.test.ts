import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type Clock, createAgenda, withAgenda } from "./agenda.ts";

describe("createAgenda", () => {
  it("does what is due in the order of its time, then of its entry", () => {
    const agenda = createAgenda();
    const done: string[] = [];
    agenda.at(20, () => done.push("b"));
    agenda.at(10, () => done.push("a"));
    agenda.at(20, () => done.push("c"));
    agenda.at(30, () => done.push("d"));
    expect(agenda.nextAt()).toBe(10);
    agenda.run(millis(20));
    expect(done).toEqual(["a", "b", "c"]);
  });

  it("tells when it was due, so that what repeats itself catches up after a jump", () => {
    const agenda = createAgenda();
    const turns: number[] = [];
    const turn = (due: number) => {
      turns.push(due);
      agenda.at(due + 10, turn);
    };
    agenda.at(10, turn);
    agenda.run(millis(35));
    expect([turns, agenda.nextAt()]).toEqual([[10, 20, 30], 40]);
  });

  it("forgets what was called off", () => {
    const agenda = createAgenda();
    const done: string[] = [];
    const off = agenda.at(10, () => done.push("a"));
    off();
    off();
    agenda.run(millis(10));
    expect([done, agenda.nextAt()]).toEqual([[], undefined]);
  });
});

describe("withAgenda", () => {
  it("stops at every entry on its way", () => {
    let now = millis(0);
    const exchange: Clock = {
      now: () => now,
      nextAt: () => millis(50),
      advance: (to) => {
        now = to;
      },
    };
    const agenda = createAgenda();
    const clock = withAgenda(exchange, agenda);
    const seen: number[] = [];
    agenda.at(10, () => seen.push(now));
    agenda.at(30, () => seen.push(now));
    expect(clock.nextAt()).toBe(10);
    clock.advance(millis(40));
    expect([seen, now, clock.nextAt()]).toEqual([[10, 30], 40, 50]);
    agenda.at(5, () => seen.push(now)); // late
    expect(clock.nextAt()).toBe(40);
    clock.advance(millis(40));
    expect(seen).toEqual([10, 30, 40]);
  });
});
