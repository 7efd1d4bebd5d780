import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError, type Command, manualClock, millis, type Unnumbered } from "@bp/core";
import { openJournal } from "@bp/journal";
import { describe, expect, it } from "vitest";
import { readBotConfig } from "./config/index.ts";
import { createOperator } from "./operator.ts";
import { recipeOf } from "./recipe.ts";
import { type Face, runSession, type SessionResult } from "./session.ts";
import { memoryStage } from "./stage/memory.ts";
import { marketsAt, type Stage } from "./stage/stage.ts";
import type { Guard } from "./watchdog/guard.ts";

const silent: Face = { begun: () => undefined, step: () => undefined, ending: () => undefined, ended: () => undefined };
const start = Date.UTC(2026, 0, 1);

/** A run on a clock that is turned by hand, at a place where nothing happens. @param ending - called when it begins to end */
async function run(durationSeconds: number, change: Partial<Stage> = {}, ending: () => unknown = () => undefined) {
  const manual = manualClock(start);
  let sleepers = 0;
  const clock = {
    ...manual,
    sleep: async (...how: Parameters<typeof manual.sleep>) => {
      sleepers += 1;
      await manual.sleep(...how);
      sleepers -= 1;
    },
  };
  const whole = memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } });
  const cooked = recipeOf(await readBotConfig({ env: {} }), await marketsAt(whole));
  const stage: Stage = {
    ...whole,
    place: "sandbox",
    venues: [], // nobody has to be asked at the end
    clock,
    now: () => millis(clock.now()),
    drive: (_, __, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined))),
    ...change,
  };
  const operator = createOperator();
  const said: string[] = [];
  let result: SessionResult | undefined;
  const ended = runSession({
    stage,
    ...cooked,
    store: openJournal(":memory:"),
    resume: true,
    durationSeconds,
    face: {
      ...silent,
      ending: (why) => {
        said.push(why);
        ending();
      },
    },
    operator,
  });
  const kept = async () => {
    result = await ended;
  };
  const turns = () => new Promise((resolve) => setImmediate(resolve));
  const advance = async (ms: number) => {
    clock.advance(ms);
    await turns();
  };
  await turns();
  return { advance, operator, ended: kept(), over: () => result, said, sleepers: () => sleepers };
}

