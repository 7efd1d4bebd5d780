// A recorded run simulated again: its own market, its own orders, and what differs when something was planted.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OwnOrder, ownOrdersOf } from "@bp/backtest";
import { type InstrumentId, lots, millis, tapeRow } from "@bp/core";
import { createRecorder, tapeDigest, writeTape } from "@bp/data";
import { type JournalStore, type Line, openJournal, type RunRecord } from "@bp/journal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedRun } from "../explain/run.fixture.ts";
import { marketOfFiles, marketOfRun } from "./market.ts";
import { resimFlags } from "./options.ts";
import { study } from "./study.ts";
import { flagsOf, studyText } from "./text.ts";

const removals: (() => void)[] = [];
let store: JournalStore;
let run: RunRecord;
let lines: readonly Line[];
let orders: readonly OwnOrder[];

beforeAll(async () => {
  const { file, run: id } = await recordedRun((remove) => removals.push(remove), 300);
  store = openJournal(file, { access: "read" });
  run = store.run(id);
  lines = [...store.read(id)];
  orders = ownOrdersOf(lines);
});
afterAll(() => {
  store.close();
  for (const remove of removals) remove();
});

const past = (own = orders) => marketOfRun(lines, run.id, run.instruments, own);
const options = { ownInBook: true } as const;

describe("study", () => {
  it("fills nearly the same orders as the exchange that the run traded on", () => {
    const { fills, latency, models, notSent } = study(past(), options);
    expect(fills.orders).toBe(orders.length);
    expect(fills.both).toBeGreaterThan(50);
    expect(fills.agreement).toBeGreaterThan(0.97);
    expect(fills.found).toBeGreaterThan(0.95);
    expect(fills.right).toBeGreaterThan(0.95);
    expect(fills.otherPrice).toBe(0);
    expect(fills.laterMs?.medianAbsolute).toBe(0);
    expect(fills.both + fills.onlyReal + fills.onlySimulated + fills.neither).toBe(fills.orders);
    expect(latency["backpack"]).toMatchObject({ clockMs: 0, flag: "20/20", place: { mean: 20, error: 0 } });
    expect(models.upMs).toEqual({ backpack: 20 });
    expect(notSent).toEqual({});
  });

  it("reports a fill that was not real, and one that was lost", () => {
    const filled = orders.find(({ trades, end }) => end === "filled" && trades.length === 1);
    const rested = orders.find(
      ({ end, trades, acceptedAt }) => end === "cancelled" && trades.length === 0 && acceptedAt,
    );
    if (filled === undefined || rested?.acceptedAt === undefined) throw new Error("there are both");
    const made = { tradeId: "planted", price: rested.price, size: lots(1), venueAt: rested.acceptedAt } as const;
    const planted = orders.map((order) => {
      if (order === filled) return { ...order, trades: [], end: undefined };
      return order === rested
        ? { ...order, trades: [{ ...made, at: millis(made.venueAt), liquidity: "maker" as const }] }
        : order;
    });
    const { fills } = study(past(planted), options);
    const outcomeOf = (which: OwnOrder) => fills.pairs.find(({ clientId }) => clientId === which.clientId)?.outcome;
    expect([outcomeOf(filled), outcomeOf(rested)]).toEqual(["only-simulated", "only-real"]);
    const text = studyText(study(past(planted), options), run.instruments, "en").join("\n");
    expect(text).toContain(String(rested.clientId));
    expect(text).toContain("the first that differ:");
  });

  it("leaves out what the venue refused for reasons of the account", () => {
    const refused = orders.map((order, at) =>
      at < 3 ? { ...order, trades: [], acceptedAt: undefined, end: "rejected" as const, reason: "no-funds" } : order,
    );
    const { notSent, fills } = study(past(refused), options);
    expect(notSent).toEqual({ "refused by the venue: no-funds": 3 });
    expect(fills.orders).toBe(orders.length - 3);
  });

  it("takes what a person says instead of what was measured, and shows the usual model beside it", () => {
    const { models, byPrints } = study(past(), { ...options, queue: "share:2", upMs: 35 });
    expect(models).toEqual({ queue: "share:2", fitted: false, ownTimes: false, upMs: { backpack: 35 } });
    const own = study(past(), { ...options, queue: "prints", upMs: "own" });
    expect(own.models.ownTimes).toBe(true);
    expect(own.fills.agreement).toBeGreaterThan(0.97);
    expect(byPrints?.orders).toBe(orders.length);
    expect(study(past(), { ...options, queue: "prints" }).byPrints).toBe(undefined);
  });

  it("says why the exponent is not fitted, and gives no flag for it", () => {
    const found = study(past(), { ...options, leastOrders: 100_000 });
    expect(found.queue).toMatchObject({ fitted: false, why: expect.stringContaining("100000 are needed") });
    expect(flagsOf(found)).toEqual(["--latency", "20/20"]);
    for (const lang of ["en", "zh"] as const)
      expect(studyText(found, run.instruments, lang).join("\n")).toContain("100000 are needed");
  });
});

