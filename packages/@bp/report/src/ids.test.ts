import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIds } from "./ids.ts";

describe("createIds", () => {
  it("knows every id that came among the newest, rising or not, number or text", () => {
    const id = fc.oneof(fc.nat(40), fc.nat(40).map(String), fc.nat(1_000_000));
    fc.assert(
      fc.property(fc.array(id, { maxLength: 200 }), (all) => {
        const ids = createIds(1_000);
        const told = new Map<string | number, number>();
        for (const [nth, each] of all.entries()) {
          expect(ids.get(each)).toBe(told.get(each));
          ids.set(each, nth);
          told.set(each, nth);
        }
        expect(new Map(ids.entries())).toEqual(told);
      }),
    );
  });

  it("keeps as many as it promises, and not more than twice as many", () => {
    const ids = createIds(100);
    for (let id = 1; id <= 100_000; id++) ids.set(id, id);
    for (let id = 99_901; id <= 100_000; id++) expect(ids.get(id)).toBe(id);
    expect(ids.get(1)).toBeUndefined();
    expect(ids.entries().length).toBeLessThanOrEqual(200);
  });
});
