import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onPress } from "./pressing.ts";

const clickMs = 400;

function pressed() {
  const [box, page] = [new EventTarget(), new EventTarget()];
  const told: string[] = [];
  const end = onPress(box, page, { press: () => void told.push("press"), release: () => void told.push("release") });
  const down = (button: number) => box.dispatchEvent(Object.assign(new Event("pointerdown"), { button }));
  return { told, down, end, hears: (what: string) => page.dispatchEvent(new Event(what)) };
}

describe("onPress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("does not take for a press what opens a menu, whose end nobody tells", () => {
    const { told, down } = pressed();
    for (const button of [1, 2]) down(button);
    expect(told).toEqual([]);
  });

  it("lasts until the click of a finger can have come", () => {
    const { told, down, hears } = pressed();
    down(0);
    hears("pointerup");
    vi.advanceTimersByTime(clickMs - 1);
    expect(told).toEqual(["press"]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(["press", "release"]);
  });

  it("ends where a menu, a scroll or another window takes it", () => {
    for (const end of ["contextmenu", "pointercancel", "blur"]) {
      const { told, down, hears } = pressed();
      down(0);
      hears(end);
      vi.advanceTimersByTime(clickMs);
      expect(told).toEqual(["press", "release"]);
    }
  });

  it("is not ended by the end of the press before it", () => {
    const { told, down, hears } = pressed();
    down(0);
    hears("pointerup");
    vi.advanceTimersByTime(100);
    down(0);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(["press", "press"]);
  });

  it("is silent after its end, and where nothing was pressed", () => {
    const { told, down, hears, end } = pressed();
    hears("pointerup");
    vi.advanceTimersByTime(clickMs);
    down(0);
    hears("pointerup");
    end();
    vi.advanceTimersByTime(clickMs);
    expect(told).toEqual(["press"]);
  });
});
