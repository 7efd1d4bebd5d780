// Order numbers that do not run out.
import { clientIdOf } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createNumbers } from "./numbers.ts";

describe("createNumbers", () => {
  it("counts within its run", () => {
    const { next } = createNumbers(7, () => false);
    expect([next(), next()]).toEqual([clientIdOf(7, 1), clientIdOf(7, 2)]);
  });

  it("begins anew when the numbers are used up, without those in use", () => {
    const { next } = createNumbers(255, (id) => id === clientIdOf(255, 1), 0xff_fffe);
    expect([next(), next()]).toEqual([clientIdOf(255, 0xff_ffff), clientIdOf(255, 2)]);
  });

  it("takes a number of its run that it has not given for one that was forgotten, and gives it to nobody else", () => {
    const { next, claimLost } = createNumbers(7, () => false);
    next();
    expect(claimLost(clientIdOf(7, 1))).toBe(false);
    expect(claimLost(clientIdOf(8, 5))).toBe(false);
    expect(claimLost(clientIdOf(7, 50_000))).toBe(false); // a number of somebody else's, by chance
    expect(claimLost(clientIdOf(7, 5))).toBe(true);
    expect(next()).toBe(clientIdOf(7, 6));
  });

  it("tells the newest number, given or claimed", () => {
    const numbers = createNumbers(7, () => false);
    expect(numbers.last).toBe(clientIdOf(7, 1) - 1);
    numbers.next();
    expect(numbers.last).toBe(clientIdOf(7, 1));
    numbers.claimLost(clientIdOf(7, 5));
    expect(numbers.last).toBe(clientIdOf(7, 5));
  });

  it("refuses a run that does not fit into eight bits", () => {
    expect(() => createNumbers(256, () => false)).toThrowError(/no order number/);
  });
});