describe("marketOfRun", () => {
  it("holds every book and print of the run, with both times", () => {
    const { tape } = past();
    const prints = lines.filter(({ entry }) => entry.dir === "in" && entry.event.type === "trade.printed");
    const rows = [...tape.kinds].filter((kind) => (kind & 0x7f) === 2 || (kind & 0x7f) === 3);
    expect(rows.length).toBe(prints.length);
    expect((tape.at[100] ?? 0) - (tape.venueAt[100] ?? 0)).toBe(20);
  });

  it("says what to do where only decisions were kept", () => {
    const bulk = ["book.reset", "book.changed", "trade.printed", "mark.changed", "link.lost"];
    const bare = lines.filter(({ entry }) => entry.dir !== "in" || !bulk.includes(entry.event.type));
    expect(() => marketOfRun(bare, run.id, run.instruments, orders)).toThrow(/only what was decided.*--data FILE/);
    expect(ownOrdersOf(bare)).toEqual(orders); // what the orders were does not depend on the market data
  });

  it("moves the venue's clock back where it is ahead of ours, of orders too", () => {
    const ahead = lines.map((line): Line => {
      const { entry } = line;
      if (entry.dir !== "in") return line;
      return { ...line, entry: { ...entry, event: { ...entry.event, venueAt: millis(entry.event.venueAt + 70) } } };
    });
    const market = marketOfRun(ahead, run.id, run.instruments, ownOrdersOf(ahead));
    expect(market.warnings).toEqual([expect.stringContaining("ahead of ours by 50 ms")]);
    expect(study(market, options).fills.agreement).toBeGreaterThan(0.97);
  });
});

