import { type Intent, instrument, lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { numbersOf } from "../../explain/numbers.ts";
import { wishText } from "./wishText.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const text = (intent: Intent) => wishText(intent, numbersOf([sol]));

describe("wishText", () => {
  it("has the worst price of a hold as one that is not passed, to whichever side it trades", () => {
    const hold = { kind: "hold", instrument: sol.id, worst: ticks(10_000), why: "the other leg is closed" } as const;
    expect(text({ ...hold, position: lots(0) })).toBe(
      "hold 0.00 at no worse than 100.00 backpack:SOL_USDC_PERP: the other leg is closed",
    );
    expect(text({ ...hold, position: lots(50) })).toMatch(/^hold 0\.50 at no worse than 100\.00 /);
  });

  it("has the terms of a quote", () => {
    const quote = {
      kind: "quote",
      instrument: sol.id,
      slot: "sell",
      side: "sell",
      postOnly: true,
      reduceOnly: true,
    } as const;
    expect(text({ ...quote, price: ticks(10_100), size: lots(20) })).toBe(
      "sell 0.20 @ 101.00 backpack:SOL_USDC_PERP (post-only, reduce-only)",
    );
  });
});
