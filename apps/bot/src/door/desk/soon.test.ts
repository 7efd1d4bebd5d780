import { describe, expect, it } from "vitest";
import { foundSoon } from "./soon.ts";

describe("foundSoon", () => {
  /** There at a look. */
  const from = (there: number) => {
    let looks = 0;
    return {
      find: () => {
        looks += 1;
        if (looks < there) throw new Error(`not at look ${looks}`);
        return looks;
      },
      looks: () => looks,
    };
  };

  it("waits for what a run that goes on has not written yet", async () => {
    expect(await foundSoon(from(3).find, true)).toBe(3);
  });

  it("gives up what does not come", async () => {
    const never = from(Number.POSITIVE_INFINITY);
    await expect(foundSoon(never.find, true)).rejects.toThrow("not at look 4");
    expect(never.looks()).toBe(4);
  });

  it("looks once in a run that is over", async () => {
    await expect(foundSoon(from(2).find, false)).rejects.toThrow("not at look 1");
  });
});
