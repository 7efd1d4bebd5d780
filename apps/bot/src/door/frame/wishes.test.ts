// Wishes and their reasons over replays of short runs, with what a person or a broken line adds to them.
import { type Event, type Millis, millis, type News, runOf } from "@bp/core";
import type { Engine, Explained } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import type { StrategyNow } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { engineOf } from "../../wire-up.ts";
import { runInMemory, type Step } from "./run.fixture.ts";
import { wishesIn } from "./wishes.ts";

const sol = "backpack:SOL_USDC_PERP";
const aster = "aster-futures:SOLUSDT";

type Dated = News & { readonly at: Millis };
const isDated = (news: News | Dated): news is Dated => "at" in news;

/** A run of one strategy, played again on an engine that explains. */
async function played(use: string, params: Readonly<Record<string, unknown>>, seconds = 120) {
  const events: Event[] = [];
  let [last, clientRun] = [undefined as Step | undefined, 1];
  await runInMemory({ tree: { strategies: [{ use, params }] }, seconds }, (step) => {
    events.push(step.event);
    last = step;
    for (const command of step.commands) if (command.type === "order.place") clientRun = runOf(command.clientId);
  });
  if (last === undefined) throw new Error("nothing happened");
  const { recipe, instruments } = last;
  const [strategy] = recipe.strategies;
  if (strategy === undefined) throw new Error("no strategy");
  const parsed = strategyNamed(use).params.parse(strategy.params);
  const asker = { name: strategy.name, use, params: parsed, markets: strategyNamed(use).instruments(parsed) };
  const fresh = () => engineOf(recipe, instruments, clientRun);
  const of = (engine: Engine, explained: Explained) => wishesIn(explained, asker, (id) => engine.view.instrument(id));
  /** As it was after so many events, and then something else. */
  const after = (count: number, ...more: readonly (News | Dated)[]): Pick<StrategyNow, "wishes" | "idle"> => {
    const engine = fresh();
    let told: Explained | undefined;
    const upTo = events.slice(0, count);
    for (const event of upTo) engine.step(event);
    let at = upTo.at(-1)?.at ?? millis(0);
    for (const [nth, news] of [...more, { type: "timer.fired", name: "beat" } as const].entries()) {
      if (isDated(news)) ({ at } = news);
      told = engine.explain({ ...news, seq: count + nth + 1, at, venueAt: at });
    }
    if (told === undefined) throw new Error("nothing was explained");
    return of(engine, told);
  };
  return { events, fresh, of, after };
}

const making = {
  instrument: sol,
  spreadPct: 0.03,
  quantity: 0.5,
  maxPosition: 3,
  positionThreshold: 2,
  intervalMs: 2_000,
};
const hedging = {
  lead: sol,
  hedge: aster,
  quantity: 0.5,
  offsetPct: 0.01,
  legWaitMs: 3_000,
  betweenLegsMs: 5_000,
  cycleMs: 5_000,
};

describe("wishesIn", () => {
  it.each([
    ["maker", making],
    ["hedge", hedging],
    ["grid", { instrument: sol, side: "long", interval: 0.1, cells: 8, perCell: 50, maxPosition: 150, paceMs: 2_000 }],
    [
      "ladder",
      {
        instrument: "backpack:SOL_USDC",
        totalAmount: 500,
        orderCount: 5,
        maxDropPct: 0.3,
        incrementPct: 50,
        takeProfitPct: 0.02,
        tpMode: "gross",
      },
    ],
    ["dual-hedge", { long: sol, short: "backpack-2:SOL_USDC_PERP", amount: 100, holdMs: 5_000, repriceMs: 2_000 }],
    ["single", { instrument: sol, amount: 100, ageMs: 2_000 }],
  ])("tells each wish of a %s with what became of it, and a reason where there is none", async (use, params) => {
    const { events, fresh, of } = await played(use, params, 180);
    const engine = fresh();
    const outcomes = new Set<string>();
    const untold: unknown[] = [];
    for (const event of events) {
      if (event.type !== "timer.fired" && event.seq % 5 !== 0) {
        engine.step(event);
        continue;
      }
      const explained = engine.explain(event);
      const { wishes, idle } = of(engine, explained);
      const [strategy] = explained.strategies;
      expect(wishes.length).toBe(strategy?.wish.length);
      expect(idle === undefined).toBe(wishes.length > 0);
      for (const { slot, outcome, why, rule } of wishes) {
        outcomes.add(outcome);
        const full = `${strategy?.name}/${slot}`;
        const there = explained.view.orders.some((each) => each.slot === full);
        const placed = explained.commands.some((each) => each.type === "order.place" && each.slot === full);
        const isTold = outcome === "works" ? there || placed : (why ?? rule) !== undefined;
        if (!isTold) untold.push([event.seq, full, outcome]);
      }
    }
    expect(untold).toEqual([]);
    expect([...outcomes]).toContain("works");
  });
});

describe("a strategy that wishes nothing", () => {
  const by = "a test";
  const broken = "a line that broke";
  const down = (stream: "market" | "account") =>
    ({ type: "link.lost", venue: "backpack", stream, why: broken }) as const satisfies News;

  it("says what a person has asked for", async () => {
    const { after, events } = await played("maker", making, 20);
    const asked = (ask: "pause" | "stop" | "halt") => after(events.length - 60, { type: "operator.asked", ask, by });
    expect(asked("pause")).toMatchObject({ wishes: [], idle: "a person has paused it" });
    expect(asked("stop")).toMatchObject({ wishes: [], idle: "it is being stopped" });
    expect(asked("halt").idle).toMatch(/^halted: .*a test/);
  });

  it("says what cannot be seen: the line, the account, the book, its age", async () => {
    const { after, events } = await played("maker", making, 20);
    const middle = events.length - 60;
    expect(after(middle).idle).toBe(undefined);
    expect(after(middle, down("market"))).toMatchObject({
      idle: "the connection to backpack is down",
    });
    expect(after(middle, down("account")).idle).toBe("the connection to backpack is down");
    expect(after(middle, { type: "book.lost", instrument: sol, why: "gap" }).idle).toBe(
      `the book of ${sol} is not whole`,
    );
    expect(after(0).idle).toBe("what backpack holds is not known yet");
    expect(after(middle, beatAfter(events, middle, 6_500)).idle).toMatch(
      /^the book of backpack:SOL_USDC_PERP is \d\.\d s old, at most 5\.0 s$/,
    );
  });

  it("says what it waits for by itself", async () => {
    const measured = { ...making, spreadModel: { name: "glft", riskAversion: 0.02, arrivals: 1, decay: 0.2 } };
    const model = await played("maker", measured, 20);
    const { idle } = model.after(model.events.length - 60);
    expect(idle).toMatch(/^glft watches the market before it quotes, \d+ s left$/);

    const stopped = await played("maker", { ...making, maxPosition: 10, stopLoss: 0.01, coolDownMs: 600_000 }, 300);
    const cooling = stopped.after(stopped.events.length - 300);
    expect(cooling.idle).toMatch(/^cools down after a stop loss, \d+ (s|min) left$/);
  });
});

const beatAfter = (events: readonly Event[], count: number, ms: number) => {
  const at = millis((events[count - 1]?.at ?? 0) + ms);
  return { type: "timer.fired", name: "beat", at } as const;
};
