// Processes that die, that come at the same time, and that run out of disk.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Entry } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal } from "./open.ts";
import { beat, newRun } from "./run.fixture.ts";

const script = fileURLToPath(new URL("./writer.fixture.ts", import.meta.url));
const node = [process.execPath, "--conditions=@bp/source", script] as const;
let folder = "";
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-crash-"));
});
afterEach(() => {
  for (const each of children) each.kill("SIGKILL");
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

function write(...args: readonly string[]): ChildProcess {
  const child = spawn(node[0], [...node.slice(1), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

/** Lines of output, until `enough` says so or it ends. */
async function linesOf(child: ChildProcess, enough: (count: number) => boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (enough(lines.length)) break;
  }
  return lines;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("a killed process", { timeout: 180_000 }, () => {
  it("loses nothing that it had committed, leaves nothing half, and its lock is free", async () => {
    for (const round of [1, 2, 3]) {
      const file = join(folder, `killed-${round}.sqlite`);
      const child = write(file, "r1", "k");
      const acknowledged = await linesOf(child, (count) => count >= 37 * round);
      await killed(child);
      expect(child.signalCode).toBe("SIGKILL");

      const store = openJournal(file);
      expect(store.unfinished("k")?.id).toBe("r1");
      const journal = store.resume("r1"); // the dead one's lock is no hindrance
      const kept: readonly Entry[] = [...store.read("r1")].map((each) => each.entry);
      expect(kept.length).toBeGreaterThanOrEqual(10 * acknowledged.length);
      expect(kept.length % 10).toBe(0);
      expect(kept).toStrictEqual(kept.map((_, at) => beat(at + 1)));
      expect(journal.lastEvent).toBe(kept.length);
      store.close();
    }
  });

  it("holds its key while it lives", async () => {
    const file = join(folder, "held.sqlite");
    const child = write(file, "r1", "k");
    await linesOf(child, (count) => count >= 1);
    const store = openJournal(file);
    expect(() => store.begin(newRun("r2", { key: "k" }))).toThrow(`in use by process ${child.pid}, run r1`);
    await killed(child);
    store.begin(newRun("r2", { key: "k" }));
    store.close();
  });

  it("is refused where another one writes already", async () => {
    const file = join(folder, "second.sqlite");
    const store = openJournal(file);
    store.begin(newRun("r1", { key: "k" }));
    const [line] = await linesOf(write(file, "r2", "k", "1"), () => false);
    expect(line).toBe(
      `journal/locked: journal ${file} is in use by process ${process.pid}, run r1; stop that bot first`,
    );
    store.close();
  });
});

describe("several processes at once", { timeout: 180_000 }, () => {
  it("make one file together and write to it side by side", async () => {
    const file = join(folder, "together.sqlite");
    const names = ["a", "b", "c", "d"];
    const outputs = await Promise.all(names.map((name) => linesOf(write(file, name, name, "50"), () => false)));
    expect(outputs.map((each) => each.at(-1))).toEqual(["50", "50", "50", "50"]);
    const store = openJournal(file);
    for (const name of names) expect([...store.read(name)]).toHaveLength(500);
    store.close();
  });
});

describe("a full disk", { timeout: 180_000 }, () => {
  it.skipIf(process.platform === "win32")("is said in words, and what was committed before stays", async () => {
    const file = join(folder, "full.sqlite");
    const limited = `trap '' XFSZ; ulimit -f 400; exec "$0" "$@"`; // files of at most 400 blocks of 512 or 1,024 bytes
    const child = spawn("sh", ["-c", limited, ...node, file, "r1", "k"], { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const lines = await linesOf(child, () => false);
    expect(lines.at(-1)).toMatch(
      /^journal\/write: journal .*full\.sqlite cannot be written: (the disk is full|the disk reports a fault)/,
    );
    const store = openJournal(file);
    expect([...store.read("r1")]).toHaveLength((lines.length - 1) * 10);
    store.close();
  });
});
