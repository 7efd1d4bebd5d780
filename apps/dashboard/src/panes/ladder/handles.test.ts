import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHandles } from "./handles.ts";

/** Four a second. */
function handles() {
  const shown: number[] = [];
  return { shown, ...createHandles<number>((value) => void shown.push(value), 250, Date.now) };
}

const tick = (ms: number) => void vi.advanceTimersByTime(ms);

describe("createHandles", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("shows the first of each span, and the last of all where nothing more comes", () => {
    const { shown, put } = handles();
    for (const value of [1, 2, 3]) put(value, false);
    expect(shown).toEqual([1]);
    tick(250);
    put(4, false);
    put(5, false);
    expect(shown).toEqual([1, 4]);
    tick(374);
    expect(shown).toEqual([1, 4]);
    tick(1);
    expect(shown).toEqual([1, 4, 5]);
    tick(1_000);
    expect(shown).toEqual([1, 4, 5]);
  });

  it("shows each where somebody is at it", () => {
    const { shown, put } = handles();
    for (const value of [1, 2, 3]) put(value, true);
    expect(shown).toEqual([1, 2, 3]);
  });

  it("moves nothing under a finger that presses, and shows the last when it is lifted", () => {
    const { shown, put, press, release } = handles();
    put(1, true);
    press();
    put(2, true);
    tick(1_000);
    put(3, false);
    expect(shown).toEqual([1]);
    release();
    expect(shown).toEqual([1, 3]);
    put(4, true);
    expect(shown).toEqual([1, 3, 4]);
  });

  it("shows nothing after its end", () => {
    const { shown, put, end } = handles();
    put(1, false);
    put(2, false);
    end();
    tick(1_000);
    expect(shown).toEqual([1]);
  });
});
