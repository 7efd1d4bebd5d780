// Two keys that belong to one account: what each shows is the same, and must not be counted twice.
import { describe, expect, it } from "vitest";
import { fill, nth, open, perp, quote, scene, snapshot, spot } from "./scene.fixture.ts";

const other = { ...perp, id: "v-2:SOL_USDC_PERP" as const };

/** A strategy on one account has an order that rests; the other account is known and empty. */
function resting() {
  const made = scene({ instruments: [perp, spot, other] });
  made.wants["a"] = [quote("buy", 14_990, 10)];
  expect(made.tell({ type: "timer.fired", name: "x" })).toEqual(["place 1 a/buy buy 14990 x 10 gtx"]);
  made.now += 100;
  return made;
}

describe("an order of ours that another account shows too", () => {
  it("halts when it stands in the other account's list", () => {
    const made = resting();
    const order = open(nth(1), "buy", 14_990, 10);
    made.tell({ ...snapshot({ asOf: made.now, orders: [{ ...order, instrument: other.id }] }), venue: "v-2" });
    expect(made.engine.view.halted).toBe(`v and v-2 show the same order ${nth(1)}: their keys belong to one account`);
  });

  it("halts when the other account tells its trade", () => {
    const made = resting();
    made.tell({ ...fill(nth(1), "buy", 14_990, 10), instrument: other.id });
    expect(made.engine.view.halted).toMatch(/belong to one account/);
  });

  it("does not halt for an order that nobody here placed, or for another market's", () => {
    const made = resting();
    const strange = [open(undefined, "buy", 14_990, 10), open(nth(9), "buy", 14_990, 10)];
    made.tell({
      ...snapshot({ asOf: made.now, orders: strange.map((each) => ({ ...each, instrument: other.id })) }),
      venue: "v-2",
    });
    made.truth({ orders: [{ ...open(nth(1), "buy", 14_990, 10), instrument: spot.id }] });
    expect(made.engine.view.halted).toBeUndefined();
  });
});
