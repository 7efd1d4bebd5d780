import { aster } from "./aster.ts";
import { backpack } from "./backpack.ts";
import { type BenchName, openBench } from "./bench.ts";
import { play, truthsOf } from "./play.ts";
import { problems } from "./seen.ts";
const name = process.argv[2] as BenchName;
const rows = (name === "backpack" ? backpack : aster).rows.filter((row) => !row.pauseMs && new RegExp(process.argv[3] ?? ".").test(`${row.command}: ${row.answer}`));
const bench = await openBench(name);
const t0 = Date.now();
let at = 0;
setInterval(() => {
  const c = new Map<string, number>();
  for (const { type } of bench.facts.slice(at)) c.set(type, (c.get(type) ?? 0) + 1);
  at = bench.facts.length;
  console.log(Date.now() - t0, "paused", bench.pausedMs(), c, bench.troubles.at(-1)?.message.slice(0, 150));
}, 10_000);
for (const row of rows) {
  const t = Date.now();
  try {
    const seen = await play(bench, row, truthsOf(row)[0]!);
    const found = problems(row.believed, seen, row.sent);
    console.log("    ", row.command, row.answer, Date.now() - t, found.join("; "));
  } catch (error) { console.log(row.command, row.answer, Date.now() - t, String(error)); }
}
process.exit(0);
