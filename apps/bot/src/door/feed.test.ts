// What a door is told of a run, from the run itself: a short one in memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event } from "@bp/core";
import { openJournal } from "@bp/journal";
import type { Frame } from "dashboard/contract";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { readBotConfig } from "../config/index.ts";
import { forget, openRun } from "../opening.ts";
import { createOperator, type Operator } from "../operator.ts";
import { recipeOf } from "../recipe.ts";
import { type Face, type Glass, runSession } from "../session.ts";
import { memoryStage } from "../stage/memory.ts";
import { marketsAt, type Stage } from "../stage/stage.ts";
import { createFeed } from "./feed.ts";
import type { Outgoing } from "./open.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-feed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** The demo on an exchange in memory. */
async function demo() {
  const stage = memoryStage({
    seed: 3,
    accounts: new Map([["backpack", "alice"]]),
    balances: { USDC: "100000", SOL: "500" },
  });
  const config = await readBotConfig({ file: undefined, flags: { memory: true } });
  return { stage, ...recipeOf(config, await marketsAt(stage)) };
}

/** A feed for a door that somebody watches or not, and what comes out of it. */
function fed(watched: boolean | (() => boolean)) {
  const posts: Outgoing[] = [];
  const said: string[] = [];
  const isWatched = typeof watched === "boolean" ? () => watched : watched;
  const feed = createFeed({
    door: { post: (message) => void posts.push(message), watched: isWatched },
    tell: (line) => void said.push(line),
  });
  closers.push(() => feed.close());
  return { feed, posts, said };
}

const framesOf = (posts: readonly Outgoing[]) => posts.flatMap((each) => (each.kind === "frame" ? [each.frame] : []));

/** Runs the demo, shown to a door that somebody watches or not. */
async function shown(watched: boolean, also?: (face: Face, operator: Operator) => Face, journal = ":memory:") {
  const { feed, posts, said } = fed(watched);
  const store = openJournal(journal);
  closers.push(() => store.close());
  const operator = createOperator();
  const result = await runSession({
    ...(await demo()),
    store,
    resume: false,
    durationSeconds: 120,
    face: also?.(feed, operator) ?? feed,
    operator,
    glass: feed.glass,
  });
  const frames = framesOf(posts);
  const news = posts.flatMap((each) => (each.kind === "news" ? each.lines : []));
  const fills = posts.flatMap((each) => (each.kind === "fills" ? each.fills : []));
  return { posts, frames, news, fills, said, result, store };
}

const lastOf = (frames: readonly Frame[]): Frame => {
  const last = frames.at(-1);
  if (last === undefined) throw new Error("no frame");
  return last;
};

