// Every file of examples/, run as it is, through the process that a person starts: thirty minutes in memory, where the same seed
// trades the same on any machine, and minutes over a sandbox's wire, where a slow machine may come too late for a trade.
import { createPrivateKey, createPublicKey } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { example } from "./files.ts";
import { runBot } from "./process.ts";
import type { Finished } from "./table.ts";

interface Example {
  readonly file: string;
  /** What its system is told on the command line. */
  readonly flags?: readonly string[];
}

const makersFlags = [
  ["--exchange", "backpack"],
  ["--market-type", "perp"],
  ["--symbol", "SOL_USDC_PERP"],
  ["--spread", "0.2"],
  ["--quantity", "0.1"],
  ["--max-orders", "3"],
  ["--max-position", "5"],
  ["--position-threshold", "2"],
  ["--interval", "10"],
].flat();

const theirs: readonly Example[] = [
  { file: "s0.env.prod" },
  { file: "backpack_trading_config.json" },
  { file: "s2.env", flags: makersFlags },
  { file: "hedge.yaml" },
  { file: "hedge_futures.yaml" },
  { file: "hedge.bp.yaml" },
  { file: "grid.config.json" },
];
const ours: readonly Example[] = readdirSync(example("own")).map((name) => ({ file: `own/${name}` }));

/** In the market that seed 1 draws all of them trade. */
const inMemory = ["--memory", "--duration", "1800"];
/** As many minutes as seconds are given. */
const overWire = (seconds: number) => ["--sandbox", "--speed", "60", "--duration", String(seconds)];

/** A private key of Backpack's, 32 bytes in base64; the number makes it another one. */
const canary = (at: number) => Buffer.from(`Canary ${at} `.padEnd(32, "sings "));
/** How a private key of Ed25519 begins in PKCS #8. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
/** One half of a pair that fits. */
function halfOf(pair: number, isSecret: boolean): string {
  if (isSecret) return canary(pair).toString("base64");
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, canary(pair)]), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
}
/** How each of them begins, in any coding that a careless program could choose. */
const marks = ["base64", "hex", "latin1"].map((coding) => Buffer.from("Canary").toString(coding as BufferEncoding)); // listed beside it

/** What the samples have where a key belongs. */
const placeholder = /your_\w+_here|YOUR_\w+_KEY|<key>|<secret>|<base64>/;
/** The same after its name in the same line. */
const named = new RegExp(`^(.*?[:=]\\s*"?)(?:${placeholder.source})`, "gm");
/** Where our own files say that keys are, and where they are looked for if they say nothing. */
const variables = [
  "BACKPACK_KEY",
  "BACKPACK_SECRET",
  "BACKPACK_KEY2",
  "BACKPACK_SECRET2",
  "ASTER_API_KEY",
  "ASTER_SECRET_KEY",
];

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: Readonly<Record<string, unknown>>;
  /** The person's file. */
  readonly before: Buffer;
  readonly after: Buffer;
  /** Everything that the run has left in its folder, by name: journal, log files, summary. */
  readonly left: ReadonlyMap<string, string>;
  readonly canaries: number;
}

/** Runs a copy of the file, with keys where its placeholders were, in a folder of its own. */
async function run({ file, flags = [] }: Example, where: readonly string[], finished: Finished): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "bp-example-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, basename(file));
  let canaries = 0;
  /** The next half: a pair after the other, by the names that they have. */
  const planted = (name: string) => halfOf(Math.floor(canaries++ / 2), /secret|private/i.test(name));
  copyFileSync(example(file), copy);
  writeFileSync(
    copy,
    readFileSync(copy, "utf8").replaceAll(named, (_, name: string) => name + planted(name)),
  );
  const env = canaries > 0 ? {} : Object.fromEntries(variables.map((name) => [name, planted(name)]));
  const before = readFileSync(copy);
  const args = ["start", basename(file), ...where, ...flags, "--summary", "summary.json"];
  const { code, stdout, stderr } = await runBot(finished, args, { cwd: folder, env });
  const left = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path !== copy) left.set(entry.name, readFileSync(path, "latin1"));
  }
  const summary = JSON.parse(left.get("summary.json") ?? `{ "none": ${JSON.stringify(stderr)} }`);
  return { code, stdout, stderr, summary, before, after: readFileSync(copy), left, canaries };
}

const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
let turn = 0;

/** Two at a time: more of them would be too slow for their market. */
function inLane<T>(job: () => Promise<T>): Promise<T> {
  const at = turn++ % lanes.length;
  const done = (lanes[at] ?? Promise.resolve()).then(job);
  lanes[at] = done.catch(() => undefined); // whoever waits for it hears of it
  return done;
}

/** What every run must be, wherever it was. */
function expectClean({ code, stderr, summary, before, after }: Ran): void {
  expect(stderr).not.toContain("error:");
  expect(code).toBe(0);
  expect(summary).toMatchObject({ openOrdersAtExit: 0, ledger: { equal: true } });
  expect(after.equals(before)).toBe(true);
}

/** None of the planted keys is in anything that a run has written or said. */
function expectNoKey({ stdout, stderr, left, canaries }: Ran): void {
  expect([...left.keys()]).toContain("journal.sqlite");
  expect(canaries).toBeGreaterThan(1);
  for (const [name, text] of [...left, ["stdout", stdout], ["stderr", stderr]] as const)
    for (const mark of marks) expect(text.includes(mark), `a key in ${name}`).toBe(false);
}

describe.concurrent("files of examples/", () => {
  it.for([...theirs, ...ours])(
    "$file trades in half an hour",
    { timeout: 600_000 },
    async (each, { onTestFinished }) => {
      const ran = await inLane(() => run(each, inMemory, onTestFinished));
      expectClean(ran);
      expect(Number(ran.summary["fills"])).toBeGreaterThan(0);
    },
  );

  it.for([...theirs, ...ours])(
    "$file places over the wire, ends clean, agrees with the exchange, and shows no key",
    { timeout: 600_000 },
    async (each, { onTestFinished }) => {
      let placed = 0;
      for (const seconds of [7.5, 30]) {
        const ran = await inLane(() => run(each, overWire(seconds), onTestFinished));
        expectClean(ran);
        expectNoKey(ran);
        placed = Number(ran.summary["ordersPlaced"]);
        if (placed > 0) break; // else the machine was too busy to place anything in so short a time
      }
      expect(placed).toBeGreaterThan(0);
    },
  );
});
