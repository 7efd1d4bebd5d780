// The clock that is turned by hand.
import { describe, expect, it } from "vitest";
import { manualClock } from "./clock.ts";

/** Lets everything that was resolved so far run. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe("manualClock", () => {
  it("stands until it is moved", () => {
    const clock = manualClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  it("wakes the sleepers that are due, the earliest first, and leaves the others asleep", async () => {
    const clock = manualClock(0);
    const woken: string[] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(name);
    };
    const all = [sleep("late", 30), sleep("early", 10), sleep("never", 31)];
    clock.advance(9);
    await settle();
    expect(woken).toEqual([]);
    clock.advance(21);
    await Promise.all(all.slice(0, 2));
    expect(woken).toEqual(["early", "late"]);
    clock.advance(1);
    await Promise.all(all);
    expect(woken).toEqual(["early", "late", "never"]);
  });

  it("does not sleep for 0, for less, or for what is no number", async () => {
    const clock = manualClock(0);
    for (const ms of [0, -5, Number.NaN]) await clock.sleep(ms);
    expect(clock.now()).toBe(0);
  });

  it("sleeps longer than a timer could", async () => {
    const clock = manualClock(0);
    let awake = false;
    const sleeper = async () => {
      await clock.sleep(2 ** 40);
      awake = true;
    };
    const asleep = sleeper();
    clock.advance(2 ** 31);
    await settle();
    expect(awake).toBe(false);
    clock.advance(2 ** 40);
    await asleep;
    expect(awake).toBe(true);
  });

  it("wakes at once, without an error, when the signal aborts, and not again later", async () => {
    const clock = manualClock(0);
    const abort = new AbortController();
    const asleep = clock.sleep(1_000, abort.signal);
    abort.abort();
    await expect(asleep).resolves.toBeUndefined();
    await expect(clock.sleep(1_000, abort.signal)).resolves.toBeUndefined();
    clock.advance(2_000);
    expect(clock.now()).toBe(2_000);
  });

  it("leaves no listener behind on a signal that outlives the sleep", async () => {
    const clock = manualClock(0);
    const { signal } = new AbortController();
    let listeners = 0;
    const counted = {
      aborted: false,
      addEventListener: (...given: Parameters<AbortSignal["addEventListener"]>) => {
        listeners += 1;
        signal.addEventListener(...given);
      },
      removeEventListener: (...given: Parameters<AbortSignal["removeEventListener"]>) => {
        listeners -= 1;
        signal.removeEventListener(...given);
      },
    } as AbortSignal; // only what a sleep looks at
    const asleep = clock.sleep(10, counted);
    expect(listeners).toBe(1);
    clock.advance(10);
    await asleep;
    expect(listeners).toBe(0);
  });
});
