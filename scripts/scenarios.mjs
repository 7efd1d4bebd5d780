// Which test shows which scenario of the five systems: keeps the tables of docs/systems.md true.
//
//   node scripts/scenarios.mjs [--write]
//
// A scenario is shown by a test whose name begins with its number (`S2.16 …`), or names several (`S4.1, S4.2 …`). Without
// --write the tables are only compared; a scenario without a test, or a test that is skipped, fails.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const page = "docs/systems.md";
const row = /^\| (S\d\.\d+) \| (.*?) \| (.*) \|$/;

/** Tests by scenario: file and whether it is skipped. */
export function testsOf(folder) {
  const found = new Map();
  const files = globSync("{apps,packages}/**/*.test.ts", {
    cwd: folder,
    exclude: (name) => name.includes("node_modules") || name.includes("dist"),
  }).toSorted();
  for (const file of files) {
    const source = readFileSync(join(folder, file), "utf8");
    // Names of tests, also where the name stands on the next line or in a table of cases.
    for (const match of source.matchAll(/["'`]((?:S\d\.\d+(?:, | and )?)+)[ :]/g)) {
      const line = source.slice(source.lastIndexOf("\n", match.index) + 1, match.index);
      const before = source.slice(Math.max(0, match.index - 40), match.index);
      const skipped = /\.(skip|todo)\b[^;]*$/.test(line) || /\.(skip|todo)\(\s*$/.test(before);
      for (const number of match[1].match(/S\d\.\d+/g) ?? []) {
        const entry = found.get(number) ?? { files: new Set(), skipped: false };
        entry.files.add(file);
        entry.skipped ||= skipped;
        found.set(number, entry);
      }
    }
  }
  return found;
}

/** The page with its last column made anew, and what is missing. */
export function filled(text, tests) {
  const missing = [];
  const lines = text.split("\n").map((line) => {
    const [, number, short] = row.exec(line) ?? [];
    if (number === undefined) return line;
    const entry = tests.get(number);
    if (entry === undefined) missing.push(`${number} has no test`);
    else if (entry.skipped) missing.push(`${number} is skipped`);
    const links = [...(entry?.files ?? [])].map(
      (file) => `[${file.replace(/^.*\/(?=[^/]+\/[^/]+$)/, "")}](${relative("docs", file)})`,
    );
    return `| ${number} | ${short} | ${links.join(", ")} |`;
  });
  return { text: lines.join("\n"), missing };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = readFileSync(join(root, page), "utf8");
  const { text, missing } = filled(before, testsOf(root));
  for (const line of missing) console.error(line);
  if (process.argv.includes("--write")) writeFileSync(join(root, page), text);
  else if (text !== before) console.error(`${page} is not current: node scripts/scenarios.mjs --write`);
  const rows = text.split("\n").filter((line) => row.test(line)).length;
  console.log(`${rows} scenarios, ${rows - missing.length} shown by tests`);
  process.exitCode = missing.length > 0 || (text !== before && !process.argv.includes("--write")) ? 1 : 0;
}
