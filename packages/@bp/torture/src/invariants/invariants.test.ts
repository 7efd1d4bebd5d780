// Each promise by itself: what breaks it, told by hand, and what looks like it and does not. 5, 11 and 12 are in trial.test.ts; 9 is planted in apps/bot/test/torture.
import {
  type CancelOrder,
  clientIdOf,
  type Event,
  lots,
  millis,
  type PlaceOrder,
  ticks,
  type Unnumbered,
  venueOf,
} from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Scene, Watcher } from "../scene.ts";
import { perp, subjectWith } from "../trial.fixture.ts";
import type { Change, Standing } from "../truth.ts";
import { invariants } from "./index.ts";

const start = 1_763_640_000_000;
const venue = venueOf(perp.id);

/** Watches over one promise in a scene that is played by the test. */
function watching(number: number, changes: Parameters<typeof subjectWith>[0] = {}) {
  const said: string[] = [];
  const listeners: ((change: Change) => void)[] = [];
  const known = new Set<number>();
  const scene = {
    at: start,
    held: 0,
    apart: 0,
    standing: new Map<string, Standing>(),
    entries: [] as unknown[],
    said,
    known,
    tell: (change: Change) => {
      for (const each of listeners) each(change);
    },
  };
  const view = { position: () => scene.held, external: () => 0, halted: undefined };
  const seen = {
    subject: subjectWith(changes),
    truth: {
      listen: (listener: (change: Change) => void) => void listeners.push(listener),
      standing: scene.standing,
      base: () => scene.apart / 2,
    },
    process: { frozen: false, engine: { view, viewOf: () => view, orders: known }, diary: { entries: scene.entries } },
    now: () => millis(scene.at),
    calmMs: () => Number.POSITIVE_INFINITY,
    broken: (says: string) => void said.push(says),
  } as unknown as Scene; // as much as is looked at
  const watcher = invariants.find((each) => each.number === number)?.watch(seen);
  if (watcher === undefined) throw new Error(`no promise ${number}`);
  return { scene, watcher };
}

function place(count: number, change: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    type: "order.place",
    clientId: clientIdOf(1, count),
    slot: "quoter/buy",
    instrument: perp.id,
    side: "buy",
    price: ticks(15_000),
    size: lots(20),
    tif: "gtx",
    reduceOnly: false,
    ...change,
  };
}

/** An order as it rests at the exchange; without a command no journal has it. */
function standing(command: PlaceOrder, journal: "known" | "unknown" = "known"): Standing {
  const order = { id: `o${command.clientId}`, clientId: command.clientId };
  return { venue, order, command: journal === "known" ? command : undefined } as unknown as Standing; // no more is looked at
}

const fact = (type: string, more: object = {}) =>
  ({ type, instrument: perp.id, at: start, venueAt: start, ...more }) as unknown as Unnumbered; // what is looked at

/** Lets seconds pass, with a beat each. */
function beats(scene: { at: number }, watcher: Watcher, seconds: number): void {
  for (let count = 0; count < seconds; count++) {
    scene.at += 1_000;
    watcher.beat?.();
  }
}

describe("1, one live order per slot", () => {
  it("breaks when a second one rests there, not when the first has ended before", () => {
    const { scene } = watching(1);
    scene.tell({ type: "stands", standing: standing(place(1)) });
    scene.tell({ type: "ended", standing: standing(place(1)) });
    scene.tell({ type: "stands", standing: standing(place(2)) });
    scene.tell({ type: "stands", standing: standing(place(3, { slot: "quoter/sell" })) });
    expect(scene.said).toEqual([]);
    scene.tell({ type: "stands", standing: standing(place(4)) });
    expect(scene.said).toEqual(["2 orders rest in slot quoter/buy at backpack"]);
  });
});

describe("2, every venue order is known", () => {
  it("breaks at once for an order that no journal has", () => {
    const { scene } = watching(2);
    scene.tell({ type: "stands", standing: standing(place(1), "unknown") });
    expect(scene.said.join()).toMatch(/stands at backpack, and no journal has it$/);
  });

  it("breaks after five seconds for one that the bot has forgotten", () => {
    const { scene, watcher } = watching(2);
    const [kept, lost] = [place(1), place(2)];
    for (const each of [kept, lost]) scene.standing.set(String(each.clientId), standing(each));
    scene.known.add(kept.clientId);
    beats(scene, watcher, 6);
    expect(scene.said).toEqual([]);
    beats(scene, watcher, 1);
    expect(scene.said).toEqual([
      `order ${lost.clientId} of slot quoter/buy stands at backpack, and the bot does not know it`,
    ]);
  });
});

describe("3, naked exposure", () => {
  const naked = [{ pair: [perp.id, perp.id] as const, least: 10, most: 450, maxMs: 5_000, haltMs: 10_000 }];
  const bounds = { ...subjectWith().bounds, naked, askEveryMs: 1_000 };
  const traded = { type: "traded" } as unknown as Change; // no more is looked at

  it("breaks beyond its bound", () => {
    const { scene, watcher } = watching(3, { bounds });
    scene.apart = 4; // SOL at 150
    beats(scene, watcher, 1);
    expect(scene.said[0]).toMatch(/are 600\.00 apart \(quote\), more than 450\.00$/);
  });

  it("breaks when it lasts although everything works, and not as long as it may", () => {
    const { scene, watcher } = watching(3, { bounds });
    scene.apart = -2;
    beats(scene, watcher, 10);
    scene.apart = 0;
    scene.tell(traded);
    scene.apart = -2;
    beats(scene, watcher, 17);
    expect(scene.said).toEqual([]);
    beats(scene, watcher, 1);
    expect(scene.said[0]).toMatch(/are -300\.00 apart \(quote\) for 17000 ms although everything works$/);
  });
});

