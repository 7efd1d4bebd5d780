// The thread that trades does not notice its store, whatever that does.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Entry, millis } from "@bp/core";
import { openJournal, storeAddress } from "@bp/journal";
import { expect, it } from "vitest";
import { shipInThread } from "./ship.ts";

const note = (cause: number): Entry => ({ dir: "note", cause, rule: "x", why: "y".repeat(150) });

it("is not held up by a store that accepts and never answers, and ends in time", {
  timeout: 180_000,
}, async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), "bp-ship-"));
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const each of sockets) each.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const store = openJournal(join(folder, "journal.sqlite"));
  const journal = store.begin({
    id: "r1",
    mode: "paper",
    key: "k",
    strategy: "maker",
    params: {},
    instruments: [],
    version: "0.1.0",
    clientRun: 1,
    started: millis(1_763_640_000_000),
  });
  let cause = 0;
  /** The middle of many steps of three entries and a commit, ms. */
  const median = () => {
    const times = Array.from({ length: 3_000 }, () => {
      const began = performance.now();
      for (let each = 0; each < 3; each++) journal.append(note(++cause));
      journal.commit();
      return performance.now() - began;
    });
    return times.toSorted((a, b) => a - b)[1_500] ?? 0;
  };
  median(); // warm
  const without = median();
  const told: string[] = [];
  const shipping = shipInThread(
    store.file,
    storeAddress(`postgres://u:canary-word@127.0.0.1:${port}/d`, "test"),
    (line) => told.push(line),
  );
  const deadline = Date.now() + 60_000;
  while (sockets.length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  const beside = median();
  const again = median();
  process.stdout.write(
    `a step: ${without.toFixed(4)} ms without a store, ${beside.toFixed(4)} and ${again.toFixed(4)} beside one that hangs\n`,
  );
  expect(Math.min(beside, again)).toBeLessThan(without + 20); // the store is waited for in seconds
  store.close();
  const began = performance.now();
  await shipping.finish(500);
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(told.join("\n")).toMatch(/are not in the store postgres:\/\/u@127\.0\.0\.1/);
  expect(told.join("\n")).not.toContain("canary-word");
});
