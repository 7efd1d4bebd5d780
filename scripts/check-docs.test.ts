import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkDocs } from "./check-docs.mjs";

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

const core = "packages/@bp/core";

/** What is found in a tree of these files. */
function found(files: Record<string, string>): { count: number; missing: string[] } {
  const root = mkdtempSync(join(tmpdir(), "bp-docs-"));
  trees.push(root);
  const manifest = `{ "type": "module" }`;
  for (const [file, text] of Object.entries({ "package.json": manifest, ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { count, missing } = checkDocs(root);
  return { count, missing: missing.map(({ file, line, name }) => `${file}:${line} ${name}`) };
}

describe("checkDocs", () => {
  it("passes exports of every kind that have a docstring", () => {
    expect(
      found({
        [`${core}/src/index.ts`]: `export { a, b, type C } from "./a.ts";\nexport type { D } from "./a.ts";\n`,
        [`${core}/src/a.ts`]: `
          /** One. */
          export const a = 1;
          /**
           * Two.
           *
           * @returns 2
           */
          export function b(): number { return 2; }
          /** Three. */
          export interface C { readonly c: number }
          /** Four. */
          export type D = C;
        `,
      }),
    ).toEqual({ count: 4, missing: [] });
  });

  it("finds an export without a docstring where it stands, however it leaves the package", () => {
    const plain = `\nexport const NAME = 1;\n`;
    expect(
      found({
        [`${core}/src/index.ts`]: `export * from "./a.ts";\nexport { b as other } from "./b.ts";\nexport type C = 1;\n`,
        [`${core}/src/a.ts`]: plain.replace("NAME", "a"),
        [`${core}/src/b.ts`]: plain.replace("NAME", "b"),
      }),
    ).toEqual({
      count: 3,
      missing: [`${core}/src/a.ts:2 a`, `${core}/src/b.ts:2 other`, `${core}/src/index.ts:3 C`],
    });
  });

  it("does not take tags alone, a line comment or the neighbour's docstring for one", () => {
    expect(
      found({
        [`${core}/src/index.ts`]: `
          /** @internal */
          export const a = 1;
          // Two.
          export const b = 2;
          /** Three. */
          export const c = 3;
          export type C = typeof c;
        `,
      }).missing,
    ).toEqual([2, 4, 7].map((line, at) => `${core}/src/index.ts:${line + 1} ${["a", "b", "C"][at]}`));
  });

  it("takes one docstring for a value and a type of the same name", () => {
    const text = "/** One. */\nexport const A = 1;\nexport type A = typeof A;\n";
    expect(found({ [`${core}/src/index.ts`]: text })).toEqual({ count: 1, missing: [] });
  });

  it("leaves out what is private to a package, and what it passes on from another", () => {
    expect(
      found({
        [`${core}/src/index.ts`]: "/** One. */\nexport const a = 1;\n",
        [`${core}/src/b.ts`]: "export const b = 2;\n",
        "packages/@aster/client/src/index.ts": `export { x } from "x";\nexport const y = 1;\n`,
        "packages/@aster/client/node_modules/x/package.json": `{ "name": "x", "type": "module", "types": "./x.d.ts" }`,
        "packages/@aster/client/node_modules/x/x.d.ts": "export declare const x: number;\n",
      }),
    ).toEqual({ count: 2, missing: ["packages/@aster/client/src/index.ts:2 y"] });
  });
});