describe("createFeed", () => {
  it("ends with what the run ended with, and says goodbye", async () => {
    const { posts, frames, result, fills } = await shown(true);
    const { run, money, markets } = lastOf(frames);
    expect(run).toMatchObject({ state: "ended", code: 0, place: "memory", hasJournal: false, strategy: "maker" });
    expect(Number(money.net)).toBeCloseTo(Number(result.summary.netQuote), 6);
    expect(money.fills).toBe(result.summary.fills);
    expect(fills).toHaveLength(result.summary.fills);
    expect(markets[0]?.orders).toEqual([]);
    expect(posts.at(-1)).toEqual({ kind: "bye", why: "time is up" });
    expect(posts[0]).toMatchObject({ kind: "run", run: { place: "memory", journal: undefined } });
  });

  it("numbers lines and trades without a gap, and leads each to its decision", async () => {
    const { news, fills } = await shown(true);
    const numbers = [...news, ...fills].map(({ n }) => n).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    const [fill] = fills;
    expect(news.find(({ kind }) => kind === "fill")).toMatchObject({ decision: `fill:${fill?.tradeId ?? ""}` });
    expect(fill?.slot).toMatch(/^maker\/(buy|sell)\.\d$/);
  });

  it("goes on after a restart with the sums of before, and with a pause that nobody has taken back", async () => {
    const pausing = (face: Face, operator: Operator): Face => ({
      ...face,
      step: (...told) => {
        face.step(...told);
        if (told[0].seq === 1_000) queueMicrotask(() => operator.ask("pause", "a test"));
      },
    });
    const before = await shown(false, pausing, join(folder, "before.sqlite"));
    const { money } = lastOf(before.frames);
    const writer = openJournal(join(folder, "after.sqlite"));
    const [record] = before.store.runs();
    if (record === undefined) throw new Error("no run");
    const cut = writer.begin(record);
    for (const { entry } of before.store.read(record.id)) {
      if (entry.dir === "in" && entry.event.type === "operator.asked" && entry.event.ask === "stop") break;
      cut.append(entry);
    }
    writer.close();
    const { stage: there, ...given } = await demo();
    const stage: Stage = { ...there, lasts: true };
    const unseen = openJournal(join(folder, "after.sqlite"));
    const { tally: counted } = openRun(unseen, { stage, ...given, resume: true }); // where nobody looks
    unseen.close();
    expect(counted.figures().session.sums.fills).toBe(money.fills);
    const store = openJournal(join(folder, "after.sqlite"));
    closers.push(() => store.close());
    const { feed, posts } = fed(true);
    const opening = openRun(store, { stage, ...given, resume: true, replayed: feed.glass.replayed });
    const { engine, tally, instruments, recipe, changes, after } = opening;
    expect(after).toBeGreaterThan(1_000);
    const begun = { run: record.id, resumed: true, journal: ":memory:", abandoned: undefined };
    feed.begun({ ...begun, stage, instruments, recipe, changes });
    const [fact] = forget(stage);
    if (fact === undefined) throw new Error("nothing is forgotten");
    const event = { ...fact, seq: after + 1 };
    const commands = engine.step(event);
    feed.step(event, commands, [], { engine, tally, instruments }, tally.event(event));
    await expect.poll(() => framesOf(posts).length).toBeGreaterThan(0);
    const frame = lastOf(framesOf(posts));
    expect(frame.run.state).toBe("paused");
    expect(frame.strategies[0]?.view.phases).toEqual({ steps: ["phase.paused"], now: "phase.paused" });
    expect(frame.strategies[0]?.view.levels.filter(({ role }) => role === "quote")).toEqual([]);
    expect(frame.money).toMatchObject({ fills: money.fills, maxDrawdown: money.maxDrawdown });
    expect(frame.money.markouts).toEqual(money.markouts);
    expect(money.markouts[0]?.fills).toBeGreaterThan(0);
  });

  it.each(["halt", "stop"] as const)("says of no wish that it is placed after a %s, and what keeps it", async (ask) => {
    const { frames } = await shown(true, (face, operator) => ({
      ...face,
      step: (...told) => {
        face.step(...told);
        if (told[0].seq === 1_000) queueMicrotask(() => operator.ask(ask, "a test"));
      },
    }));
    const { run, markets, strategies, warnings } = lastOf(frames);
    const [strategy] = strategies;
    expect(run.state).toBe("ended");
    expect(markets[0]?.orders).toEqual([]);
    expect(strategy?.wishes).toEqual([]);
    expect(strategy?.idle).toMatch(ask === "halt" ? /^halted: .*a test/ : /^it is being stopped$/);
    expect(strategy?.view.phases).toEqual({ steps: ["phase.stopped"], now: "phase.stopped" });
    expect(warnings.map(({ topic }) => topic)).toEqual(ask === "halt" ? ["halted"] : []);
  });

  it("explains the next step of any kind for who comes first, and forgets what was explained when he leaves", async () => {
    let isWatched = true;
    const { feed, posts } = fed(() => isWatched);
    const store = openJournal(":memory:");
    closers.push(() => store.close());
    const given = { ...(await demo()), store, resume: false, durationSeconds: 20, operator: createOperator() };
    let [explained, asked] = [0, 0];
    const glass: Glass = {
      ...feed.glass,
      explained: (told) => {
        explained += 1;
        feed.glass.explained(told);
      },
      wants: (event) => {
        const isWanted = feed.glass.wants(event);
        if (isWanted && event.type !== "timer.fired" && event.type !== "operator.asked") asked += 1;
        return isWanted;
      },
    };
    await runSession({ ...given, face: feed, glass });
    expect(explained).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(2); // no scene is there at the first step
    const book = { type: "book.changed" } as Event; // its type is all that is read
    expect(feed.glass.wants(book)).toBe(false);
    isWatched = false;
    const count = framesOf(posts).length;
    await expect.poll(() => framesOf(posts).length, { timeout: 3_000 }).toBeGreaterThan(count);
    expect(feed.glass.wants(book)).toBe(false);
    isWatched = true;
    expect(feed.glass.wants(book)).toBe(true);
  });

  it("fails alone: a mistake in what it shows is told once, and trading goes on", async () => {
    const { said, posts, result, fills } = await shown(true, (face) => ({
      ...face,
      step: (event, commands, notes, state, counted) =>
        face.step(event, commands, notes, event.seq < 500 ? state : { ...state, engine: undefined as never }, counted),
    }));
    const alone = await shown(true);
    expect(result).toMatchObject({ code: 0, failure: undefined });
    expect(result.summary.commandsDigest).toBe(alone.result.summary.commandsDigest);
    expect(fills.length).toBeLessThan(alone.fills.length);
    expect(said).toEqual([
      expect.stringMatching(/^warning: the dashboard shows nothing any more \(.+\); trading goes on$/),
    ]);
    const failed = { level: "error", say: "the dashboard has failed; trading goes on" };
    expect(posts).toContainEqual({ kind: "news", lines: [expect.objectContaining(failed)] });
    expect(posts.filter(({ kind }) => kind === "bye")).toHaveLength(1); // at the run's own end
  });

  it("changes nothing of what is traded, watched or not", async () => {
    const [watched, alone] = [await shown(true), await shown(false)];
    expect(watched.result.summary.commandsDigest).toBe(alone.result.summary.commandsDigest);
    expect(watched.fills).toEqual(alone.fills);
  });
});
