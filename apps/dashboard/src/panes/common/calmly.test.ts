import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { calmly } from "./calmly.ts";

describe("calmly", () => {
  let heard = 0;
  let change: () => void = () => undefined;
  const start = () =>
    calmly(
      (changed) => {
        change = changed;
        return () => {
          change = () => undefined;
        };
      },
      100,
      () => Date.now(),
    )(() => (heard += 1));

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    heard = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("passes on the first change of each span, and no timer beside it", () => {
    start();
    for (let n = 0; n < 30; n += 1) {
      change();
      vi.advanceTimersByTime(33);
    }
    expect(heard).toBe(10);
  });

  it("tells the last change when none follows", () => {
    start();
    change();
    change();
    expect(heard).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(heard).toBe(2);
  });

  it("is silent after its end", () => {
    const end = start();
    change();
    change();
    end();
    vi.advanceTimersByTime(1_000);
    expect(heard).toBe(1);
  });
});
