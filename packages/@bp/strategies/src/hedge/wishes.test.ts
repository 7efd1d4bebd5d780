import { describe, expect, it } from "vitest";
import { spot, stage } from "./stage.fixture.ts";

/** A stage on which so many atoms of both are held, in lots at the accounts. */
function holding(lead: number, hedge: number, ...of: Parameters<typeof stage>) {
  const made = stage(...of);
  made.lead.position = lead;
  made.hedge.position = hedge / made.scale.hedgeLot;
  made.set({ pair: { lead, hedge }, blind: false, phase: "leg1" });
  return made;
}
const quote = (made: ReturnType<typeof stage>) => {
  const fresh = stage(made.view.instrument(made.params.hedge));
  return fresh.tell().quote;
};
const unwinding = { since: stage().view.now, why: "too late", failed: true };

describe("wishesOf", () => {
  it("is the leg's order, and the same list for the same order", () => {
    const made = stage();
    made.tell();
    expect(made.lines()).toEqual(["lead leg1 sell 10 at 1.7234 post-only"]);
    expect(made.wishes()).toBe(made.wishes());
  });

  it("puts the hedge first", () => {
    const made = holding(-4, 0);
    made.set({ quote: quote(made) });
    expect(made.lines()).toEqual([
      "hedge hold 4 at 1.7287: hedge of the lead's trades",
      "lead leg1 sell 10 at 1.7234 post-only",
    ]);
    made.lead.position = 4;
    made.set({ pair: { lead: 4, hedge: 0 }, quote: undefined });
    expect(made.lines()).toEqual(["hedge hold -4 at 1.7114: hedge of the lead's trades"]);
  });

  it("wishes no order that rests while something cannot be seen, or seems to be gone", () => {
    const rests = (change: (made: ReturnType<typeof stage>) => void) => {
      const made = holding(0, 0);
      made.set({ quote: quote(made) });
      change(made);
      return made.lines().length;
    };
    expect(rests(() => {})).toBe(1);
    expect(rests((made) => made.set({ blind: true }))).toBe(0);
    expect(rests((made) => made.set({ goneSince: made.view.now }))).toBe(0);
    for (const side of ["lead", "hedge"] as const)
      expect(
        rests((made) => {
          made[side].ask = undefined;
        }),
      ).toBe(0);
    expect(
      rests((made) => {
        made.hedge.link = "down";
      }),
    ).toBe(0);
  });

  it("takes nothing down while everything is halted but what has no other side", () => {
    const made = holding(-10, 4);
    made.set({ quote: quote(made), phase: "closing" });
    made.world.halted = "enough";
    expect(made.lines()).toEqual(["lead hold -4 at 1.7287: halted: down to what is hedged"]);
    made.set({ failed: "it broke", pair: { lead: -4, hedge: 10 } });
    made.lead.position = -4;
    made.hedge.position = 5;
    expect(made.lines()).toEqual(["hedge hold 4 at 1.7114: it broke"]);
    made.world.halted = undefined;
    expect(made.lines()).toEqual(["hedge hold 4 at 1.7114: it broke"]);
  });

  it("closes both sides at once in the end, the hedge after what is left of the lead", () => {
    const made = holding(-10, 10);
    made.set({ phase: "closing", quote: quote(made) });
    expect(made.lines()).toEqual(["lead hold 0 at 1.7287: close the pair"]);
    made.set({ pair: { lead: -4, hedge: 10 } });
    made.lead.position = -4;
    expect(made.lines()).toEqual([
      "hedge hold 4 at 1.7114: hedge of the lead's trades",
      "lead hold 0 at 1.7287: close the pair",
    ]);
  });

  it("does not close the lead where the hedge could not follow", () => {
    const made = holding(-10, 10);
    made.set({ phase: "closing" });
    made.hedge.bid = undefined;
    expect(made.lines()).toEqual([]);
  });

  it("trades the lead back, its larger side or by what its second leg closed too early", () => {
    const made = holding(-10, 4);
    made.set({ unwinding, quote: quote(made) });
    expect(made.lines()).toEqual(["lead hold -4 at 1.7287: too late"]);
    const early = holding(-4, 10);
    early.set({ unwinding });
    expect(early.lines()).toEqual(["lead hold -10 at 1.7114: too late"]);
  });

  it("takes a hedge that is too large down again where that can be done, else the lead follows it", () => {
    const made = holding(-4, 10);
    made.set({ unwinding: { ...unwinding, failed: false } });
    expect(made.lines()).toEqual(["hedge hold 4 at 1.7114: too late"]);
    made.hedge.bid = undefined;
    expect(made.lines()).toEqual(["lead hold -10 at 1.7114: too late"]);
    const equal = holding(4, 4); // no pair: both are as large
    equal.set({ unwinding: { ...unwinding, failed: false } });
    expect(equal.lines()).toEqual(["lead hold 0 at 1.7114: too late"]);
  });

  it("counts a hold from what the account says, beside coins that others hold", () => {
    const made = holding(-10, 4, spot);
    made.hedge.position = 7; // an own position that fees in base have left smaller
    made.set({ phase: "leg1", pair: { lead: -20, hedge: 4 } });
    expect(made.lines()).toEqual(["hedge hold 11.5 at 1.7287: hedge of the lead's trades"]);
    made.hedge.position = undefined;
    expect(made.lines()).toEqual([]);
  });
});
