// What the documents tell a reader to type or to write is run, type-checked or parsed; what cannot be is listed with its reason, and counted.
//
// Programs (`ts`) are run by scripts/readme.test.ts, the notebooks by notebooks.test.ts.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runBot, spawnBot } from "../process.ts";
import type { Finished } from "../table.ts";
import { type Block, blocksOf, documents, type Line, linesOf, root } from "./blocks.ts";
import { asBot } from "./command.ts";
import { elsewhere, reasons } from "./reasons.ts";

const notebook = (document: string) => /^docs\/notebooks\/(?!README)/.test(document);
const blocks = documents.filter((document) => !notebook(document)).flatMap((document) => blocksOf(document));
const shell = blocks.filter(({ language }) => language === "sh" || language === "bash");
const ofOthers = new Set(
  [...elsewhere].flatMap(([document, { blocks: count }]) =>
    shell.filter((each) => each.document === document).slice(0, count),
  ),
);
const lines = shell.filter((block) => !ofOthers.has(block)).flatMap(linesOf);
const reasonOf = ({ command }: Line) => reasons.find((each) => each.command.test(command));
const runnable = lines.filter((line) => reasonOf(line) === undefined);
const place = ({ document, at }: Block) => `${document}:${at}`;

/** What `last` is in a document that begins with it. */
const aRun: Line = {
  block: { document: "a run before", at: 0, language: "sh", text: "" },
  command: "bot start --memory --duration 60 --json",
};

/** A folder as a reader has it: the examples, and files of the names that documents use. */
function folderFor(finished: Finished): string {
  const folder = mkdtempSync(join(tmpdir(), "bp-snippets-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
  const own = (name: string) => join(folder, "examples", name);
  const copies = {
    "mine.yaml": "own/maker.yaml",
    "my.yaml": "own/maker.yaml",
    "a.yaml": "own/maker.yaml",
    "b.yaml": "own/grid.yaml",
    "grid.config.json": "grid.config.json",
    "hedge.yaml": "own/hedge.yaml",
    ".env": "s2.env",
  };
  for (const [name, from] of Object.entries(copies)) cpSync(own(from), join(folder, name));
  return folder;
}

describe("the commands in the documents", () => {
  it("are of the shell, in every block", () => {
    for (const block of shell) execFileSync("bash", ["-n"], { input: block.text.replaceAll("…", "x") });
    expect(shell.length).toBeGreaterThan(40);
  });

  it("are each run here, run by a test that is named, or listed with a reason", () => {
    expect(
      runnable
        .filter(({ command }) => asBot(command) === undefined && !command.startsWith("pnpm contract"))
        .map(({ block, command }) => `${place(block)} ${command}`),
    ).toEqual([]);
    for (const { why, command, atMost } of reasons) {
      const count = lines.filter((line) => reasonOf(line)?.why === why).length;
      expect(count, `${why}: ${command}`).toBeGreaterThan(0);
      expect(count, `${why}: ${command}`).toBeLessThanOrEqual(atMost);
    }
    for (const [document, { test }] of elsewhere) expect(readFileSync(join(root, test), "utf8")).toContain(document);
  });

  it("name scripts and files of the repository that exist, where they are not run", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const unknown = lines.filter(({ command }) => {
      const script = /^(?:\w+=\S+ )?pnpm (?:-s )?(bench|soak|mutation|contract|bot)\b/.exec(command)?.[1];
      const paths = command.match(/\b(?:apps|packages|scripts|bench|docs|examples)\/[\w@./-]+\.\w+/g) ?? [];
      return (script !== undefined && !(script in scripts)) || paths.some((path) => !existsSync(join(root, path)));
    });
    expect(unknown.map(({ block, command }) => `${place(block)} ${command}`)).toEqual([]);
  });

  describe("run", { timeout: 600_000 }, () => {
    // What several documents say is typed once, in the first of them.
    const said = new Set<string>();
    const byDocument = new Map<string, Line[]>();
    for (const line of runnable) {
      const key = JSON.stringify(asBot(line.command));
      if (said.has(key)) continue;
      said.add(key);
      byDocument.set(line.block.document, [...(byDocument.get(line.block.document) ?? []), line]);
    }
    const pass = lanes(2);
    it.concurrent.each([...byDocument])("%s", (_, own) =>
      pass(async () => {
        const ends: (() => unknown)[] = [];
        const finished: Finished = (end) => void ends.push(end);
        try {
          const cwd = folderFor(finished);
          const before = own.some(({ command }) => /\b(last|RUN|report)\b/.test(command)) ? [aRun] : [];
          for (const line of [...before, ...own]) expect(await typed(finished, line, cwd)).toBe("went well");
        } finally {
          for (const end of ends.toReversed()) await end();
        }
      }),
    );
  });
});

/** Lets so many work at a time, and the others wait: a bot for each document at once is more than two cores can do. */
function lanes(count: number): (work: () => Promise<void>) => Promise<void> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Types a line as a reader would who stands in `cwd`. @returns how it went; all that was said where it did not go well */
async function typed(finished: Finished, { block, command }: Line, cwd: string): Promise<string> {
  const line = asBot(command);
  if (line === undefined) return "went well"; // pnpm contract: its script is looked for above
  const bot = spawnBot(finished, line.args, { cwd });
  if (line.args[0] === "sandbox") {
    await bot.says(/127\.0\.0\.1/);
    bot.child.kill("SIGINT");
  }
  const { code, stdout, stderr } = await bot.ended;
  if (line.out !== undefined) writeFileSync(join(cwd, line.out.trim()), stdout);
  if (code === 0 && !/^error/m.test(stderr)) return "went well";
  return `${place(block)} ${command}\nbot ${line.args.join(" ")}: ${code}\n${stderr}`;
}

describe("what the documents tell a reader to write", () => {
  const of = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language));

  it("is in a language that something looks at", () => {
    const known = ["", "text", "sh", "bash", "ts", "js", "json", "yaml", "md", "ini", "toml", "sql", "diff"];
    expect(
      blocks.filter(({ language }) => !known.includes(language)).map((each) => `${place(each)} ${each.language}`),
    ).toEqual([]);
    const disguised = of("", "text").filter(
      ({ text }) => /^(bot|npm|pnpm|npx|node|docker|sudo) /m.test(text) && !/^bot \d+ /m.test(text),
    );
    expect(disguised.map(place), "commands in a block that is not of the shell").toEqual([]);
  });

  it.each(of("json").map((block) => [place(block), block] as const))("%s is JSON", (_, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(of("js").map((block) => [place(block), block] as const))("%s is a program", (_, { text }) => {
    expect(() => new Script(text)).not.toThrow();
  });

  it.each(of("yaml").map((block) => [place(block), block] as const))(
    "%s is YAML, and a configuration where it has strategies",
    async (_, { text }) => {
      const read = parse(text);
      expect(read).toBeTypeOf("object");
      if (!("strategies" in read)) return;
      const ends: (() => unknown)[] = [];
      const finished: Finished = (end) => void ends.push(end);
      const cwd = folderFor(finished);
      writeFileSync(join(cwd, "page.yaml"), text.replaceAll("0x…", `0x${"1".repeat(40)}`));
      const { code, stderr } = await runBot(finished, ["config", "page.yaml"], { cwd });
      for (const end of ends.toReversed()) await end();
      expect(code, stderr).toBe(0);
    },
  );
});
