// Faults at the push of a button, on a sandbox of their own.
import { startSandbox } from "@bp/sandbox";
import { systemClock } from "@bp/transport";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createOperator } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";
import { answersOf } from "./asked.ts";
import { faultDesk } from "./faults.ts";

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let stage: Pick<Stage, "faults" | "venues" | "clock">;
beforeAll(async () => {
  sandbox = await startSandbox({});
  const venues = [{ id: "backpack" }] as unknown as Stage["venues"]; // their ids alone are read
  stage = {
    clock: systemClock,
    venues,
    faults: { inject: (plan) => sandbox.inject(plan), mend: () => sandbox.mend() },
  };
});
afterAll(() => sandbox.close());
const deskHere = () => {
  const desk = faultDesk(stage);
  if (desk === undefined) throw new Error("there is a sandbox");
  return desk;
};
/** One whose faults are written down. */
function written() {
  const plans: unknown[] = [];
  let isGone = false;
  const clock = { ...systemClock, now: () => Date.now() as ReturnType<typeof systemClock.now> };
  const faults: Stage["faults"] = {
    inject: async (plan) => {
      if (isGone) throw new Error("the sandbox is gone");
      plans.push(plan.faults);
    },
    mend: () => undefined,
  };
  return { desk: faultDesk({ ...stage, clock, faults }), plans, fails: () => (isGone = true) };
}
const answers = () =>
  fetch(`${sandbox.rest}/api/v1/time`).then(
    ({ status }) => status,
    () => "no answer",
  );

describe("faultDesk", () => {
  it("drops the answers of a venue until it is mended, and says which fault is at work", async () => {
    const desk = deskHere();
    expect(await answers()).toBe(200);
    expect(await desk.inject({ id: "answers-lost", venue: "backpack" })).toBe(undefined);
    expect(await answers()).toBe("no answer");
    expect(desk.now().active).toMatchObject([{ id: "answers-lost", venue: "backpack" }]);
    desk.mend();
    expect(await answers()).toBe(200);
    expect(desk.now().active).toEqual([]);
  });

  it("mends one that is over and leaves the other at work", async () => {
    let ahead = 0;
    const clock = { ...systemClock, now: () => (systemClock.now() + ahead) as ReturnType<typeof systemClock.now> };
    const desk = faultDesk({ ...stage, clock });
    await desk?.inject({ id: "frames-lost" });
    ahead = 4_990;
    await desk?.inject({ id: "errors" });
    await expect.poll(() => desk?.now().active.map(({ id }) => id)).toEqual(["errors"]);
    expect(await answers()).toBe(503);
    desk?.close();
    expect(await answers()).toBe(200);
  });

  it("does again what lasts, and not what happens once, when another one is over", async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { desk, plans } = written();
    for (const id of ["frames-lost", "banned"]) await desk?.inject({ id });
    vi.advanceTimersByTime(3_000);
    await desk?.inject({ id: "sockets-cut" });
    plans.splice(0);
    await vi.advanceTimersByTimeAsync(2_100); // until frames are whole again
    const venue = "backpack";
    expect(plans).toEqual([
      [
        { do: "ban", seconds: expect.closeTo(5, 1), venue },
        { sockets: "refuse", count: -1, venue },
      ],
    ]);
  });

  it("is at work no more where it cannot be set up, at first or again", async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    const one = written();
    one.fails();
    await expect(one.desk?.inject({ id: "banned" })).rejects.toThrow("the sandbox is gone");
    const other = written();
    for (const id of ["frames-lost", "banned"]) await other.desk?.inject({ id });
    other.fails();
    await vi.advanceTimersByTimeAsync(5_100);
    expect([one.desk?.now().active, other.desk?.now().active]).toEqual([[], []]);
  });

  it("is none where there is no sandbox", () => {
    expect(faultDesk({ venues: stage.venues, clock: systemClock })).toBe(undefined);
  });
});

describe("answersOf", () => {
  it("hands on what a person wants, and refuses what comes after the end", async () => {
    const operator = createOperator();
    const heard: string[] = [];
    operator.hear((what, by) => void heard.push(`${what} by ${by}`));
    const ask = answersOf({ operator, lasts: false, faults: undefined, terms: () => undefined });
    expect(await ask({ what: "ask", ask: "pause" })).toMatchObject({ status: 409 }); // nothing runs yet
    operator.takeChanges(() => undefined);
    expect(await ask({ what: "ask", ask: "pause" })).toMatchObject({ ok: { done: true } });
    expect(await ask({ what: "ask", ask: "stop" })).toMatchObject({ ok: { done: true } });
    expect(await ask({ what: "ask", ask: "pause" })).toMatchObject({ status: 409 });
    expect(await ask({ what: "ask", ask: "halt" })).toMatchObject({ ok: { done: true } });
    expect(heard).toEqual(["pause by the dashboard", "stop by the dashboard", "halt by the dashboard"]);
  });

  it.for(["pause", "resume", "stop", "flatten"] as const)(
    "does not promise to %s what a rule, the time or a failure has ended",
    async (what) => {
      const operator = createOperator();
      const over = operator.takeChanges(() => undefined);
      over();
      const ask = answersOf({ operator, lasts: false, faults: undefined, terms: () => undefined });
      expect(await ask({ what: "ask", ask: what })).toMatchObject({
        status: 409,
        refused: { error: "it is ending already" },
      });
    },
  );

  it("names the faults that there are for one that is none, and says where there is no sandbox", async () => {
    const operator = createOperator();
    const here = answersOf({ operator, lasts: false, faults: deskHere(), terms: () => undefined });
    expect(await here({ what: "faults.inject", ask: { id: "fire" } })).toMatchObject({
      status: 400,
      refused: { hint: expect.stringContaining("answers-lost") },
    });
    expect(await here({ what: "faults.inject", ask: { id: "slow", venue: "mars" } })).toMatchObject({ status: 400 });
    expect(
      await answersOf({ operator, lasts: false, faults: undefined, terms: () => undefined })({ what: "faults" }),
    ).toMatchObject({
      status: 404,
      refused: { hint: "faults are for bots whose sandbox runs in their own process" },
    });
  });
});
