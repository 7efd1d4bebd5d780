// The loop: order of things, re-entrancy, a journal that fails.
import { type Command, type Entry, type Journal, memoryJournal, millis, type Unnumbered } from "@bp/core";
import { describe, expect, it } from "vitest";
import { book, line, nth, quote, scene, snapshot, start } from "../scene.fixture.ts";
import { createRunner, type RunnerOptions } from "./runner.ts";

const at = { at: millis(start), venueAt: millis(start) };
const beat: Unnumbered = { type: "timer.fired", name: "beat", ...at };
const accepted: Unnumbered = { type: "order.accepted", clientId: nth(1), venueOrderId: "v1", ...at };

/** A runner over an engine that wishes a bid, and what it did. */
function loop(options: Partial<RunnerOptions> = {}) {
  const made = scene({ bare: true });
  made.wants["a"] = [quote("buy", 14_990, 10)];
  const journal = memoryJournal();
  const did: string[] = [];
  const noting: Journal = {
    append: (entry) => {
      did.push(`write ${entry.dir}`);
      journal.append(entry);
    },
    commit: () => void did.push("commit"),
  };
  const runner = createRunner({
    engine: made.engine,
    journal: noting,
    send: (command) => void did.push(`send ${line(command)}`),
    onStep: (event, commands, notes) => void did.push(`step ${event.seq} ${commands.length} ${notes.length}`),
    ...options,
  });
  const begin = () => {
    runner.handle({ ...snapshot({ asOf: start }), ...at });
    runner.handle({ ...book(), ...at });
  };
  return { ...made, runner, journal, did, begin };
}

describe("createRunner", () => {
  it("writes the fact before it is handled, and makes commands durable before they are sent", () => {
    const { begin, did, journal } = loop();
    begin();
    expect(did).toEqual([
      "write in",
      "step 1 0 0",
      "write in",
      "write out",
      "commit",
      "send place 1 a/buy buy 14990 x 10 gtx",
      "step 2 1 0",
    ]);
    expect(journal.entries.map((each) => (each.dir === "in" ? each.event.seq : each.cause))).toEqual([1, 2, 2]);
  });

  it("goes on counting where a run was cut off", () => {
    const { runner } = loop({ after: 41 });
    runner.handle(beat);
    expect(runner.seq).toBe(42);
  });

  it("lets facts wait that come while one is handled, in their order", () => {
    const seen: number[] = [];
    const made = loop({
      send: (command: Command) => {
        if (command.type !== "order.place") return;
        made.runner.handle(accepted); // a venue in memory answers at once
        made.runner.handle(beat);
      },
      onStep: ({ seq }) => void seen.push(seq),
    });
    made.begin();
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(made.engine.orders.get(nth(1))?.state).toBe("open");
    expect(made.journal.entries.map((each) => each.dir)).toEqual(["in", "in", "out", "in", "in"]);
  });

  it("writes notes with the event that led to them", () => {
    const { runner, journal } = loop();
    runner.handle({ type: "operator.asked", ask: "pause", by: "test", ...at });
    expect(journal.entries.at(-1)).toEqual({ dir: "note", cause: 1, rule: "operator", why: "pause by test" });
  });

  it("throws when the journal fails and nobody wants to hear of it", () => {
    const { runner } = loop({ journal: { append: () => fail(), commit: () => undefined } });
    expect(() => runner.handle(beat)).toThrowError("disk full");
  });

  it.each(["append in", "append out", "commit"])(
    "places nothing any more once the journal failed (%s); cancels still go out",
    (where) => {
      let working = true;
      const entries: Entry[] = [];
      const sent: string[] = [];
      const failures: unknown[] = [];
      const made = loop({
        journal: {
          append: (entry) => {
            if (!working && where === `append ${entry.dir}`) fail();
            entries.push(entry);
          },
          commit: () => {
            if (!working && where === "commit") fail();
          },
        },
        send: (command) => void sent.push(line(command)),
        onJournalFailure: (error) => {
          failures.push(error);
          made.runner.handle({ type: "operator.asked", ask: "halt", by: "the journal", ...at });
        },
      });
      made.begin();
      made.runner.handle(accepted);
      working = false;
      made.wants["a"] = [quote("buy", 14_991, 10), quote("sell", 15_010, 10)];
      made.runner.handle(beat);
      expect(sent).toEqual(["place 1 a/buy buy 14990 x 10 gtx", "cancel 1"]);
      expect(made.engine.view.halted).toBe("the journal asked for it");
      const written = entries.length;
      working = true; // it ends where it was whole
      made.runner.handle(beat);
      expect([failures.length, entries.length]).toEqual([1, written]);
    },
  );
});

function fail(): never {
  throw new Error("disk full");
}
