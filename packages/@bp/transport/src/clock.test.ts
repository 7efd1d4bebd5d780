import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("systemClock", () => {
  it("reads the machine's hour, in whole ms", () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    expect(Number.isSafeInteger(systemClock.now())).toBe(true);
  });

  it("is not moved when the machine's clock is set", () => {
    const before = systemClock.now();
    for (const byMs of [3_600_000, -3_600_000]) {
      vi.useFakeTimers({ now: Date.now() + byMs, toFake: ["Date"] });
      expect(systemClock.now() - before).toBeLessThan(60_000);
      expect(systemClock.now()).toBeGreaterThanOrEqual(before);
      vi.useRealTimers();
    }
  });

  it("sleeps longer than one timer can", async () => {
    vi.useFakeTimers();
    const month = 31 * 24 * 3_600_000; // above 2^31 ms
    const awake = vi.fn<() => void>();
    const sleep = systemClock.sleep(month).then(awake);
    await vi.advanceTimersByTimeAsync(month - 1);
    expect(awake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await sleep;
    expect(awake).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("wakes when its signal aborts, leaves no timer and listens no longer", async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const removed = vi.spyOn(stop.signal, "removeEventListener");
    const sleep = systemClock.sleep(1_000_000, stop.signal);
    stop.abort();
    await sleep;
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalled();
  });

  it("does not sleep at all for 0, for NaN or with an aborted signal", async () => {
    vi.useFakeTimers();
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
    await systemClock.sleep(Number.NaN);
    await systemClock.sleep(1_000, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});
