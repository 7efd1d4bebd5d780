// Planted changes of public types, in packages made for the test: which are seen, and what makes up for them.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiReports } from "./api-reports.mjs";

let root = "";

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const types = (text: string, file = "index.d.ts") => put(`packages/@x/a/dist/${file}`, text);
const changeset = (name: string, says = "A change.", of = "@x/a") =>
  put(`.changeset/${name}.md`, `---\n"${of}": minor\n---\n\n${says}\n`);
const manifest = (version: string) =>
  put(
    "packages/@x/a/package.json",
    JSON.stringify({
      name: "@x/a",
      version,
      exports: {
        ".": { import: { types: "./dist/index.d.ts", default: "./dist/index.js" } },
        "./more/*": { import: { types: "./dist/more/*/index.d.ts", default: "./dist/more/*/index.js" } },
        "./package.json": "./package.json",
      },
    }),
  );
const report = () => readFileSync(join(root, "packages/@x/a/etc/api.md"), "utf8");

/** What the script does. A base is a commit that a pull request starts from. */
function run(mode?: "--write" | "--released", base?: string) {
  const { flaws } = apiReports(root, mode, base);
  return { code: flaws.length, said: flaws.join("\n") };
}

const first = `/** Doubles. */\nexport declare function twice(of: number): number;\n`;
const wider = `/** Doubles. */\nexport declare function twice(of: number | bigint): number;\n`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bp-api-test-"));
  manifest("0.1.0");
  types(first);
  changeset("first");
  run("--write");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a public type that changes", () => {
  it("fails, and the line that has changed is shown", () => {
    expect(run()).toMatchObject({ code: 0 });
    types(wider);
    const { code, said } = run();
    expect(code).toBe(1);
    expect(said).toContain("- export function twice(of: number): number;");
    expect(said).toContain("+ export function twice(of: number | bigint): number;");
  });

  it("is not accepted without a changeset, nor by one of another package, nor by one that was there before", () => {
    const before = report();
    types(wider);
    expect(run("--write")).toMatchObject({ code: 1 });
    changeset("other", "Something else.", "@x/b");
    const { code, said } = run("--write");
    expect(code).toBe(1);
    expect(said).toContain("a new changeset has to name it");
    expect(report()).toBe(before);
  });

  it.each([
    ["a new changeset", () => changeset("second")],
    ["one that says more than before", () => changeset("first", "A change, and twice() takes a bigint.")],
  ])("is accepted with %s that names the package", (_, add) => {
    types(wider);
    add();
    expect(run()).toMatchObject({ code: 1 }); // not yet rewritten
    expect(run("--write")).toMatchObject({ code: 0 });
    expect(run()).toMatchObject({ code: 0 });
  });

  it("is seen where it is only reached through another type, and in every entry", () => {
    types(`interface Hidden { one: string; two: string }\nexport declare function make(): Hidden;\n`);
    types(`export declare const deep: string;\n`, "more/b/index.d.ts");
    changeset("second");
    expect(run("--write")).toMatchObject({ code: 0 });
    types(`interface Hidden { one: number; two: string }\nexport declare function make(): Hidden;\n`);
    expect(run().said).toContain("+     one: number;");
    types(`interface Hidden { one: string; two: string }\nexport declare function make(): Hidden;\n`);
    types(`export declare const deep: number;\n`, "more/b/index.d.ts");
    expect(run().said).toContain("+ export const deep: number;");
  });

  it("is not another order of the members of a type, and is a member that moves to another one", () => {
    const two = (a: string, b: string) => `export interface A {\n${a}}\nexport interface B {\n${b}}\n`;
    const [x, y] = ["    x: number;\n", "    y: number;\n"];
    types(two(x + y, ""));
    changeset("third");
    run("--write");
    types(two(y + x, ""));
    expect(run().said).toBe("");
    types(two(x, y));
    expect(run().code).toBe(1);
  });

  it("is not a docstring, nor another order of declarations or of what a type may be", () => {
    types(`export declare const one: 1 | undefined | "a b";\nexport declare const two: {\n    a: 1;\n    b: 2;\n};\n`);
    changeset("second");
    expect(run("--write")).toMatchObject({ code: 0 });
    types(
      `export declare const two: {\n    b: 2;\n    a: 1;\n};\n/** The first. */\nexport declare const one: "a b" | 1 | undefined;\n`,
    );
    expect(run()).toMatchObject({ code: 0 });
  });
});

describe("what is on file", () => {
  it("is not changed by hand", () => {
    put("packages/@x/a/etc/api.md", report().replace("number;", "bigint;"));
    types(first.replace("number;", "bigint;"));
    const { code, said } = run();
    expect(code).toBe(1);
    expect(said).toContain("by another hand than --write");
  });

  it("needs its changeset until the release", () => {
    rmSync(join(root, ".changeset/first.md"));
    const { code, said } = run();
    expect(code).toBe(1);
    expect(said).toContain("no changeset names it");
  });

  it("needs none once it was released, and the next change needs one of its own", () => {
    rmSync(join(root, ".changeset/first.md")); // `changeset version` takes them
    manifest("0.2.0");
    expect(run("--released")).toMatchObject({ code: 0 });
    expect(run()).toMatchObject({ code: 0 });
    types(wider);
    expect(run("--write")).toMatchObject({ code: 1 });
    changeset("second");
    expect(run("--write")).toMatchObject({ code: 0 });
    expect(run()).toMatchObject({ code: 0 });
  });

  it("is missing for a package that is new", () => {
    rmSync(join(root, "packages/@x/a/etc"), { recursive: true });
    expect(run().said).toContain("@x/a: has no report");
  });
});

describe("a pull request", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
      encoding: "utf8",
    });
  const commit = () => {
    git("add", "-A");
    git("commit", "-q", "-m", "a commit");
    return git("rev-parse", "HEAD").trim();
  };

  it("brings a changeset of its own: one that waited unused on the main branch explains nothing", () => {
    git("init", "-q");
    changeset("unused", "A repair that changed no type.");
    const base = commit();
    expect(run(undefined, base)).toMatchObject({ code: 0 });
    types(wider);
    expect(run("--write")).toMatchObject({ code: 0 }); // nothing there knows to what it belongs
    commit();
    expect(run(undefined, base).said).toContain("no changeset since then names it");
    changeset("own");
    expect(run(undefined, base)).toMatchObject({ code: 0 });
  });

  it("is not judged without its history", () => {
    git("init", "-q");
    commit();
    const { code, said } = run(undefined, "0123456789012345678901234567890123456789");
    expect(code).toBe(1);
    expect(said).toContain("fetch the whole history");
  });
});
