// What a person asked and what was decided about him outlives a crash in the next moment; what happened while nobody was there is
// nobody's fault.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { millis, type Unnumbered } from "@bp/core";
import { createRunner } from "@bp/engine";
import { openJournal } from "@bp/journal";
import { describe, expect, it } from "vitest";
import { readBotConfig } from "../../src/config/index.ts";
import { forget, openRun } from "../../src/opening.ts";
import { recipeOf } from "../../src/recipe.ts";
import { memoryStage } from "../../src/stage/memory.ts";
import { marketsAt, type Stage } from "../../src/stage/stage.ts";
import { futures, layDesk, lead } from "../s3/desk.ts";

const now = millis(Date.UTC(2026, 0, 1));
const asked = (ask: "pause" | "halt" | "stop"): Unnumbered => ({
  type: "operator.asked",
  ask,
  by: "a person",
  at: now,
  venueAt: now,
});

describe("what a person asked", () => {
  it.for(["pause", "halt", "stop"] as const)(
    "%s is durable before anything else happens",
    async (ask, { onTestFinished }) => {
      const folder = mkdtempSync(join(tmpdir(), "bp-durable-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const stage: Stage = {
        ...memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } }),
        lasts: true,
      };
      const config = await readBotConfig({
        flags: { memory: true, symbol: "SOL_USDC_PERP", spread: "0.5", quantity: "0.1" },
        env: {},
      });
      const { recipe, instruments } = recipeOf(config, await marketsAt(stage));
      const options = { stage, instruments, recipe, resume: true };
      const first = openJournal(join(folder, "journal.sqlite"));
      const { journal, engine } = openRun(first, options);
      createRunner({ engine, journal, send: () => undefined }).handle(asked(ask));
      // Killed: nothing is closed. What another connection sees is what is on the disk.
      const copy = openJournal(join(folder, "journal.sqlite"), { access: "read" });
      const kept = [...copy.read(journal.run.id)].map(({ entry }) =>
        entry.dir === "in" ? entry.event.type : entry.dir,
      );
      copy.close();
      first.close();
      expect(kept[0]).toBe("operator.asked");

      const second = openJournal(join(folder, "journal.sqlite"));
      onTestFinished(() => second.close());
      const again = openRun(second, options);
      expect(again.after).toBe(1);
      expect(again.ending).toBe(ask === "stop" ? "stop" : undefined);
      expect(again.engine.view.halted).toBe(ask === "halt" ? "a person asked for it" : undefined);
      expect(forget(stage).map(({ type }) => type)).toEqual(["link.lost", "link.lost"]);
    },
  );
});

describe("a hedge that was away for longer than its legs may differ", () => {
  it.for([5_000, 12_000, 61_000])("hedges what it owes when it is back after %i ms, and does not halt", (downMs) => {
    const desk = layDesk();
    desk.until("leg 1", () => desk.open(lead.id).length === 1);
    desk.swallow((command) => command.type === "order.place" && command.instrument === futures.id); // killed before it is sent
    desk.fill("10");
    desk.until("a trade", () => desk.memory().pair.lead !== 0);
    desk.swallow(() => false);
    desk.restart(downMs);
    desk.until("its hedge", () => desk.held()[1] === "10", 10_000);
    expect(desk.engine.view.halted).toBe(undefined);
    expect(desk.memory().unwinds).toBe(0);
    expect(desk.held().map(Number)).toEqual([-10, 10]);
  });

  it.for([5_000, 12_000, 61_000])(
    "goes on to trade back what is too little to hedge after %i ms, and does not halt",
    (downMs) => {
      const desk = layDesk({ params: { legLimitMs: 2_000 } });
      desk.until("leg 1", () => desk.open(lead.id).length === 1);
      desk.fill("2"); // 3.44 USDT, below what Aster takes
      desk.swallow((command) => command.type === "order.place" && command.instrument === lead.id); // killed before it is sent
      desk.until("it is to be traded back", () => desk.memory().unwinding !== undefined);
      desk.swallow(() => false);
      desk.restart(downMs);
      desk.until("it is traded back", () => desk.held().every((size) => Number(size) === 0), 20_000);
      expect(desk.engine.view.halted).toBe(undefined);
    },
  );
});
