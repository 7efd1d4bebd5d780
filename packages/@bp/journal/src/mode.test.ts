import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openJournal } from "./index.ts";

const others = (path: string) => statSync(path).mode & 0o077;

describe.skipIf(process.platform === "win32")("the files of a journal", () => {
  it("are their owner's alone, with their folder, under any umask", () => {
    const root = mkdtempSync(join(tmpdir(), "bp-mode-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const file = join(root, "a/b/journal.sqlite");
    const store = openJournal(file);
    store.nextClientRun(); // so that there is a log beside it
    expect(readdirSync(join(root, "a/b")).length).toBeGreaterThan(1);
    for (const name of readdirSync(join(root, "a/b")))
      expect([name, others(join(root, "a/b", name))]).toEqual([name, 0]);
    expect([others(join(root, "a")), others(join(root, "a/b"))]).toEqual([0, 0]);
    store.close();
    chmodSync(file, 0o644); // as an earlier version left it
    openJournal(file).close();
    expect(others(file)).toBe(0);
  });
});