describe("runSession", () => {
  it("S2.26 lasts 999999999 s where that is asked for: 31 years and 8 months, beyond what a timer can count", async () => {
    const { advance, ended, over } = await run(999_999_999);
    for (const ms of [1, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 999_999_998_000 - 2 ** 32 - 2 ** 32]) {
      await advance(ms);
      expect(over()).toBeUndefined();
    }
    await advance(2_000);
    await ended;
    expect(over()).toMatchObject({ code: 0, why: "time is up" });
    expect(over()?.summary.seconds).toBe(1_000_000_000);
  });

  it("ends at once when a person wants it, however long it should last", async () => {
    const { advance, operator, ended, over, sleepers } = await run(999_999_999);
    operator.ask("stop", "a test");
    await advance(1);
    await ended;
    expect(over()).toMatchObject({ code: 0, why: "asked to stop" });
    await advance(0);
    expect(sleepers()).toBe(0); // nothing keeps the process
  });

  it("ends as halted when a rule has halted it, whoever wants it to go on while it ends", async () => {
    let emit: ((fact: Unnumbered) => void) | undefined;
    const answers: unknown[] = [];
    const { advance, operator, ended, over } = await run(
      3_600,
      {
        drive: (_, handle, signal) => {
          emit = handle;
          return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
        },
      },
      () => answers.push(operator.ask("resume", "a test"), operator.ask("flatten", "a test")),
    );
    const at = millis(0);
    emit?.({ type: "operator.asked", ask: "halt", by: "a rule", at, venueAt: at });
    await advance(1);
    await ended;
    expect(answers).toEqual(["it is ending already", "it is ending already"]);
    expect(over()).toMatchObject({ code: 3, why: "halted: a rule asked for it" });
  });

  it("is killed before it begins: what rests is cancelled when the venues are open, and their answers are heard", async ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), "bp-session-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const store = openJournal(join(folder, "journal.sqlite"));
    const whole = memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } });
    const cooked = recipeOf(await readBotConfig({ env: {} }), await marketsAt(whole));
    const before: Stage = { ...whole, place: "sandbox", lasts: true };
    const run = { ...cooked, store, resume: true, face: silent };
    await runSession({ ...run, stage: before, durationSeconds: 60, operator: createOperator(), onExit: "detach" });

    let emit: ((fact: Unnumbered) => void) | undefined;
    const sent: Command[] = [];
    const stage: Stage = {
      ...before,
      venues: [], // nobody has to be asked at the end
      drive: (_, handle, signal) => {
        emit = handle;
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
      },
      send: (command) => {
        if (emit === undefined) throw new BpError("venue/unavailable", { venue: "backpack", why: "it is not open" });
        sent.push(command);
        const at = before.now();
        if (command.type === "order.cancel")
          emit({ type: "order.cancelled", clientId: command.clientId, venueOrderId: "1", at, venueAt: at });
      },
    };
    const operator = createOperator();
    operator.ask("halt", "bot kill");
    const result = await runSession({ ...run, stage, durationSeconds: undefined, operator });
    store.close();
    expect(sent.filter(({ type }) => type === "order.cancel").length).toBeGreaterThan(0);
    expect(sent.some(({ type }) => type === "order.place")).toBe(false);
    expect(result).toMatchObject({ code: 3, why: "halted: bot kill asked for it", failure: undefined });
    expect(result.state.engine.orders.size).toBe(0);
  });

  it("tells its guard the newest number of the run at its beginning, and with each list of a venue", async ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), "bp-session-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const store = openJournal(join(folder, "journal.sqlite"));
    const heard: number[] = [];
    const guard = {
      notes: () => [],
      begun: ({ clientRun, last }) => void heard.push(last - clientRun * 0x100_0000),
      told: (venue, last) => void (venue === "backpack" && heard.push(last % 0x100_0000)),
      stepped: () => undefined,
      passes: () => true,
      mayLeave: () => true,
      onFence: () => undefined,
      ended: async () => undefined,
    } satisfies Guard;
    const run = async () => {
      const whole = memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } });
      const cooked = recipeOf(await readBotConfig({ env: {} }), await marketsAt(whole));
      const stage: Stage = { ...whole, place: "sandbox", lasts: true };
      const how = { resume: true, durationSeconds: 60, onExit: "detach" } as const;
      await runSession({ ...cooked, stage, store, face: silent, operator: createOperator(), guard, ...how });
      return heard.splice(0);
    };
    const [begun, first = 0, ...more] = await run();
    expect(begun).toBe(0);
    expect(first).toBeGreaterThan(0); // with what is sent on the first list
    const newest = more.at(-1) ?? first;
    const [resumed = 0] = await run();
    expect(resumed).toBeGreaterThanOrEqual(newest);
    store.close();
  });

  it("detaches when the venues let stay what rests, and stops, saying why, when one does not", async () => {
    let asked = 0;
    const stays = async () => {
      asked += 1;
    };
    const one = await run(10, { lasts: true, letStay: stays });
    one.operator.ask("detach", "a test");
    await one.advance(1);
    await one.ended;
    expect([asked, one.said]).toEqual([1, ["asked to detach: orders stay, and the same command goes on with them"]]);

    const fails = () => Promise.reject(new BpError("transport/timeout", { url: "x", ms: 1 }));
    const other = await run(10, { lasts: true, letStay: fails });
    other.operator.ask("detach", "a test");
    await other.advance(1);
    await other.ended;
    expect(other.said).toEqual([
      "asked to detach: orders stay, and the same command goes on with them; the venue may take back what rests (x gave no answer in 1 ms), so it stops",
    ]);
    expect(other.over()).toMatchObject({ code: 0 });
  });
});
