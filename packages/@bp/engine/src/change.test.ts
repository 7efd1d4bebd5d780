// Other parameters while a strategy runs: what they do, what may not be, and that asking about them does nothing.
import { type AnyRule, type AnyStrategy, memoryJournal, millis, type News } from "@bp/core";
import { maxPosition, orderRate, ownCross } from "@bp/risk";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay } from "./drive/replay.ts";
import { createRunner } from "./drive/runner.ts";
import { createEngine, type Engine } from "./engine.ts";
import { book, fill, hold, line, nth, perp, quote, snapshot, spot, start } from "./scene.fixture.ts";

interface Params {
  readonly market: string;
  readonly half: number;
  readonly size: number;
  readonly most?: number;
}

/** Quotes both sides of the mid as far apart as it is told, remembers what it has seen, and closes what is too much. */
const quoter: AnyStrategy = {
  name: "quoter",
  params: {
    parse: (raw) => {
      const { half, size, market, most } = raw as Params; // a test's own
      if (!(half > 0)) throw new Error("half must be above 0");
      return most === undefined ? { market, half, size } : { market, half, size, most };
    },
  },
  changeable: () => ["half", "size", "most"],
  instruments: (params) => [(params as Params).market === "spot" ? spot.id : perp.id],
  start: () => ({ fills: 0, changes: 0 }),
  remember: (memory, event, view) => {
    const { fills, changes } = memory as { readonly fills: number; readonly changes: number };
    const traded = view.fills().length;
    const changed = event.type === "params.changed" ? 1 : 0;
    return traded + changed === 0 ? memory : { fills: fills + traded, changes: changes + changed };
  },
  want: (view, _, params) => {
    const { half, size, most = 1_000 } = params as Params;
    const mid = view.book(perp.id).mid();
    const held = view.position(perp.id) ?? 0;
    if (mid === undefined) return [];
    if (Math.abs(held) > most) return [hold(Math.sign(held) * most, held > 0 ? 14_000 : 16_000)];
    return [quote("buy", Math.floor(mid - half), size), quote("sell", Math.ceil(mid + half), size)];
  },
  ends: (_, __, params) => ((params as Params).size === 99 ? { kind: "done", why: "99 is enough" } : undefined),
};

const rules = (): readonly AnyRule[] => [maxPosition({ [perp.id]: "0.5" }), ownCross(), orderRate(8, 5_000)];
const given = { market: "perp", half: 10, size: 5 };

/** An engine, and facts one after the other. */
function stage() {
  const engine = createEngine({
    run: 1,
    instruments: [perp, spot],
    strategies: [
      { strategy: quoter, params: given },
      { strategy: { ...quoter, name: "other", changeable: () => [] }, params: { ...given, half: 40 } },
    ],
    rules: rules(),
  });
  let seq = 0;
  const tell = (news: News, now = start) => {
    seq += 1;
    return engine.step({ ...news, at: millis(now), venueAt: millis(now), seq }).map(line);
  };
  tell({ type: "link.restored", venue: "v", stream: "account", why: "opened" });
  tell(snapshot({ asOf: start }));
  return { engine, tell };
}

const changed = (params: object, strategy = "quoter"): News => ({
  type: "params.changed",
  strategy,
  params: { ...params },
  by: "console",
});

/** Every order of the scene rests. */
function rested({ engine, tell }: ReturnType<typeof stage>): void {
  for (const { clientId, state } of engine.orders.values())
    if (state === "placing") tell({ type: "order.accepted", clientId, venueOrderId: `v${clientId}` });
}

