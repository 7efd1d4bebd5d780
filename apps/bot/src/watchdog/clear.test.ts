// Clearing an account: what is ours, what may be, and what is left alone.
import { millis } from "@bp/core";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import type { CancelDoor, Resting } from "./cancelDoor.ts";
import { clear } from "./clear.ts";

const order = (clientId: number | undefined, id = String(clientId)): Resting => ({ symbol: "SOL_USDC", id, clientId });
const [run5, run7] = [0x0500_0001, 0x0700_0001];

/** A door to an account on which these orders rest. */
function doorTo(...resting: Resting[]): CancelDoor {
  return {
    venue: "backpack",
    lateMs: 0,
    lists: () => [undefined],
    openOrders: () => Promise.resolve([...resting]),
    cancel: ({ id }) =>
      Promise.resolve(
        void resting.splice(
          resting.findIndex((each) => each.id === id),
          1,
        ),
      ),
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

const cleared = (door: CancelDoor, clientRuns: readonly number[], doubt?: string) =>
  clear({
    door,
    known: () => ({ runs: clientRuns.map((clientRun) => ({ clientRun })), doubt }),
    clock: systemClock,
    until: millis(systemClock.now() + 5_000),
  });

describe("clear", () => {
  it("takes back what is ours, and is clean beside what is not", async () => {
    const door = doorTo(order(run5), order(run7), order(undefined, "by hand"));
    expect(await cleared(door, [5])).toMatchObject({ cancelled: 1, clean: true });
    expect(await door.openOrders(1)).toHaveLength(2);
  });

  it("is never clean of orders that may be ours: no run is known, or not all are", async () => {
    const unknown = await cleared(doorTo(order(run7)), []);
    expect(unknown).toMatchObject({ cancelled: 0, clean: false });
    expect(unknown.trouble).toBe("1 with numbers of no known run rest there and may be ours: no run of ours is known");
    const doubted = await cleared(doorTo(order(run5), order(run7)), [5], "the journal cannot be read");
    expect(doubted).toMatchObject({ cancelled: 1, clean: false });
    expect(doubted.trouble).toContain("the journal cannot be read");
  });

  it("is clean where nothing that a bot could have sent rests, whatever is known", async () => {
    expect(await cleared(doorTo(order(undefined, "by hand")), [])).toMatchObject({ cancelled: 0, clean: true });
  });
});
