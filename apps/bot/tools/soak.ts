// pnpm soak [FILE] [--hours 24] [--every MINUTES] [--warm-up HOURS] [--seed N] [--journal FILE] [--json FILE]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { growthOf, type Look, soak } from "../src/soak/soak.ts";

const usage = `pnpm soak [file] [options]

  file                  configuration (bench/soak.yaml); it is run on the exchange in memory
  --hours <n>           virtual hours (24)
  --every <minutes>     how often memory is looked at and the books are compared (60)
  --warm-up <hours>     what is left out of the slope (a sixth of the hours)
  --seed <n>            of the market
  --journal <file>      a real journal on disk (none)
  --most <mb>           growth an hour that fails it (1)
  --json <file>         writes everything as JSON

It ends with 1 when memory grows by more than that, or with any violation.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hours: { type: "string", default: "24" },
    every: { type: "string", default: "60" },
    "warm-up": { type: "string" },
    seed: { type: "string" },
    journal: { type: "string" },
    most: { type: "string", default: "1" },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage);
else process.exitCode = await run();

async function run(): Promise<number> {
  const { seed, journal } = values;
  const hours = above0("--hours", values.hours);
  const everyMinutes = above0("--every", values.every);
  const most = above0("--most", values.most);
  const warmUp = values["warm-up"] === undefined ? hours / 6 : above0("--warm-up", values["warm-up"]);
  const [file = join(import.meta.dirname, "../../../bench/soak.yaml")] = positionals;
  const { gc } = globalThis;
  if (gc === undefined) console.error("node --expose-gc would make the figures of memory mean more");
  const collect =
    gc === undefined
      ? {}
      : {
          collect: () => {
            gc();
          },
        };
  console.log("hour   heap  buffers  resident  journal (MB)");
  const soaked = await soak({
    file,
    hours,
    everyMinutes,
    ...collect,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(journal === undefined ? {} : { journal }),
    onLook: (look) => console.log(lineOf(look)),
  });
  const { looks, violations, seen, seconds } = soaked;
  const growth = growthOf(looks, warmUp);
  const { position, notional, leverage } = seen.used;
  const share = (part: number) => `${(part * 100).toFixed(0)} %`;
  console.log(
    `\n${hours} virtual hours in ${seconds.toFixed(0)} s (${((hours * 3_600) / seconds).toFixed(0)} times as fast): ${seen.events} facts, ${seen.orders} orders, ${seen.fills} fills`,
  );
  console.log(
    `growth after hour ${warmUp.toFixed(1)}: heap and buffers ${growth.used.toFixed(3)} MB an hour, resident ${growth.resident.toFixed(3)} MB an hour (most: ${most})`,
  );
  console.log(
    `books compared and equal ${seen.compared} times; most used: position ${share(position)}, notional ${share(notional)}, leverage ${share(leverage)} of the limit; longest naked ${seen.nakedMs} ms`,
  );
  console.log(`violations: ${violations.length}`);
  for (const { rule, second, says } of violations.slice(0, 20)) console.log(`  ${rule}, second ${second}: ${says}`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ ...soaked, growth, hours, warmUp }, undefined, 2)}\n`);
  if (!(growth.used <= most)) console.log(`memory grows: ${growth.used.toFixed(3)} MB an hour`);
  return violations.length === 0 && growth.used <= most ? 0 : 1;
}

function lineOf({ hours, heap, external, resident, journal }: Look): string {
  const cell = (value: number, width: number) => value.toFixed(2).padStart(width);
  return `${hours.toFixed(1).padStart(4)} ${cell(heap, 6)} ${cell(external, 8)} ${cell(resident, 9)} ${cell(journal, 8)}`;
}

function above0(option: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`${option} takes a number above 0, not ${text}`);
}