describe("marketOfFiles", () => {
  const recorded = async (named: string): Promise<readonly string[]> => {
    const folder = mkdtempSync(join(tmpdir(), "bp-resim-"));
    removals.push(() => rmSync(folder, { recursive: true, force: true }));
    const sol = run.instruments.filter(({ id }) => orders.some(({ instrument }) => instrument === id));
    const instruments = sol.map((each) => ({ ...each, id: named as InstrumentId })); // as the test says
    const recorder = createRecorder({ folder, name: "r", venue: "backpack", instruments, now: () => run.started });
    for (const { entry } of lines) {
      if (entry.dir !== "in") continue;
      const { event } = entry;
      if ("instrument" in event && event.instrument === sol[0]?.id)
        recorder.hear({ ...event, instrument: named as InstrumentId });
    }
    await recorder.close();
    return readdirSync(folder).map((each) => join(folder, each));
  };

  it("gives a recording of the same time the same fills as the journal's own data", async () => {
    const market = await marketOfFiles(
      await recorded("backpack:SOL_USDC_PERP"),
      new Map(),
      run.instruments,
      orders,
      lines,
    );
    const [there, here] = [study(market, options), study(past(), options)];
    expect(market.orders.length).toBeGreaterThan(orders.length * 0.98);
    const outcomes = new Map(here.fills.pairs.map(({ clientId, outcome }) => [clientId, outcome]));
    const other = there.fills.pairs.filter(({ clientId, outcome }) => outcomes.get(clientId) !== outcome);
    expect(other.length).toBeLessThan(5);
  });

  it("gives the very same of one tape as the journal does, however far the venue's clock is ahead", async () => {
    for (const aheadMs of [0, 70, 2_000]) {
      const ahead = lines.map((line): Line => {
        const { entry } = line;
        if (entry.dir !== "in") return line;
        const venueAt = millis(entry.event.venueAt + aheadMs);
        return { ...line, entry: { ...entry, event: { ...entry.event, venueAt } } };
      });
      const own = ownOrdersOf(ahead);
      const kept = marketOfRun(ahead, run.id, run.instruments, own);
      const folder = mkdtempSync(join(tmpdir(), "bp-resim-"));
      removals.push(() => rmSync(folder, { recursive: true, force: true }));
      const file = join(folder, "market.bpt");
      writeTape(file, kept.tape);
      const bulk = ["book.reset", "book.changed", "trade.printed", "mark.changed", "link.lost"];
      const bare = ahead.filter(({ entry }) => entry.dir !== "in" || !bulk.includes(entry.event.type)); // as a compacted run is
      for (const told of [ahead, bare]) {
        const market = await marketOfFiles([file], new Map(), run.instruments, own, told);
        expect(market.warnings).toEqual(kept.warnings);
        const inside = new Set(market.orders.map(({ clientId }) => clientId));
        const same = { ...kept, orders: kept.orders.filter(({ clientId }) => inside.has(clientId)) };
        expect(inside.size).toBeGreaterThan(own.length * 0.98);
        expect(study(market, options)).toEqual(study(same, options));
      }
    }
  });

  it("says where it has none of the prints of the run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bp-resim-"));
    removals.push(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "market.bpt");
    const { tape } = past();
    const isPrint = (row: number) =>
      [tapeRow.bought, tapeRow.sold].some((kind) => kind === ((tape.kinds[row] ?? 0) & 0x7f));
    const other = { ...tape, b: tape.b.map((size, row) => (isPrint(row) ? size + 7_777 : size)) };
    writeTape(file, { ...other, digest: tapeDigest(other) });
    const { warnings } = await marketOfFiles([file], new Map(), run.instruments, orders, lines);
    expect(warnings.join()).toMatch(/has not the prints that the run was told: .* is not known/);
  });

  it("takes a market of another name where it is said which, and names what is there where not", async () => {
    const files = await recorded("backpack:SOLUSDC");
    const casts = new Map([["SOLUSDC", "backpack:SOL_USDC_PERP"]]);
    const { tape } = await marketOfFiles(files, casts, run.instruments, orders, lines);
    expect(tape.instruments.map(({ id }) => id)).toEqual(["backpack:SOL_USDC_PERP"]);
    await expect(marketOfFiles(files, new Map(), run.instruments, orders, lines)).rejects.toThrow(
      /recordings of SOLUSDC, expected one of backpack:SOL_USDC_PERP; .*--as SOLUSDC=backpack:SOL_USDC_PERP/,
    );
  });

  it("refuses a recording of another time", async () => {
    const later = orders.map((order) => ({ ...order, sentAt: millis(order.sentAt + 86_400_000) }));
    const files = await recorded("backpack:SOL_USDC_PERP");
    await expect(marketOfFiles(files, new Map(), run.instruments, later, lines)).rejects.toThrow(
      /no order of the run was sent then/,
    );
  });

  it("names a file that is not there", async () => {
    await expect(marketOfFiles(["/nowhere/x.gz"], new Map(), run.instruments, orders, lines)).rejects.toThrow(
      /nowhere/,
    );
  });
});

describe("resimFlags", () => {
  it("says what is allowed", () => {
    expect(
      resimFlags({ data: ["a", "b"], as: ["X=backpack:SOL_USDC_PERP"], queueModel: "share:2", latency: "15" }),
    ).toEqual({
      files: ["a", "b"],
      casts: new Map([["X", "backpack:SOL_USDC_PERP"]]),
      queue: "share:2",
      upMs: 15,
    });
    expect(() => resimFlags({ queueModel: "share:-1" })).toThrow(/--queue-model: found "share:-1"/);
    expect(() => resimFlags({ latency: "fast" })).toThrow(/--latency: found "fast"/);
    expect(() => resimFlags({ as: ["SOL"] })).toThrow(/--as: found "SOL"/);
  });
});
