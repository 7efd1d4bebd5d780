// What the dual-account hedge wishes beside what the user holds. How it trades is played on a board in the bot's tests.
import { type InstrumentId, type Intent, lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { nothingYet } from "./dualHedge/memory.ts";
import { dualHedgeParams } from "./dualHedge/params.ts";
import { dualHedge } from "./dualHedge.ts";
import { perp, scene } from "./scene.fixture.ts";
import { single } from "./single.ts";

const [long, short] = ["backpack:SOL_USDC_PERP", "backpack-2:SOL_USDC_PERP"] as const;

describe("dualHedge", () => {
  const params = dualHedgeParams.parse({ long, short, amount: "100" });
  const closing = (others: Readonly<Record<InstrumentId, number>>) => {
    const view = {
      ...scene(single, perp, { amount: "10" }).view,
      position: (id: InstrumentId) => lots(id === long ? 60 : -60),
      external: (id: InstrumentId) => lots(others[id] ?? 0),
    };
    const prices = { long: ticks(15_001), short: ticks(14_999), at: view.now };
    const memory = { ...nothingYet, phase: "closing", size: lots(60), since: view.now, prices } as const;
    return dualHedge.want(view, memory, params).map((each: Intent) => each.kind === "quote" && each.reduceOnly);
  };

  it("closes reduce-only, but not on an account where the user holds the other way", () => {
    expect(closing({})).toEqual([true, true]);
    expect(closing({ [long]: 100, [short]: -100 })).toEqual([true, true]);
    expect(closing({ [long]: -100 })).toEqual([false, true]);
    expect(closing({ [short]: 100 })).toEqual([true, false]);
  });
});
