// What is read equals what was written.
import { type Entry, isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { decode, encode } from "./codec.ts";
import { event, everyKind, perp } from "./run.fixture.ts";

describe("encode and decode", () => {
  it("give back every kind of entry exactly, undefined fields and key order included", () => {
    for (const entry of everyKind()) {
      const back = decode(encode(entry));
      expect(back).toStrictEqual(entry);
      expect(JSON.stringify(back)).toBe(JSON.stringify(entry));
    }
  });

  it("name the type, so that a person can look for it", () => {
    expect(
      everyKind()
        .map((each) => encode(each).type)
        .slice(-5),
    ).toEqual(["operator.asked", "order.place", "order.cancel", "account.ask", "max-position"]);
  });

  it("refuse what JSON would change", () => {
    const mark = (value: number): Entry => ({
      dir: "in",
      event: event(1, {
        type: "mark.changed",
        instrument: perp.id,
        mark: value,
        index: 1,
        fundingRate: 0,
        fundingAt: 0 as never,
      }),
    });
    const bad = [
      mark(Number.NaN),
      mark(Number.POSITIVE_INFINITY),
      { dir: "in", event: event(1, { type: "book.lost", instrument: perp.id, why: null as never }) } as const,
    ];
    for (const each of bad) {
      let thrown: unknown;
      try {
        encode(each);
      } catch (error) {
        thrown = error;
      }
      expect(isBpError(thrown, "journal/bad-entry")).toBe(true);
    }
  });
});
