// What the documents say is run: every ```ts block is type-checked as strictly as our sources, then runs, and prints what its comments promise.
//
// Programs see the workspace's sources and the packages that their document installs, and nothing of the internet: the venues'
// hosts in them are replaced by a sandbox. From the packed tarballs those of the packages run in pack-smoke.mjs.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken, offline, programsOf, promisedBy, venue, venuesOf } from "./readme.programs.mjs";

const root = dirname(import.meta.dirname);
const find = (...patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: (name) => name === "node_modules" }).toSorted();
const readmes = find("packages/@*/*/README.md");
const documents = find("*.md", "docs/**/*.md", "apps/*/README.md", "bench/README.md").concat(readmes);
const read = (file: string) => readFileSync(join(root, file), "utf8");

const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
const importsOf = (text: string) => [...text.matchAll(/ from "([^".][^"]*)"/g)].map(([, specifier = ""]) => specifier);

const programs = documents.flatMap((document) => programsOf(document, read(document)));
let work = "";

/** A folder in the repository (so that the compiler finds its types) in which the workspace is installed. */
beforeAll(() => {
  mkdirSync(join(root, "reports"), { recursive: true });
  work = mkdtempSync(join(root, "reports", "readme-"));
  const link = (name: string, target: string) => {
    const path = join(work, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync(realpathSync(target), path, "junction");
  };
  for (const readme of readmes) {
    const folder = join(root, dirname(readme));
    const { name, dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    link(name, folder);
    for (const each of Object.keys(dependencies)) link(each, join(folder, "node_modules", each));
  }
  writeFileSync(join(work, "package.json"), `{ "type": "module" }`);
  writeFileSync(
    join(work, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: { lib: ["es2023", "dom", "dom.asynciterable"], types: ["node"] },
      include: ["*.ts"],
    }),
  );
  for (const { name, text } of programs) writeFileSync(join(work, `${name}.ts`), text);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs a command to its end and gives all that it said. */
function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: unknown; out: string; all: string }> {
  return new Promise((resolve) => {
    const options = { cwd: work, env: { ...process.env, NO_COLOR: "1", ...env }, timeout: 170_000 };
    execFile(command, args, options, (error, out, said) =>
      resolve({ code: error?.code ?? error?.signal ?? 0, out, all: out + said }),
    );
  });
}

describe("the programs in the documents", () => {
  it("pass the compiler, as strictly as the sources", async () => {
    const { all } = await run(process.execPath, [join(root, "node_modules/@typescript/native/bin/tsc"), "-p", "."]);
    const own = all.split("\n").filter((line) => !line.startsWith("..")); // mistakes of the sources are for the gate "types"
    expect(own.join("\n")).toBe("");
  });

  describe("run", () => {
    const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
    let child: ChildProcess;
    let given: ReturnType<typeof venuesOf>;

    beforeAll(async () => {
      writeFileSync(join(work, "offline.mjs"), offline);
      writeFileSync(join(work, "venue.mjs"), venue);
      child = spawn(process.execPath, [...flags, "venue.mjs"], { cwd: work, stdio: ["pipe", "pipe", "inherit"] });
      const said = createInterface(child.stdout as NodeJS.ReadableStream);
      const [line] = await new Promise<string[]>((resolve, reject) => {
        said.once("line", (text: string) => resolve([text]));
        child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
      });
      given = venuesOf(line ?? "");
    });
    afterAll(() => child.stdin?.end());

    it.concurrent.each(programs)("$name", async ({ name, text }) => {
      const file = join(work, `${name}.run.ts`);
      writeFileSync(file, given.local(text));
      const { code, out, all } = await run(
        process.execPath,
        [...flags, `--import=${pathToFileURL(join(work, "offline.mjs")).href}`, file],
        { ...given.env, TMPDIR: work, XDG_STATE_HOME: work }, // nonces are claimed there
      );
      expect(code, all).toBe(0);
      expect(broken(promisedBy(text), out), `is not printed. Printed is:\n${all}`).toBeUndefined();
    });
  });
});

describe("the documents", () => {
  it.each(documents)("%s links to files that exist", (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = ""]) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });

  it.each(readmes)("%s says what it is, how to install it, its units and errors, and what it does not do", (readme) => {
    const text = read(readme);
    const lines = text.split("\n");
    const example = lines.indexOf("```ts");
    const name = dirname(readme).slice("packages/".length);
    const lacks = {
      "its name as title": lines[0] !== `# ${name}`,
      "a sentence of purpose": !/^[A-Z].*[.:]$/.test(`${lines[2]}${lines[3]}`),
      "a way to install it": !new RegExp(`^(npm install|pnpm add) .*${name}\\b`, "m").test(text),
      "an example within the first 40 lines": example < 0 || lines.indexOf("```", example) >= 40,
      units: !/^## .*\bunits\b/im.test(text),
      errors: !/^## .*\berrors\b/im.test(text),
      "what it does not do": !text.includes("\n## What it does not do\n"),
      "a link to docs/architecture.md": !text.includes("(../../../docs/architecture.md)"),
    };
    expect(Object.entries(lacks).flatMap(([what, missing]) => (missing ? [what] : []))).toEqual([]);
  });

  it.each(readmes)("%s installs what its programs import", (readme) => {
    const installed = /^(?:npm install|pnpm add) (.*)$/m.exec(read(readme))?.[1]?.split(" ") ?? [];
    const imported = programsOf(readme, read(readme)).flatMap(({ text }) => importsOf(text));
    expect(imported.map(packageOf).filter((name) => !name.startsWith("node:") && !installed.includes(name))).toEqual(
      [],
    );
  });
});
