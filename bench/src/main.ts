// pnpm bench [group ...] [--rounds N] [--quick] [--minutes N] [--json FILE]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { groups } from "./groups/index.ts";
import { type Row, rowsOf, tableOf } from "./table.ts";

const usage = `pnpm bench [group ...] [options]

  group            ${Object.keys(groups).join(", ")}
                   or the first part of a name; all of them if left out
  --rounds <n>     rounds of each group (7)
  --quick          a short look: few rounds, figures not to be believed
  --minutes <n>    how long the demo's memory is watched (10)
  --json <file>    writes the rows as JSON

It ends with 1 when a contender gave a wrong answer; a figure alone never fails.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    minutes: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const names = Object.keys(groups).filter(
  (name) => positionals.length === 0 || positionals.some((asked) => name === asked || name.startsWith(`${asked}/`)),
);
const unknown = positionals.filter((asked) => !names.some((name) => name === asked || name.startsWith(`${asked}/`)));
if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `unknown group: ${unknown.join(", ")}\n\n${usage}` : usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const found = names.length === 1 ? await measure(names[0] ?? "") : each(names);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(found, undefined, 2)}\n`);
  process.exitCode = found.wrong.length === 0 ? 0 : 1;
}

interface Found {
  readonly rows: readonly Row[];
  readonly facts: readonly string[];
  readonly wrong: readonly string[];
}

/** One group, here. */
async function measure(name: string): Promise<Found> {
  const { quick } = values;
  const group = await groups[name]?.();
  if (group === undefined) throw new Error(`no group ${name}`);
  const rounds = whole("--rounds", values.rounds, quick ? 2 : 7);
  const report = await group.run({ rounds, quick, minutes: whole("--minutes", values.minutes, quick ? 1 : 10) });
  const rows = rowsOf(name, report);
  console.log(`\n### ${name}\n\n${group.about}\n\n${tableOf(rows).join("\n")}\n`);
  for (const fact of report.facts) console.log(`- ${fact}`);
  for (const wrong of report.wrong) console.log(`- **wrong**: ${wrong}`);
  return { rows, facts: report.facts, wrong: report.wrong };
}

/** Each group in a process of its own, so that none runs in code and memory that another has shaped. */
function each(list: readonly string[]): Found {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "rows.json");
  const { rounds, minutes, quick } = values;
  const passed = [
    ...(rounds === undefined ? [] : ["--rounds", rounds]),
    ...(minutes === undefined ? [] : ["--minutes", minutes]),
    ...(quick ? ["--quick"] : []),
  ];
  try {
    const found = list.map((name): Found => {
      rmSync(file, { force: true });
      const self = [...process.execArgv, import.meta.filename, name, "--json", file, ...passed];
      spawnSync(process.execPath, self, { stdio: ["ignore", "inherit", "inherit"] });
      try {
        return JSON.parse(readFileSync(file, "utf8")) as Found; // written by the lines above
      } catch {
        return { rows: [], facts: [], wrong: [`${name} did not end well`] };
      }
    });
    return {
      rows: found.flatMap((one) => one.rows),
      facts: found.flatMap((one) => one.facts),
      wrong: found.flatMap((one) => one.wrong),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whole(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option} takes a whole number above 0, not ${text}`);
}
