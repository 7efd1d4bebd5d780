import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Dialect } from "./dialect.ts";
import { createFrames } from "./frames.ts";
import { createReaders } from "./readers.ts";
import { createWatchers } from "./watchers.ts";

/** Frames are `{"stream":"a","data":...}`; none is found by its bytes. */
const dialect: Dialect = {
  venue: "nowhere",
  subscribe: () => "",
  unsubscribe: () => "",
  find: () => false,
  read: (value) => {
    const { stream, data } = (value ?? {}) as { readonly stream?: unknown; readonly data?: unknown }; // any value but null may be asked
    return typeof stream === "string" ? { kind: "data", name: stream, data } : undefined;
  },
};
const ignore = () => undefined;

/** Runs `work` and gives what ended as an uncaught exception in the meantime. */
async function uncaught(work: () => void): Promise<unknown[]> {
  const found: unknown[] = [];
  const before = process.listeners("uncaughtException");
  const keep = (error: unknown) => void found.push(error);
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", keep);
  try {
    work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener("uncaughtException", keep);
    for (const each of before) process.on("uncaughtException", each);
  }
  return found;
}

describe("createFrames", () => {
  it("goes on when a listener throws, and lets it be seen", async () => {
    const readers = createReaders({ first: ignore, wanted: ignore, last: ignore });
    const options = { dialect, routes: readers.routes, clock: systemClock };
    const frames = createFrames({ ...options, heard: ignore, reply: ignore, trouble: ignore });
    const stream = { name: "a", private: false, data: z.object({ n: z.number() }) };
    const seen: string[] = [];
    const mistake = new Error("a mistake of the program");
    const fail = () => {
      throw mistake;
    };
    readers.on(stream, fail);
    readers.onBytes(stream, fail);
    readers.on(stream, ({ n }) => seen.push(`object ${n}`));
    readers.onBytes(stream, (bytes) => seen.push(`${bytes.length} bytes`));
    const failures = await uncaught(() => {
      for (const n of [1, 2]) frames.receive(JSON.stringify({ stream: "a", data: { n } }));
    });
    expect(seen).toEqual(["29 bytes", "object 1", "29 bytes", "object 2"]);
    expect(failures).toEqual([mistake, mistake, mistake, mistake]);
  });
});

describe("createReaders", () => {
  it("lets a function that reads twice stop once, and stop again without harm", () => {
    const gone: string[] = [];
    const readers = createReaders({ first: ignore, wanted: ignore, last: (name) => gone.push(name) });
    const stream = { name: "a", private: false, data: z.unknown() };
    const stop = readers.on(stream, ignore);
    const other = readers.on(stream, ignore);
    stop();
    stop();
    expect([readers.routes.byName("a")?.objects.length, gone]).toEqual([1, []]);
    other();
    expect([readers.routes.size, gone]).toEqual([0, ["a"]]);
  });
});

describe("createWatchers", () => {
  it("tells all of them, whatever one of them throws", async () => {
    const watchers = createWatchers();
    const seen: string[] = [];
    watchers.watch({
      state: () => {
        throw new Error("mine");
      },
    });
    watchers.watch({ state: (state) => seen.push(state) });
    const failures = await uncaught(() => watchers.state("up", "connected"));
    expect([seen, failures.map(String)]).toEqual([["up"], ["Error: mine"]]);
  });
});
