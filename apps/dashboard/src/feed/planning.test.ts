import { describe, expect, it } from "vitest";
import { createPlanning } from "./planning.ts";

/** Questions that are answered by hand. */
function asked() {
  const open: { ask: string; signal: AbortSignal; say: (plan: string) => void; refuse: (why: Error) => void }[] = [];
  const planning = createPlanning<string, string>(
    (ask, signal) => new Promise((say, refuse) => open.push({ ask, signal, say, refuse })),
  );
  return { open, planning };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("createPlanning", () => {
  it("has the plan with what was asked", async () => {
    const { open, planning } = asked();
    let told = 0;
    const end = planning.subscribe(() => (told += 1));
    planning.plan("spread 0.2");
    expect(planning.get()).toEqual({ isAsked: true });
    open[0]?.say("two orders");
    await turn();
    expect(planning.get()).toEqual({ planned: { ask: "spread 0.2", plan: "two orders" }, isAsked: false });
    expect(told).toBe(2);
    end();
    planning.putAway();
    expect(told).toBe(2);
  });

  it("has no plan of what was changed while it was on its way", async () => {
    const { open, planning } = asked();
    planning.plan("spread 0.2");
    planning.putAway(); // the spread is 0.9 now
    expect(open[0]?.signal.aborted).toBe(true);
    open[0]?.say("two orders at 0.2");
    await turn();
    expect(planning.get()).toEqual({ isAsked: false });
  });

  it("tells no refusal of what was changed meanwhile, and only the last answer of two", async () => {
    const { open, planning } = asked();
    planning.plan("first");
    planning.plan("second");
    open[0]?.refuse(new Error("aborted"));
    await turn();
    expect(planning.get()).toEqual({ isAsked: true });
    open[1]?.refuse(new Error("too wide"));
    await turn();
    expect(planning.get().refusal?.message).toBe("too wide");
    planning.putAway();
    expect(planning.get()).toEqual({ isAsked: false });
  });
});
