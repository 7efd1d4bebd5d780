// `bot journal …`: a journal looked through, taken out, made smaller, sent to a store.
import { once } from "node:events";
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { BpError, isBpError } from "@bp/core";
import {
  acceptCut,
  checkJournal,
  compactJournal,
  exportRun,
  importRun,
  type JournalCheck,
  openJournal,
  type RunRecord,
  shipJournal,
  storeAddress,
} from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { systemCodeOf } from "../failures.ts";
import { keepOf } from "../page/keep.ts";
import { fromHere } from "../paths.ts";
import { runNamed } from "../runs.ts";
import { driver } from "../store/store.ts";

type Flags = Readonly<Record<string, unknown>>;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Exit 0 when it is whole, 1 when not. */
export function check(file: string, flags: Flags): ExitCode {
  const found = checkJournal(fromHere(file));
  const { findings, ...rest } = found;
  if (flags["json"] === true) say(JSON.stringify({ ok: findings.length === 0, ...rest, findings }));
  else for (const line of checkLines(found)) say(line);
  return findings.length === 0 ? exit.done : exit.failed;
}

function checkLines({ file, bytes, logBytes, version, runs, findings }: JournalCheck): readonly string[] {
  const unfinished = runs.filter(({ state }) => state === "unfinished");
  const count = (state: string) => runs.filter((each) => each.state === state).length;
  const states = ["ended", "unfinished", "compacted", "cut"].map((state) => [count(state), state] as const);
  return [
    `journal  ${file}`,
    `size     ${megabytes(bytes)}, its log ${megabytes(logBytes)}`,
    `schema   ${version === undefined ? "not readable" : `version ${version}`}`,
    `runs     ${runs.length}${states
      .filter(([each]) => each > 0)
      .map(([each, state]) => `, ${each} ${state}`)
      .join("")}`,
    `lines    ${runs.reduce((sum, { lines }) => sum + lines, 0)}`,
    ...unfinished.map(
      ({ id, lines }) => `         ${id}: ${lines} lines; it runs, or the same command goes on with it`,
    ),
    ...findings.map((each) => `damage   ${each}`),
    findings.length === 0
      ? "whole    yes"
      : "whole    no: copy the file away with its -wal and .tail files; docs/journal.md says what to do next",
  ];
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Writes one run. @throws BpError `journal/no-run`, `config/unreadable` */
export async function exportTo(name: string, flags: Flags): Promise<ExitCode> {
  const file = fromHere(String(flags["journal"]));
  const store = openJournal(file, { access: "read" });
  const { id } = runNamed(store, name);
  store.close();
  const text = exportRun(file, id, flags["format"] === "csv" ? "csv" : "jsonl");
  if (typeof flags["out"] !== "string") {
    await pour(text, process.stdout);
    return exit.done;
  }
  const out = fromHere(flags["out"]);
  const stream = createWriteStream(out, { flags: "wx", mode: 0o600 });
  let isOurs = false;
  stream.once("open", () => {
    isOurs = true;
  });
  try {
    await pour(text, stream);
    stream.end();
    await once(stream, "finish");
  } catch (error) {
    if (isOurs) rmSync(out, { force: true }); // half an export is none
    if (isBpError(error)) throw error;
    const code = systemCodeOf(error);
    const why = code === "EEXIST" ? "it is there already" : code;
    throw new BpError("config/conflict", { what: `${out} cannot be written: ${why}`, hint: "name another file" });
  }
  process.stderr.write(`run ${id} is in ${out}\n`);
  return exit.done;
}

/** As fast as the reader takes it. A reader that goes away ends it. */
async function pour(text: Iterable<string>, to: Writable): Promise<void> {
  const gone = new AbortController();
  const failed = once(to, "error", { signal: gone.signal }).then(([error]: readonly unknown[]) => {
    throw error;
  });
  failed.catch(() => undefined); // it is raced below
  try {
    for (const piece of text) if (!to.write(piece)) await Promise.race([once(to, "drain"), failed]);
  } finally {
    gone.abort();
  }
}

/** Reads one run in. */
export async function importFrom(source: string, flags: Flags): Promise<ExitCode> {
  const input = source === "-" ? process.stdin : createReadStream(fromHere(source));
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const unreadable = new Promise<never>((_, reject) => {
    input.once("error", (error: Error) =>
      reject(new BpError("config/unreadable", { file: source, why: error.message })),
    );
  });
  const taken = importRun(fromHere(String(flags["journal"])), lines, source);
  const { run, lines: count } = await Promise.race([taken, unreadable]);
  say(`run ${run}: ${count} lines`);
  return exit.done;
}

/** Makes it smaller. */
export function compact(name: string, flags: Flags): ExitCode {
  const days = Number(flags["days"]);
  if (!Number.isFinite(days) || days < 0)
    throw new BpError("config/invalid", {
      path: "--days",
      found: JSON.stringify(flags["days"]),
      expected: "a number of days, 0 or more",
    });
  const file = fromHere(name);
  const store = openJournal(file, { access: "read" });
  try {
    const now = Date.now();
    const warn = (why: string) => void process.stderr.write(`warning: ${why}\n`);
    const reportOf = (run: RunRecord) => keepOf(store, run, warn);
    const { runs, dropped, freed, vacuumed } = compactJournal(file, { before: now - days * 86_400_000, now, reportOf });
    if (flags["json"] === true) say(JSON.stringify({ runs, dropped, freed, vacuumed }));
    else if (runs.length === 0) say(`nothing to do: no run has ended more than ${days} days ago and is whole yet`);
    else {
      say(
        `${runs.length} runs: ${dropped} lines of market data dropped; decisions, orders, fills, figures and the whole report are kept`,
      );
      say("they cannot be replayed any more, and resimulated only over a recording of the same time (--data FILE)");
      say(
        vacuumed
          ? `the file is ${megabytes(freed)} smaller`
          : "a run is being written or read: the file keeps its size, and the space is used for what comes",
      );
    }
    return exit.done;
  } finally {
    store.close();
  }
}

/** Goes on with what is left. */
export function accept(file: string): ExitCode {
  const cuts = acceptCut(fromHere(file));
  if (cuts.length === 0) say("nothing is missing at the end of this journal");
  for (const { run, seq, left } of cuts)
    say(`run ${run}: ${left} of ${seq} lines are left; it will not be resumed, so look at your open orders`);
  return exit.done;
}

/** Sends what the store does not have. @throws BpError `journal/store` */
export async function ship(file: string, flags: Flags): Promise<ExitCode> {
  const said = typeof flags["store"] === "string" ? (["--store", flags["store"]] as const) : undefined;
  const [name, url = ""] = said ?? ["BP_STORE", process.env["BP_STORE"]];
  if (url.trim() === "")
    throw new BpError("config/invalid", {
      path: "--store",
      found: "nothing",
      expected: "the address of a PostgreSQL database",
      hint: "export BP_STORE=postgres://user:password@host/database?sslmode=verify-full",
    });
  const store = storeAddress(url.trim(), name);
  const refused: string[] = [];
  const count = await shipJournal({ file: fromHere(file), store, driver, onRefused: (why) => refused.push(why) });
  for (const why of refused) process.stderr.write(`warning: ${why}\n`);
  say(
    `${count} lines sent; ${store.shown} has ${refused.length === 0 ? "all of this journal" : "the rest of this journal"}`,
  );
  return refused.length === 0 ? exit.done : exit.failed;
}
