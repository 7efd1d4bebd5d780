// What a door is told of a run, from the run itself: a short one in memory.

import { openJournal } from "@bp/journal";
import type { Frame } from "dashboard/contract";
import { afterEach, describe, expect, it } from "vitest";
import { readBotConfig } from "../config/index.ts";
import { createOperator } from "../operator.ts";
import { recipeOf } from "../recipe.ts";
import { type Face, runSession } from "../session.ts";
import { memoryStage } from "../stage/memory.ts";
import { marketsAt } from "../stage/stage.ts";
import { createFeed } from "./feed.ts";
import type { Outgoing } from "./open.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Runs the demo in memory, shown to a door that somebody watches or not. */
async function shown(watched: boolean, also?: (face: Face) => Face) {
  const posts: Outgoing[] = [];
  const feed = createFeed({ post: (message) => void posts.push(message), watched: () => watched }, "en");
  closers.push(() => feed.close());
  const stage = memoryStage({
    seed: 3,
    accounts: new Map([["backpack", "alice"]]),
    balances: { USDC: "100000", SOL: "500" },
  });
  const store = openJournal(":memory:");
  closers.push(() => store.close());
  const config = await readBotConfig({ file: undefined, flags: { memory: true } });
  const known = await marketsAt(stage);
  const result = await runSession({
    stage,
    ...recipeOf(config, known),
    store,
    resume: false,
    durationSeconds: 120,
    face: also?.(feed) ?? feed,
    operator: createOperator(),
    glass: feed.glass,
  });
  const frames = posts.flatMap((each) => (each.kind === "frame" ? [each.frame] : []));
  const news = posts.flatMap((each) => (each.kind === "news" ? each.lines : []));
  const fills = posts.flatMap((each) => (each.kind === "fills" ? each.fills : []));
  return { posts, frames, news, fills, result };
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

  it("changes nothing of what is traded, watched or not", async () => {
    const [watched, alone] = [await shown(true), await shown(false)];
    expect(watched.result.summary.commandsDigest).toBe(alone.result.summary.commandsDigest);
    expect(watched.fills).toEqual(alone.fills);
  });
});
