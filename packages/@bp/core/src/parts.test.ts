// Ours, theirs, and what was taken.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createParts, type Parts } from "./parts.ts";
import { millis } from "./units.ts";

const none: ReadonlySet<string> = new Set();
let count = 0;
/** A trade that is counted as `account.ts` and the tally do. */
function trade(parts: Parts, whose: "ours" | "another", signed: number, at: number, price = 100): void {
  parts.traded({ key: `t${++count}`, signed, price, venueAt: millis(at) }, whose);
  if (whose === "ours") parts.own += signed;
  else parts.concede();
}
function told(size: number, at: number): Parts {
  const parts = createParts();
  parts.told(size, millis(at), none);
  return parts;
}

describe("createParts", () => {
  it("knows nothing of others before the venue has told", () => {
    const parts = createParts();
    trade(parts, "ours", 5, 1);
    expect([parts.own, parts.venue, parts.external, parts.gone()]).toEqual([5, undefined, undefined, 0]);
  });

  it("lays newer trades on top, counts older ones as inside", () => {
    const parts = told(0, 10);
    trade(parts, "ours", 5, 12);
    expect([parts.venue, parts.external]).toEqual([5, 0]);
    trade(parts, "another", 3, 8);
    expect([parts.venue, parts.external]).toEqual([5, 0]); // the venue had it in its word
    parts.told(0, millis(11), new Set(["nothing"]));
    expect(parts.venue).toBe(5);
  });

  it("counts what is in the list as inside, whatever its date", () => {
    const parts = told(0, 10);
    parts.traded({ key: "late", signed: 5, price: 100, venueAt: millis(12) }, "ours");
    parts.own += 5;
    parts.told(5, millis(12), new Set(["late"]));
    expect([parts.venue, parts.external]).toEqual([5, 0]);
  });

  it("says how much of ours is gone, and at what price", () => {
    const parts = told(-40, 10);
    trade(parts, "ours", 200, 11);
    expect(parts.gone()).toBe(0); // the user held 40 against us before
    trade(parts, "another", -100, 12, 95);
    trade(parts, "another", -50, 13, 92);
    expect([parts.gone(), parts.gonePrice()]).toEqual([150, 94]);
    parts.own -= 150;
    parts.concede();
    expect([parts.gone(), parts.external]).toEqual([0, -40]);
  });

  it("takes what the user held on our side before it takes ours", () => {
    const parts = told(30, 10);
    trade(parts, "ours", 10, 11);
    trade(parts, "another", -30, 12);
    expect(parts.gone()).toBe(0);
    trade(parts, "another", -4, 13);
    expect(parts.gone()).toBe(4);
  });

  it("prices only what was taken since nothing was gone", () => {
    const parts = told(0, 10);
    trade(parts, "ours", 10, 11);
    trade(parts, "another", -4, 12, 50);
    trade(parts, "another", 4, 13, 50);
    trade(parts, "another", -2, 14, 90);
    expect([parts.gone(), parts.gonePrice()]).toEqual([2, 90]);
  });

  it("takes over what is there while nothing is ours", () => {
    const parts = told(7, 10);
    parts.adopt();
    expect([parts.own, parts.external, parts.gone()]).toEqual([7, 0, 0]);
    parts.adopt();
    parts.told(7, millis(20), none);
    expect([parts.own, parts.external]).toEqual([7, 0]);
  });

  it("believes the venue's next word when dates mean nothing any more", () => {
    const parts = told(0, 1_000);
    trade(parts, "ours", 5, 10); // misdated: it looks older than the venue's word
    expect(parts.external).toBe(-5);
    parts.redate();
    expect(parts.external).toBe(0);
    parts.told(5, millis(20), none);
    expect(parts.external).toBe(0);
    trade(parts, "ours", 2, 25);
    expect(parts.external).toBe(0);
  });

  it("never says that more is gone than there is, and nothing while the venue has all of ours", () => {
    const step = fc.record({
      whose: fc.constantFrom("ours" as const, "another" as const),
      signed: fc.integer({ min: -50, max: 50 }).filter((each) => each !== 0),
    });
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.array(step, { maxLength: 30 }), (before, steps) => {
        const parts = told(before, 0);
        let whole = before;
        for (const [index, { whose, signed }] of steps.entries()) {
          trade(parts, whose, signed, index + 1);
          whole += signed;
          expect([parts.venue, parts.external]).toEqual([whole, whole - parts.own]);
          expect(parts.gone()).toBeGreaterThanOrEqual(0);
          expect(parts.gone()).toBeLessThanOrEqual(Math.abs(parts.own));
          const isThere = Math.sign(whole) === Math.sign(parts.own) && Math.abs(whole) >= Math.abs(parts.own);
          expect(isThere && parts.gone() > 0).toBe(false);
        }
      }),
    );
  });
});
