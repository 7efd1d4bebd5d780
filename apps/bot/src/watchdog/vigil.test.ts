// When a bot counts as gone.
import { describe, expect, it } from "vitest";
import { createVigil } from "./vigil.ts";

/** Looks every 50 ms from `from` to `to`. */
function looked(vigil: ReturnType<typeof createVigil>, from: number, to: number): string {
  let state = "";
  for (let now = from; now <= to; now += 50) state = vigil.look(now);
  return state;
}

describe("createVigil", () => {
  it("is late after the limit and doubtful after half of it", () => {
    const vigil = createVigil(1_000, 0);
    expect(looked(vigil, 0, 500)).toBe("well");
    expect(looked(vigil, 550, 1_000)).toBe("doubtful");
    expect(vigil.look(1_050)).toBe("late");
  });

  it("begins anew with each beat", () => {
    const vigil = createVigil(1_000, 0);
    looked(vigil, 0, 900);
    vigil.heard(900);
    expect(looked(vigil, 950, 1_400)).toBe("well");
    expect(looked(vigil, 1_450, 1_950)).toBe("late");
  });

  it("gives the bot half a limit when it has slept itself, once in a silence", () => {
    const vigil = createVigil(1_000, 0);
    expect(vigil.look(60_000)).toBe("well"); // the machine was asleep: what has come has not been read yet
    expect(looked(vigil, 60_050, 60_500)).toBe("doubtful");
    expect(vigil.look(60_550)).toBe("late");
    expect(vigil.look(120_000)).toBe("late");
  });
});
