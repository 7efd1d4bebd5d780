// The pages of docs/notebooks are run from top to bottom: what a command prints is what the page shows. BP_WRITE=1 writes it there.
import { cpSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBot } from "./process.ts";
import type { Finished } from "./table.ts";

const root = join(import.meta.dirname, "../../..");
const pages = globSync("docs/notebooks/*.md", { cwd: root })
  .filter((page) => basename(page) !== "README.md")
  .toSorted();

/** A place in a page that something else decides, and what stands there. */
interface Shown {
  readonly from: number;
  readonly text: string;
}

/** A command and the block below it; `undefined`: there is none, so it prints nothing, or into a file. */
interface Cell {
  readonly line: string;
  readonly shown: Shown | undefined;
}

/** Every `sh` block, each of one command, with the `text` block that follows it, folded away or not. */
function cellsOf(page: string): readonly Cell[] {
  const cell = /```sh\n(bot [^\n]+)\n```\n(\n(?:<details><summary>[^\n]+<\/summary>\n\n)?```text\n)?/g;
  return [...page.matchAll(cell)].map(({ 0: whole, 1: line = "", 2: opened, index }) => ({
    line,
    shown: opened === undefined ? undefined : blockAt(page, index + whole.length),
  }));
}

/** The configurations that a page shows, each a file of the examples. */
const configsOf = (page: string): readonly Shown[] =>
  [...page.matchAll(/```yaml\n/g)].map(({ 0: opened, index }) => blockAt(page, index + opened.length));

const blockAt = (page: string, from: number): Shown => ({ from, text: page.slice(from, page.indexOf("```", from)) });

/** Runs one as a person would who stands in `cwd`. @returns what is to be seen of it, from that folder */
async function seen(finished: Finished, line: string, cwd: string): Promise<string> {
  const [command = "", file] = line.split(" > ");
  const env = { BP_CACHE: mkdtempSync(join(cwd, "kept-")) }; // what a page shows comes out of the files, not of a command before
  const { code, stdout, stderr } = await runBot(finished, command.split(/ +/).slice(1), { cwd, env });
  expect(stderr, line).not.toMatch(/^error/m);
  expect([0, 3], `${line}: ${stderr}`).toContain(code); // 3: a rule halted it, which a page may show
  if (file === undefined) return stdout.replaceAll(`${cwd}/`, ""); // bot data names files from the root
  writeFileSync(join(cwd, file), stdout);
  return "";
}

describe.each(pages)("%s", (name) => {
  const path = join(root, name);
  let folder = "";
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "bp-notebook-")));
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("prints what it shows, from data to a report", { timeout: 900_000 }, async ({ onTestFinished }) => {
    const page = readFileSync(path, "utf8");
    const cells = cellsOf(page);
    expect(cells).toHaveLength(page.match(/```sh\n/g)?.length ?? 0); // no block that is not run
    const commands = cells.map(({ line }) => line.split(" ")[1]);
    expect(commands).toEqual(expect.arrayContaining(["data", "backtest", "sweep", "report", "compare"]));
    const file = join(folder, "examples/notebooks", basename(name).replace(/md$/, "yaml"));
    const found = configsOf(page).map((config) => ({ ...config, is: readFileSync(file, "utf8") }));
    const unseen: string[] = []; // what commands print of which the page shows nothing
    for (const { line, shown } of cells) {
      const is = await seen(onTestFinished, line, folder);
      if (shown !== undefined) found.push({ ...shown, is });
      else if (is !== "") unseen.push(`${line}\n${is}`);
    }
    expect(unseen).toEqual([]);
    const now = rewritten(page, found);
    if (process.env["BP_WRITE"] === "1") writeFileSync(path, now);
    expect(readFileSync(path, "utf8")).toBe(now);
  });
});

/** From the end, so that places before stay where they are. */
function rewritten(page: string, found: readonly (Shown & { readonly is: string })[]): string {
  return found
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, text: old, is }) => text.slice(0, from) + is + text.slice(from + old.length), page);
}
