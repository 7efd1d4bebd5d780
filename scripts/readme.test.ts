// What the documents say is run: every ```ts block is type-checked as strictly as our sources, then runs, and prints what its comments promise.
//
// A block is a program. One whose fence says "```ts continued" goes on where the block before it ended. Programs see
// the workspace's sources and the packages that their document installs, and nothing of the internet: the venues'
// hosts in them are replaced by a sandbox.
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

const root = dirname(import.meta.dirname);
const find = (...patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: (name) => name === "node_modules" }).toSorted();
const readmes = find("packages/@*/*/README.md");
const documents = find("*.md", "docs/**/*.md", "apps/*/README.md", "bench/README.md").concat(readmes);
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Program {
  readonly name: string;
  readonly document: string;
  readonly text: string;
}

/** The programs of a document. Lines keep their numbers, so that a failure points into the document. */
function programsOf(document: string): Program[] {
  const programs: string[][] = [];
  let open: string[] | undefined;
  for (const [at, line] of read(document).split("\n").entries()) {
    const fence = /^```(\w*) *(\w*)$/.exec(line);
    if (fence === null) open?.push(line);
    else if (open !== undefined) open = undefined;
    else if (fence[1] !== "ts")
      open = []; // another language: read, and forgotten
    else {
      if (fence[2] !== "continued") programs.push([]);
      open = programs.at(-1) ?? [];
      while (open.length <= at) open.push("");
    }
  }
  const name = document.replaceAll(/\W+/g, "_").replace(/^_/, "");
  return programs.map((lines, at) => ({
    name: `${name}_${at + 1}`,
    document,
    text: `${lines.join("\n")}\nexport {};\n`,
  }));
}

/**
 * Lines that a program says it prints: the comment behind a `console.log`, whole-line comments right below one, and what
 * follows an arrow, `// -> this`, up to a semicolon. "..." stands for anything.
 */
function promisedBy(text: string): string[] {
  const promised: string[] = [];
  let below = false;
  for (const line of text.split("\n")) {
    const behind = /console\.log\(.*\);? \/\/ (.+)$/.exec(line)?.[1] ?? / \/\/ -> ([^;]+)/.exec(line)?.[1];
    const alone = /^ *\/\/ (.+)$/.exec(line)?.[1];
    if (behind !== undefined) promised.push(behind);
    else if (below && alone !== undefined) promised.push(alone);
    below = line.includes("console.log(")
      ? line.trimEnd().endsWith(";") && behind === undefined
      : below && alone !== undefined;
  }
  return promised;
}

const escaped = (text: string) => text.replaceAll(/[^\w\s]/g, "\\$&");
const matches = (line: string, promise: string) =>
  new RegExp(`^${promise.split("...").map(escaped).join(".*")}$`).test(line);

/** The first promise that the output does not keep, in order; undefined when all are kept. */
function broken(promised: readonly string[], printed: string): string | undefined {
  const lines = printed.split("\n");
  let from = 0;
  for (const promise of promised) {
    const at = lines.findIndex((line, place) => place >= from && matches(line.trimEnd(), promise));
    if (at < 0) return promise;
    from = at + 1;
  }
  return undefined;
}

const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
const importsOf = (text: string) => [...text.matchAll(/ from "([^".][^"]*)"/g)].map(([, specifier = ""]) => specifier);

const programs = documents.flatMap(programsOf);
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
    const options = { cwd: work, env: { ...process.env, NO_COLOR: "1", ...env }, timeout: 45_000 };
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
    const offline = `
      import { Socket } from "node:net";
      const connect = Socket.prototype.connect;
      Socket.prototype.connect = function (...args) {
        const [{ host = "localhost", path }] = Array.isArray(args[0]) ? args[0] : args;
        if (path === undefined && !["localhost", "127.0.0.1", "::1"].includes(host)) throw new Error("the document's program calls " + host);
        return connect.apply(this, args);
      };
    `;
    const venue = `
      import { startSandbox } from "@bp/sandbox";
      const sandbox = await startSandbox({ seed: 7, speed: 20, aster: true });
      const { rest, ws, accounts, aster } = sandbox;
      const urls = (service) => ({ rest: service.rest, ws: service.ws });
      const { futures, spot } = { futures: urls(aster.futures), spot: urls(aster.spot) };
      console.log(JSON.stringify({ backpack: { rest, ws }, futures, spot, account: accounts[0], aster: aster.accounts[0] }));
      process.stdin.on("end", () => sandbox.close()).resume();
    `;
    const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
    let child: ChildProcess;
    let hosts: Record<string, string>;
    let env: Record<string, string>;

    beforeAll(async () => {
      writeFileSync(join(work, "offline.mjs"), offline);
      writeFileSync(join(work, "venue.mjs"), venue);
      child = spawn(process.execPath, [...flags, "venue.mjs"], { cwd: work, stdio: ["pipe", "pipe", "inherit"] });
      const said = createInterface(child.stdout as NodeJS.ReadableStream);
      const [line] = await new Promise<string[]>((resolve, reject) => {
        said.once("line", (text: string) => resolve([text]));
        child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
      });
      const { backpack, futures, spot, account, aster } = JSON.parse(line ?? "");
      hosts = {
        "https://api.backpack.exchange": backpack.rest,
        "wss://ws.backpack.exchange": backpack.ws,
        "https://fapi.asterdex.com": futures.rest,
        "wss://fstream.asterdex.com": futures.ws,
        "https://sapi.asterdex.com": spot.rest,
        "wss://sstream.asterdex.com": spot.ws,
      };
      env = {
        TMPDIR: work,
        XDG_STATE_HOME: work, // nonces are claimed there
        BACKPACK_REST_URL: backpack.rest,
        BACKPACK_WS_URL: backpack.ws,
        BACKPACK_KEY: account.apiKey,
        BACKPACK_SECRET: account.secret,
        ASTER_USER: aster.agent.user,
        ASTER_SIGNER: aster.agent.signer,
        ASTER_PRIVATE_KEY: aster.agent.privateKey,
        ASTER_KEY: aster.hmac.key,
        ASTER_SECRET: aster.hmac.secret,
      };
    });
    afterAll(() => child.stdin?.end());

    it.concurrent.each(programs)("$name", async ({ name, text }) => {
      const file = join(work, `${name}.run.ts`);
      let local = text;
      for (const [host, address] of Object.entries(hosts)) local = local.replaceAll(host, address);
      writeFileSync(file, local);
      const { code, out, all } = await run(
        process.execPath,
        [...flags, `--import=${pathToFileURL(join(work, "offline.mjs")).href}`, file],
        env,
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
    const imported = programsOf(readme).flatMap(({ text }) => importsOf(text));
    expect(imported.map(packageOf).filter((name) => !name.startsWith("node:") && !installed.includes(name))).toEqual(
      [],
    );
  });
});