describe("4, no order from a stale or gapped book", () => {
  it("breaks before a book is whole, after it was lost, and when it is old", () => {
    const { scene, watcher } = watching(4);
    watcher.command?.(place(1));
    watcher.told?.(fact("book.reset"));
    watcher.command?.(place(2));
    watcher.told?.(fact("book.lost"));
    watcher.command?.(place(3));
    watcher.told?.(fact("book.reset"));
    scene.at += 61_000;
    watcher.command?.(place(4));
    expect(scene.said.map((each) => each.replace(/.*whose book is /, ""))).toEqual([
      "not whole",
      "not whole",
      "61000 ms old",
    ]);
  });
});

describe("6, reduce-only never increases", () => {
  it("breaks when it is sent where nothing of the other side is held", () => {
    const { scene, watcher } = watching(6);
    scene.held = 20;
    watcher.command?.(place(1, { side: "sell", reduceOnly: true }));
    expect(scene.said).toEqual([]);
    watcher.command?.(place(2, { reduceOnly: true }));
    expect(scene.said.join()).toMatch(/a reduce-only buy of 20 lots in .*, of which 20 are held$/);
  });

  it("breaks when a trade of it increases, and when what closes is not sent so", () => {
    const { scene, watcher } = watching(6);
    const command = place(1, { reduceOnly: true });
    const fill = { instrument: perp.id, fill: { side: "buy" }, command };
    scene.tell({ type: "traded", fill, before: lots(5), after: lots(25) } as unknown as Change); // what is looked at
    scene.held = -20;
    watcher.command?.(place(2, { tif: "ioc" }));
    expect(scene.said).toEqual([
      expect.stringContaining(`a reduce-only order brought ${perp.id} from 5 to 25 lots`),
      expect.stringMatching(/a buy of 20 lots that closes .* is not sent as reduce-only$/),
    ]);
  });
});

describe("7, rate limits", () => {
  const cancel: CancelOrder = { type: "order.cancel", clientId: clientIdOf(1, 1), instrument: perp.id };

  it("break with one order too many in the window, and not with what brings a position down", () => {
    const rate = { orders: 2, windowMs: 1_000 };
    const { scene, watcher } = watching(7, { bounds: { ...subjectWith().bounds, rate } });
    for (const count of [1, 2]) watcher.command?.(place(count));
    scene.held = -20;
    watcher.command?.(place(3));
    expect(scene.said).toEqual([]);
    scene.held = 0;
    watcher.command?.(place(4));
    expect(scene.said).toEqual(["4 new orders in 1000 ms, at most 2"]);
  });

  it("break with more cancels of an order than answers can have come, and the 71st question in a minute", () => {
    const { scene, watcher } = watching(7);
    for (let count = 0; count < 18; count++) watcher.command?.(cancel);
    for (let count = 0; count < 70; count++) watcher.command?.({ type: "account.ask", venue, why: "a test" });
    expect(scene.said).toEqual([]);
    watcher.command?.(cancel);
    watcher.command?.({ type: "account.ask", venue, why: "a test" });
    expect(scene.said).toEqual([
      `19 cancels of order ${cancel.clientId} at backpack in ten seconds`,
      "71 questions to backpack in a minute",
    ]);
  });
});

describe("8, order numbers and times", () => {
  it("break with a number that comes twice, and with a cancel of an order that was never sent", () => {
    const { scene, watcher } = watching(8);
    for (const count of [1, 2, 1]) watcher.command?.(place(count));
    watcher.command?.({ type: "order.cancel", clientId: clientIdOf(1, 9), instrument: perp.id });
    expect(scene.said).toEqual([
      `order number ${clientIdOf(1, 1)} is used a second time`,
      `a cancel of order ${clientIdOf(1, 9)}, which was never sent`,
    ]);
  });

  it("break with an event out of its place, and with a time that runs back", () => {
    const { scene, watcher } = watching(8);
    const step = (seq: number, at: number) => watcher.stepped?.({ seq, at } as unknown as Event, [], []); // what is looked at
    step(1, start);
    step(2, start);
    step(4, start + 10);
    step(5, start);
    expect(scene.said).toEqual(["event 4 follows event 2", "event 5 is 10 ms earlier than the one before"]);
  });
});

describe("10, a kill is final", () => {
  const kill = fact("operator.asked", { ask: "halt", by: "kill" });

  it("breaks with an order after it, and no more when a person has resumed", () => {
    const { scene, watcher } = watching(10);
    watcher.told?.(kill);
    scene.at += 70;
    watcher.command?.(place(1));
    expect(scene.said).toEqual(["quoter/buy: an order 70 ms after the kill switch"]);
    watcher.resumed?.();
    watcher.command?.(place(2));
    expect(scene.said).toHaveLength(1);
  });

  it("breaks when something still rests three seconds later", () => {
    const { scene, watcher } = watching(10);
    scene.standing.set("1", standing(place(1)));
    watcher.told?.(kill);
    beats(scene, watcher, 4);
    expect(scene.said).toEqual([]);
    beats(scene, watcher, 1);
    expect(scene.said).toEqual(["1 orders rest 5000 ms after the kill switch: quoter/buy"]);
  });
});
