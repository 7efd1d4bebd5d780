import { describe, expect, it } from "vitest";
import { futures, lead, stage } from "./hedge/stage.fixture.ts";
import { hedge } from "./hedge.ts";

describe("hedge", () => {
  it("is known by its name and trades its two markets", () => {
    expect([hedge.name, hedge.instruments(stage().params)]).toEqual(["hedge", [lead.id, futures.id]]);
  });

  it("goes on to no other phase while an account is out of sight, everything is halted, or it has failed", () => {
    const later = (change: (made: ReturnType<typeof stage>) => void) => {
      const made = stage();
      made.lead.position = -10;
      made.hedge.position = 5;
      made.tell();
      change(made);
      return made.tell(20_000).phase;
    };
    expect(later(() => {})).toBe("leg2");
    expect(
      later((made) => {
        made.hedge.position = undefined;
      }),
    ).toBe("between");
    expect(
      later((made) => {
        made.world.halted = "enough";
      }),
    ).toBe("between");
    expect(later((made) => made.set({ failed: "it broke" }))).toBe("between");
  });

  it("is not done before the last of its cycles", () => {
    const made = stage(futures, { cycles: 2 });
    made.set({ phase: "sleep", cycle: 1 });
    expect(made.ends()).toBeUndefined();
    made.set({ cycle: 2 });
    expect(made.ends()).toEqual({ kind: "done", why: "2 cycles" });
  });
});
