import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rememberJournal, seenJournals } from "./journals.ts";

vi.mock("node:fs", { spy: true }); // as it is, and it can be seen what was looked at

describe("rememberJournal", () => {
  const before = process.env["BP_STATE"];
  let root = "";
  const folder = () => join(root, "state/journals");
  const journal = (name: string) => {
    const file = join(root, name);
    writeFileSync(file, "");
    return file;
  };
  const files = () => seenJournals().map(({ file }) => file);
  const age = (seconds: number) => {
    for (const name of readdirSync(folder())) utimesSync(join(folder(), name), seconds, seconds);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "bp-journals-"));
    process.env["BP_STATE"] = join(root, "state");
  });
  afterEach(() => {
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(root, { recursive: true });
  });

  it("keeps each once, the newest first, for its user alone", () => {
    expect(files()).toEqual([]);
    const [a, b] = [journal("a.sqlite"), journal("b c.sqlite")];
    rememberJournal(a);
    age(1_000);
    rememberJournal(b);
    rememberJournal(b);
    rememberJournal(":memory:");
    expect(files()).toEqual([b, a]);
    for (const name of readdirSync(folder())) expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
  });

  it("leaves out one that is not there, and has it again with its disk", () => {
    const file = journal("a.sqlite");
    rememberJournal(file);
    rmSync(file);
    expect(files()).toEqual([]);
    journal("a.sqlite");
    expect(files()).toEqual([file]);
  });

  it("keeps so many and no more: those that are gone are forgotten first, then the oldest", () => {
    const old = journal("old.sqlite");
    rememberJournal(old);
    age(1_000);
    for (let at = 0; at < 70; at++) rememberJournal(join(root, `gone-${at}.sqlite`));
    expect(files()).toEqual([old]);
    expect(readdirSync(folder()).length).toBe(64);
    for (let at = 0; at < 64; at++) rememberJournal(journal(`${at}.sqlite`));
    expect(files()).not.toContain(old);
    expect(files().length).toBe(64);
  });

  it("looks for no other journal before there are too many: one may lie on a disk that does not answer", () => {
    const looked = vi.mocked(existsSync);
    looked.mockClear();
    for (let at = 0; at < 64; at++) rememberJournal(join(root, `${at}.sqlite`));
    rememberJournal(join(root, "0.sqlite"));
    expect(looked).not.toHaveBeenCalled();
    rememberJournal(join(root, "64.sqlite"));
    expect(looked).toHaveBeenCalled();
  });

  it("lets a bot start where nothing can be written", () => {
    mkdirSync(join(root, "state"));
    writeFileSync(folder(), "a file in its place");
    expect(() => rememberJournal(journal("a.sqlite"))).not.toThrow();
  });
});
