// Tests as mutation.mjs runs them: one project, from the copy of the tree that holds the mutants.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = join(import.meta.dirname, "..");
const tests = (process.env["MUTATION_TESTS"] ?? "").split(",");

// The copy's `node_modules` lead back to the real packages; by their names they are to be found in the copy.
const packages = ["packages/@bp", "packages/@aster"]
  .flatMap((scope) => readdirSync(join(root, scope)).map((name) => join(root, scope, name)))
  .map((folder) => {
    const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { find: new RegExp(`^${name}$`), replacement: join(folder, "src/index.ts") };
  });

/** The tests beside the file first: a mutant that they notice costs little. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => tests.findIndex((test) => basename(test) === basename(moduleId));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  resolve: { conditions: ["@bp/source", ...defaultServerConditions], alias: packages },
  ssr: { resolve: { conditions: ["@bp/source", ...defaultServerConditions] } },
  test: { root, include: tests, sequence: { sequencer: AsListed }, isolate: false, testTimeout: 60_000 },
});
