// A short soak, and a watch that notices what must not be.
import { join } from "node:path";
import { type Command, clientId, type Event, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createSlots } from "../src/soak/slots.ts";
import { growthOf, soak } from "../src/soak/soak.ts";

const file = join(import.meta.dirname, "../../../bench/soak.yaml");
const at = millis(1_767_225_600_000);
const place = (id: number, slot: string): Command => ({
  type: "order.place",
  clientId: clientId(id),
  instrument: "backpack:SOL_USDC_PERP",
  slot,
  side: "buy",
  price: ticks(100),
  size: lots(5),
  tif: "gtx",
  reduceOnly: false,
});

describe("soak", () => {
  it("runs the example of two venues and eight markets without a violation, and holds its books against the exchange's", async () => {
    const { looks, violations, seen } = await soak({ file, hours: 0.025, everyMinutes: 0.5 });
    expect(violations).toEqual([]);
    expect(seen.compared).toBeGreaterThanOrEqual(2);
    expect(looks).toHaveLength(seen.compared);
    expect(seen.orders).toBeGreaterThan(10);
    expect(seen.used.position).toBeGreaterThan(0);
  }, 180_000);
});

describe("createSlots", () => {
  it("notices a slot that is given to a second order while the first may still rest, and only then", () => {
    const slots = createSlots(10_000);
    expect(slots.command(place(1, "a"), at)).toBeUndefined();
    expect(slots.command(place(2, "b"), at)).toBeUndefined();
    expect(slots.command(place(3, "a"), at)).toBe("a");
    const gone = {
      type: "order.cancelled",
      seq: 1,
      at,
      venueAt: at,
      clientId: clientId(2),
      venueOrderId: "2",
    } as Event;
    slots.event(gone);
    expect(slots.command(place(4, "b"), at)).toBeUndefined();
  });

  it("takes an order for gone that the venue's list has not after the grace time", () => {
    const slots = createSlots(10_000);
    slots.command(place(1, "a"), at);
    const list = (asOf: number) =>
      ({
        type: "account.snapshot",
        seq: 1,
        at,
        venueAt: at,
        venue: "backpack",
        asOf,
        orders: [],
        positions: [],
        balances: [],
        fills: [],
      }) as unknown as Event; // as a venue tells it
    slots.event(list(at + 5_000));
    expect(slots.size).toBe(1);
    slots.event(list(at + 11_000));
    expect(slots.size).toBe(0);
  });
});

describe("growthOf", () => {
  it("is the slope of heap and buffers after the warm-up", () => {
    const looks = [1, 2, 3, 4].map((hours) => ({
      hours,
      heap: hours === 1 ? 500 : 10 + 2 * hours,
      external: 5,
      resident: 100 + hours,
      journal: 0,
    }));
    expect(growthOf(looks, 2)).toEqual({ used: 2, resident: 1 });
  });
});
