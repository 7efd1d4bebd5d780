// A journal run again.
import { type Entry, memoryJournal, millis, type News } from "@bp/core";
import { describe, expect, it } from "vitest";
import { book, fill, nth, quote, type Scene, scene, snapshot, start } from "../scene.fixture.ts";
import { replay } from "./replay.ts";
import { createRunner } from "./runner.ts";

/** A run of some trades; the wish depends on the position alone, as a strategy's must. */
function played(): { entries: readonly Entry[]; fresh: () => Scene } {
  const fresh = () => {
    const made = scene({ bare: true });
    Object.defineProperty(made.wants, "a", {
      get: () => {
        const held = made.engine.view.position("v:SOL_USDC_PERP") ?? 0;
        return [quote("buy", 14_990 - held, 10), quote("sell", 15_010 - held, 10)];
      },
    });
    return made;
  };
  const made = fresh();
  const journal = memoryJournal();
  let now = start;
  const runner = createRunner({ engine: made.engine, journal, send: () => undefined });
  const facts: News[] = [
    snapshot({ asOf: start }),
    book(),
    { type: "order.accepted", clientId: nth(1), venueOrderId: "1" },
    { type: "order.accepted", clientId: nth(2), venueOrderId: "2" },
    fill(nth(1), "buy", 14_990, 4),
    { type: "order.doubted", clientId: nth(2), request: "cancel", text: "no answer" },
    { type: "order.cancelled", clientId: nth(1), venueOrderId: "1" },
    { type: "timer.fired", name: "beat" },
    { type: "order.cancelled", clientId: nth(2), venueOrderId: "2" },
  ];
  for (const news of facts) {
    now += 1_000;
    runner.handle({ ...news, at: millis(now), venueAt: millis(now) });
  }
  return { entries: journal.entries, fresh };
}

describe("replay", () => {
  it("gives the same commands for the same events", () => {
    const { entries, fresh } = played();
    const done = replay(fresh().engine, entries);
    expect(done).toMatchObject({ events: 9, seq: 9, unwritten: [], difference: undefined });
    expect(done.commands).toBe(entries.filter(({ dir }) => dir === "out").length);
    expect(done.commands).toBeGreaterThan(5);
  });

  it("does not mind the order of a command's fields", () => {
    const { entries, fresh } = played();
    const turned = entries.map(
      (entry): Entry =>
        entry.dir === "out"
          ? {
              ...entry,
              command: Object.fromEntries(Object.entries(entry.command).toReversed()) as typeof entry.command,
            }
          : entry, // the same fields
    );
    expect(replay(fresh().engine, turned).difference).toBe(undefined);
  });

  it("says what a crash kept from being written, wherever it happened", () => {
    const { entries, fresh } = played();
    for (let length = 0; length <= entries.length; length++) {
      const cut = entries.slice(0, length);
      const done = replay(fresh().engine, cut);
      expect(done.difference).toBe(undefined);
      const missing = entries
        .slice(length)
        .flatMap((each) => (each.dir === "out" && each.cause === done.seq ? [each.command] : []));
      expect(done.unwritten).toEqual(missing);
    }
  });

  it("finds a command that is other, missing in the middle, too much, or at the wrong place", () => {
    const { entries, fresh } = played();
    const first = entries.findIndex(({ dir }) => dir === "out");
    const command = entries[first];
    if (command?.dir !== "out" || command.command.type !== "order.place") throw new Error("the first command places");
    const other: Entry = { ...command, command: { ...command.command, price: quote("buy", 1, 1).price } };
    const spoilt = [
      entries.toSpliced(first, 1, other),
      entries.toSpliced(first, 1),
      entries.toSpliced(first, 0, command),
      entries.toSpliced(first, 1, { ...command, cause: 1 }),
    ];
    for (const each of spoilt) expect(replay(fresh().engine, each).difference?.seq).toBe(2);
  });

  it("hands every event to who wants to see it", () => {
    const { entries, fresh } = played();
    const seen: number[] = [];
    replay(fresh().engine, entries, ({ seq }, commands) => void seen.push(seq * 100 + commands.length));
    expect(seen.slice(0, 3)).toEqual([100, 202, 300]);
  });

  it("is content with an empty journal", () => {
    expect(replay(scene().engine, [])).toEqual({
      events: 0,
      commands: 0,
      seq: 0,
      unwritten: [],
      difference: undefined,
    });
  });
});