describe("params.changed", () => {
  it("holds from that event on: the wish is asked for anew, and the line says what is other", () => {
    const made = stage();
    made.tell(book());
    rested(made);
    expect(made.tell(changed({ ...given, half: 12 }))).toEqual(["cancel 1", "cancel 2"]);
    expect(made.engine.notes()).toContainEqual({ rule: "operator", why: "quoter, by console: half 10 -> 12" });
    expect(made.engine.paramsOf("quoter")).toEqual({ ...given, half: 12 });
    const gone = (count: number) => ({ clientId: nth(count), venueOrderId: `v${nth(count)}` });
    expect(made.tell({ type: "order.cancelled", ...gone(1) })).toEqual(["place 5 quoter/buy buy 14989 x 5 gtx"]);
    expect(made.tell({ type: "order.cancelled", ...gone(2) })).toEqual(["place 6 quoter/sell sell 15013 x 5 gtx"]);
  });

  it("is told to its own strategy alone", () => {
    const { engine, tell } = stage();
    tell(changed({ ...given, size: 6 }));
    expect(engine.memoryOf("quoter")).toEqual({ fills: 0, changes: 1 });
    expect(engine.memoryOf("other")).toEqual({ fills: 0, changes: 0 });
  });

  it("is left aside with a word about it where it may not be, and never ends the run", () => {
    const { engine, tell } = stage();
    const cases: readonly (readonly [News, string])[] = [
      [changed({ ...given, half: 0 }), "quoter by console are left aside: half must be above 0"],
      [changed({ ...given, market: "spot" }), "market: cannot change while the strategy runs"],
      [changed({ ...given, half: 12 }, "other"), "half: cannot change while the strategy runs"],
      [changed(given, "nobody"), "there is no such strategy"],
    ];
    for (const [news, why] of cases) {
      tell(news);
      expect(engine.notes().map((note) => note.why)).toEqual([expect.stringContaining(why)]);
      expect(engine.memoryOf("quoter")).toEqual({ fills: 0, changes: 0 });
    }
    expect(engine.paramsOf("quoter")).toEqual(given);
    expect(tell(book())).toHaveLength(4);
  });

  it("outlives a crash at once, and a replay gives the same commands", () => {
    const options = { run: 1, instruments: [perp, spot], rules: [], strategies: [{ strategy: quoter, params: given }] };
    const journal = memoryJournal();
    const commits: number[] = [];
    const runner = createRunner({
      engine: createEngine(options),
      journal: { ...journal, commit: () => void commits.push(journal.entries.length) },
      send: () => undefined,
    });
    const at = millis(start);
    const handle = (news: News) => runner.handle({ ...news, at, venueAt: at });
    handle(changed({ ...given, half: 12 }));
    expect(commits).toEqual([1]); // no command came of it
    handle({ type: "link.restored", venue: "v", stream: "account", why: "opened" });
    handle(snapshot({ asOf: start }));
    handle(book());
    handle(changed({ ...given, half: 0 }));
    const again = createEngine(options);
    expect(replay(again, journal.entries)).toMatchObject({ difference: undefined, unwritten: [], commands: 2 });
    expect(again.paramsOf("quoter")).toEqual({ ...given, half: 12 });
  });
});

