import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
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

  it("keeps so many and no more, the newest", () => {
    rememberJournal(journal("old.sqlite"));
    age(1_000);
    for (let at = 0; at < 64; at++) rememberJournal(journal(`${at}.sqlite`));
    expect(files().length).toBe(64);
    expect(files()).not.toContain(join(root, "old.sqlite"));
  });

  it("looks for none of them: one may lie on a disk that does not answer", () => {
    const looked = [existsSync, statSync, readFileSync, openSync].map((each) => vi.mocked(each));
    for (const each of looked) each.mockClear();
    for (let at = 0; at < 70; at++) rememberJournal(join(root, `elsewhere-${at}.sqlite`));
    expect(files().length).toBe(64);
    const paths = looked.flatMap(({ mock }) => mock.calls.map(([path]) => String(path)));
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => path.includes("elsewhere"))).toEqual([]);
  });

  it("lets a bot start where nothing can be written", () => {
    mkdirSync(join(root, "state"));
    writeFileSync(folder(), "a file in its place");
    expect(() => rememberJournal(journal("a.sqlite"))).not.toThrow();
  });
});
