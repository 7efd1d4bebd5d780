import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askAgain, type Told } from "./asking.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Questions that are answered by hand. */
function asked(everyMs: number) {
  const open: { say: (value: string) => void; refuse: (why: Error) => void; signal: AbortSignal }[] = [];
  const seen = { told: {} as Told<string>, isHidden: false };
  const end = askAgain<string>({
    ask: (signal) => new Promise((say, refuse) => open.push({ say, refuse, signal })),
    tell: (change) => (seen.told = change(seen.told)),
    everyMs,
    isHidden: () => seen.isHidden,
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { open, seen, end, pass };
}

describe("askAgain", () => {
  it("keeps the last answer beside a refusal, and takes the refusal back with the next answer", async () => {
    const { open, seen, pass } = asked(1_000);
    expect(seen.told).toEqual({});
    open[0]?.say("two bots");
    await pass(1_000);
    expect(seen.told).toEqual({ value: "two bots" });
    open[1]?.refuse(new Error("busy"));
    await pass(999);
    expect(seen.told).toMatchObject({ value: "two bots", refusal: { message: "busy" } });
    await pass(1);
    open[2]?.say("three bots");
    await pass(0);
    expect(seen.told).toEqual({ value: "three bots" });
  });

  it("asks nothing anew while a question is open, so that no older answer comes after a newer one", async () => {
    const { open, pass } = asked(1_000);
    await pass(5_000);
    expect(open).toHaveLength(1);
    open[0]?.say("at last");
    await pass(1_000);
    expect(open).toHaveLength(2);
  });

  it("asks nothing while nobody looks, once where it is told so, and takes nothing in after its end", async () => {
    const once = asked(0);
    await once.pass(60_000);
    expect(once.open).toHaveLength(1);
    const often = asked(1_000);
    often.open[0]?.say("a");
    often.seen.isHidden = true;
    await often.pass(10_000);
    expect(often.open).toHaveLength(1);
    often.seen.isHidden = false;
    await often.pass(1_000);
    often.end();
    expect(often.open[1]?.signal.aborted).toBe(true);
    often.open[1]?.say("late");
    await often.pass(10_000);
    expect(often.seen.told).toEqual({ value: "a" });
  });
});
