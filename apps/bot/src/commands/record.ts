// `bot record --venue … --symbols …`: writes down what a venue's public streams tell, until it is stopped.
import { type Clock, exchangeOf, type Instrument } from "@bp/core";
import { createRecorder, type RecorderState } from "@bp/data";
import { systemClock } from "@bp/transport";
import { conflict, invalid, wordOf } from "../config/complaint.ts";
import { openPlace, type Place } from "../data/place.ts";
import { bytesText, createTicker, wholeText } from "../data/ticker.ts";
import { lengthOf, sizeOf, wordsOf } from "../data/values.ts";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import type { Connection } from "../stage/door.ts";
import { tellTroubles } from "../stage/trouble.ts";
import { type StopSignal, stopSignal } from "../stopSignal.ts";
import { instrumentNamed } from "../wire-up.ts";

type Flags = Readonly<Record<string, unknown>>;

/** How often the recorder is given the time, ms: with its own two seconds the most that a crash costs. */
const beatMs = 500;

/** Records until it is stopped, its time is up, or the disk fails. */
export async function record(flags: Flags): Promise<ExitCode> {
  const symbols = wordsOf(flags["symbols"]);
  if (symbols.length === 0) throw invalid("--symbols", "nothing", "one or more markets, for example SOL_USDC_PERP");
  const limits = {
    rotateBytes: sizeOf("--rotate", flags["rotate"]),
    rotateMs: lengthOf("--rotate-every", flags["rotateEvery"]),
    durationMs: lengthOf("--duration", flags["duration"]),
  };
  if (flags["sandbox"] !== true && ["seed", "speed", "market"].some((each) => flags[each] !== undefined))
    throw conflict("--seed, --speed and --market are of the sandbox", "say --sandbox too");
  const stop = stopSignal("nothing was recorded yet");
  const place = await openPlace(flags, true);
  for (const warning of place.warnings) tell(`warning: ${warning}`);
  const connection = await connectTo(place, systemClock);
  try {
    const known = await connection.venue.instruments(stop.signal);
    const instruments = symbols.map((symbol) => instrumentNamed(known, `${place.door.id}:${symbol}`));
    return await run({ flags, place, connection, instruments, stop, ...limits });
  } finally {
    await connection.close();
    await place.close();
  }
}

async function connectTo({ door }: Place, clock: Clock): Promise<Connection> {
  const connect =
    exchangeOf(door.id) === "backpack"
      ? (await import("../stage/backpack.ts")).connectBackpack
      : (await import("../stage/aster.ts")).connectAster;
  return connect(
    door,
    clock,
    tellTroubles(clock, (line) => tell(line)),
  );
}

interface Running {
  readonly flags: Flags;
  readonly place: Place;
  readonly connection: Connection;
  readonly instruments: readonly Instrument[];
  readonly stop: StopSignal;
  readonly rotateBytes: number | undefined;
  readonly rotateMs: number | undefined;
  readonly durationMs: number | undefined;
}

async function run(running: Running): Promise<ExitCode> {
  const { flags, place, connection, instruments, stop: asked, rotateBytes, rotateMs, durationMs } = running;
  const clock = systemClock;
  const folder = fromHere(wordOf(flags["out"] ?? "recordings"));
  const recorder = createRecorder({
    folder,
    name: place.door.id,
    venue: place.door.id,
    instruments,
    now: () => clock.now(),
    ...(rotateBytes === undefined ? {} : { rotateBytes }),
    ...(rotateMs === undefined ? {} : { rotateMs }),
  });
  asked.keeps(() => keptOf(recorder.state));
  const json = flags["json"] === true;
  tell(`recording ${instruments.map(({ id }) => id).join(", ")} of ${place.about} into ${folder}; Ctrl+C ends it`);
  const stop = new AbortController();
  const end = () => stop.abort();
  asked.signal.addEventListener("abort", end, { once: true });
  const ticker = createTicker(process.stderr);
  const until = durationMs === undefined ? Number.POSITIVE_INFINITY : clock.now() + durationMs;
  const watch = async () => {
    while (!stop.signal.aborted) {
      await clock.sleep(Math.min(beatMs, Math.max(1, until - clock.now())), stop.signal);
      recorder.beat();
      if (!json) ticker.tell(() => progressOf(recorder.state, clock.now()));
      if (recorder.state.failure !== undefined || clock.now() >= until) end();
    }
  };
  const ids = instruments.map(({ id }) => id);
  try {
    if (asked.signal.aborted) end();
    await Promise.all([
      connection.venue
        .open({ instruments: ids, account: false }, (fact) => recorder.hear(fact), stop.signal)
        .finally(end),
      watch(),
    ]);
  } finally {
    ticker.clear();
    await recorder.close();
  }
  return told(recorder.state, json);
}

function told({ facts, gaps, bytes, files }: RecorderState, json: boolean): ExitCode {
  const text = `${wholeText(facts)} facts, ${wholeText(gaps)} gaps, ${bytesText(bytes)} in ${files.length === 1 ? "1 file" : `${files.length} files`}`;
  if (json) process.stdout.write(`${JSON.stringify({ facts, gaps, bytes, files })}\n`);
  else process.stdout.write(`${text}\n${files.map((each) => `  ${each}\n`).join("")}`);
  if (facts > 0) return exit.done;
  tell("error: the streams told nothing in this time");
  return exit.failed;
}

/** After the second Ctrl+C, which closes nothing. */
function keptOf({ facts, files }: RecorderState): string {
  const last = files.at(-1);
  if (last === undefined || facts === 0) return "nothing was recorded yet";
  return `what was heard up to about 2.5 s ago is kept in ${files.join(", ")}; the last file is cut and can be read as it is; started again, a new file goes on and marks the gap`;
}

function progressOf({ facts, gaps, bytes, files, lastAt }: RecorderState, now: number): string {
  const age =
    lastAt === undefined ? "nothing heard yet" : `the last ${(Math.max(0, now - lastAt) / 1_000).toFixed(1)} s ago`;
  return `${wholeText(facts)} facts, ${wholeText(gaps)} gaps, ${bytesText(bytes)}, file ${files.length}, ${age}`;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
