// Writes what is believed after each answer of a venue into docs/outcomes.md: the same lines that the tests are made of.
//
//   node scripts/outcomes.mjs            tells whether the page is as the lines say (exit 1 if not)
//   node scripts/outcomes.mjs --write    writes it
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pauses } from "../packages/@bp/engine/src/rests.ts";
import { aster } from "../packages/@bp/sandbox/src/outcomes/aster.ts";
import { backpack } from "../packages/@bp/sandbox/src/outcomes/backpack.ts";
import { tablesOf } from "../packages/@bp/sandbox/src/outcomes/page.ts";

const mark = "<!-- Below: written by node scripts/outcomes.mjs --write -->";

/** The page with its tables made anew: what stands above the mark is a person's and stays. */
export function withTables(page) {
  const at = page.indexOf(mark);
  if (at < 0) throw new Error(`docs/outcomes.md has lost its mark: ${mark}`);
  const tables = [backpack, aster].map((policy) => tablesOf(policy, pauses)).join("\n\n");
  return `${page.slice(0, at)}${mark}\n\n${tables}\n`;
}

if (import.meta.main) {
  const file = join(dirname(import.meta.dirname), "docs/outcomes.md");
  const page = readFileSync(file, "utf8");
  const wanted = withTables(page);
  if (process.argv.includes("--write")) writeFileSync(file, wanted);
  else if (page !== wanted) {
    console.error("docs/outcomes.md is not as the lines say: node scripts/outcomes.mjs --write");
    process.exitCode = 1;
  }
  if (process.exitCode === undefined) console.log(`outcomes: ${backpack.rows.length + aster.rows.length} lines`);
}