describe("consider", () => {
  it("tells what would stay, go and be placed, though the slots are taken, and what the rules say", () => {
    const made = stage();
    made.tell(book());
    rested(made);
    const told = made.engine.consider("quoter", { ...given, half: 12, size: 45 });
    expect(told.refused).toBe(undefined);
    expect(told.values).toEqual([
      { key: "half", from: 10, to: 12 },
      { key: "size", from: 5, to: 45 },
    ]);
    const orders = told.plan.filter(({ slot }) => slot.startsWith("quoter/"));
    expect(orders.map(({ action, side, price, size }) => `${action} ${side} ${size} at ${price}`)).toEqual([
      "cancel buy 5 at 14991",
      "cancel sell 5 at 15011",
      "place buy 45 at 14989",
      "place sell 45 at 15013",
    ]);
    expect(told.plan.filter(({ slot }) => slot.startsWith("other/")).map(({ action }) => action)).toEqual([
      "keep",
      "keep",
    ]);
    const wider = made.engine.consider("quoter", { ...given, size: 60 });
    const hearing = wider.hearings.find(({ slot }) => slot === "quoter/buy");
    expect(hearing?.said.at(-1)).toMatchObject({ rule: "order-rate", answer: "pass" });
    expect(hearing?.said.find(({ answer }) => answer === "trim")).toMatchObject({ rule: "max-position", size: 45 });
  });

  it("closes what would be too much, as the strategy would", () => {
    const made = stage();
    made.tell(book());
    rested(made);
    made.tell(fill(nth(1), "buy", 14_991, 5));
    rested(made);
    const { plan } = made.engine.consider("quoter", { ...given, most: 2 });
    expect(plan).toContainEqual(
      expect.objectContaining({ action: "place", slot: "quoter/hold:v:SOL_USDC_PERP", side: "sell", size: 3 }),
    );
    expect(made.engine.memoryOf("quoter")).toEqual({ fills: 1, changes: 0 });
  });

  it("says that the strategy would be at its end, and who speaks", () => {
    const { engine, tell } = stage();
    expect(engine.consider("quoter", { ...given, size: 99 }).end).toEqual({ kind: "done", why: "99 is enough" });
    expect(engine.consider("quoter", given).voice).toBe("own");
    tell({ type: "operator.asked", ask: "pause", by: "test" });
    expect(engine.consider("quoter", { ...given, half: 2 })).toMatchObject({ voice: "quiet", hearings: [], plan: [] });
  });

  it("refuses what would be refused as an event, also where the strategy itself fails", () => {
    const { engine, tell } = stage();
    tell(book());
    expect(engine.consider("quoter", { ...given, half: -1 }).refused?.why).toBe("half must be above 0");
    expect(engine.consider("quoter", { ...given, market: "spot" }).refused?.key).toBe("market");
    expect(engine.consider("quoter", { ...given, size: 0 }).refused?.why).toMatch(/cannot go on with them.*size 0/);
    expect(() => engine.consider("nobody", given)).toThrow("there is no such strategy");
  });

  it("changes nothing of the run, however often it is asked", () => {
    const step = fc.record({
      what: fc.constantFrom("book", "fill", "answer", "beat", "change", "truth", "loss"),
      by: fc.integer({ min: 0, max: 30 }),
      asks: fc.array(fc.record({ half: fc.integer({ min: -1, max: 40 }), size: fc.integer({ min: 0, max: 80 }) }), {
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const [quiet, asked] = [stage(), stage()];
        let now = start;
        for (const [at, { what, by, asks }] of steps.entries()) {
          now += by * 40;
          const news = newsOf(what, by, at, quiet.engine);
          const commands = quiet.tell(news, now);
          const notes = quiet.engine.notes();
          expect(asked.tell(news, now)).toEqual(commands);
          expect(asked.engine.notes()).toEqual(notes);
          for (const values of asks) asked.engine.consider("quoter", { ...given, ...values });
          expect(asked.engine.notes()).toEqual(notes);
        }
        for (const name of ["quoter", "other"]) {
          expect(asked.engine.memoryOf(name)).toEqual(quiet.engine.memoryOf(name));
          expect(asked.engine.paramsOf(name)).toEqual(quiet.engine.paramsOf(name));
        }
        expect([...asked.engine.orders.values()]).toEqual([...quiet.engine.orders.values()]);
      }),
    );
  });
});

/** A fact that goes with the orders that are there. */
function newsOf(what: string, by: number, at: number, engine: Engine): News {
  const order = [...engine.orders.values()][by % Math.max(1, engine.orders.size)];
  if (what === "change") return changed({ ...given, half: by, size: 1 + by });
  if (what === "truth") return snapshot({ asOf: engine.view.now });
  if (what === "loss") return { type: "book.lost", instrument: perp.id, why: "test" };
  if (order !== undefined && (what === "fill" || what === "answer")) {
    const { clientId, side, price, size, state } = order;
    const venueOrderId = `v${clientId}`;
    if (what === "fill") return fill(clientId, side, price, size, { tradeId: `t${at}` });
    if (state === "placing") return { type: "order.accepted", clientId, venueOrderId };
    return { type: "order.cancelled", clientId, venueOrderId };
  }
  if (what === "beat") return { type: "timer.fired", name: "beat" };
  return book(perp.id, 15_000 - by, 15_002 - by + (by % 3));
}
