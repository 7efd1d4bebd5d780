import { type AccountSnapshot, manualClock } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createSnapshotAsker } from "./askSnapshots.ts";

const snapshot = { type: "account.snapshot" } as AccountSnapshot; // nothing of it is looked at

function scene() {
  const clock = manualClock(1_000);
  const said: string[] = [];
  const answers: ((found: AccountSnapshot | undefined) => void)[] = [];
  const ask = createSnapshotAsker({
    read: () => new Promise((resolve) => answers.push(resolve)),
    told: () => said.push("told"),
    late: () => said.push("late"),
    clock,
    run: (task) => void task(),
    signal: new AbortController().signal,
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let at = 0; at < 10; at++) await Promise.resolve();
  };
  return { ask, said, answer: () => answers.shift()?.(snapshot), pass };
}

describe("createSnapshotAsker", () => {
  it("says once that an answer is late, and tells it all the same", async () => {
    const { ask, said, answer, pass } = scene();
    ask();
    ask();
    await pass(9_999);
    expect(said).toEqual([]);
    await pass(30_000);
    expect(said).toEqual(["late"]);
    answer();
    await pass(1);
    answer(); // the second question
    await pass(20_000);
    expect(said).toEqual(["late", "told", "told"]);
  });
});
