// `bot data download`: a history of a venue as a file that the readers take.
import { checkBeginning, type DownloadKind, download, openDownload, patiently } from "@bp/data";
import { systemClock } from "@bp/transport";
import { conflict, invalid, shown, wordOf } from "../config/complaint.ts";
import { type ExitCode, exit } from "../exit.ts";
import { momentText } from "../moment.ts";
import { fromHere } from "../paths.ts";
import { type StopSignal, stopSignal } from "../stopSignal.ts";
import { instrumentNamed } from "../wire-up.ts";
import { missingText, savedText } from "./downloaded.ts";
import { type History, historyAt } from "./history.ts";
import { type Interval, intervals } from "./pages.ts";
import { openPlace, type Place } from "./place.ts";
import { sequelOf, targetOf } from "./target.ts";
import { createTicker, wholeText } from "./ticker.ts";
import { momentOf } from "./values.ts";

type Flags = Readonly<Record<string, unknown>>;

/** What is newer may still change, at the venue or in what stands before it. */
const settleMs = 120_000;

/** What is asked for, checked. */
interface Ask {
  readonly symbol: string;
  readonly kind: DownloadKind;
  readonly interval: Interval;
  readonly from: number;
  readonly to: number;
  readonly settled: number;
}

/** Downloads it, or goes on with what an earlier try left. */
export async function downloadData(flags: Flags): Promise<ExitCode> {
  const ask = askOf(flags, systemClock.now());
  const stop = stopSignal("nothing was downloaded yet");
  const { signal: ends } = stop;
  const place = await openPlace(flags, false, systemClock.now() - ask.from);
  for (const warning of place.warnings) tell(`warning: ${warning}`);
  const history = await historyAt(place.door, systemClock);
  try {
    const market = instrumentNamed(await history.markets(ends), `${place.door.id}:${ask.symbol}`);
    if (ask.kind === "funding" && market.kind === "spot")
      throw conflict(`--kind funding of ${ask.symbol}`, "it is a spot market; perpetuals alone pay funding");
    const file = targetOf(fromHere(wordOf(flags["out"] ?? "data")), place, market, ask);
    if (ask.to < (momentOf("--to", flags["to"], systemClock.now()) ?? 0))
      tell(`what is newer than ${momentText(ask.to)} may still change: it is left for later`);
    tell(
      `downloading ${ask.kind} of ${market.id} from ${place.about} into ${file}; Ctrl+C ends it${place.isOwn ? "" : ", the same command goes on"}`,
    );
    return await run({ ask, history, file, stop, place, flags });
  } finally {
    await history.close();
    await place.close();
  }
}

interface Running {
  readonly ask: Ask;
  readonly history: History;
  readonly file: string;
  readonly stop: StopSignal;
  readonly place: Place;
  readonly flags: Flags;
}

async function run({ ask, history, file, stop, place, flags }: Running): Promise<ExitCode> {
  const { from, to } = ask;
  const { signal: ends } = stop;
  const ticker = createTicker(process.stderr);
  const page = patiently(history.pagesOf(ask), {
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    onWait: (ms, error) => {
      ticker.clear();
      tell(`${error.message}; asking again in ${Math.ceil(ms / 1_000)} s`);
    },
  });
  const sink = await openDownload(file, ask.kind);
  const sequel = sequelOf(place);
  stop.keeps(() => `${wholeText(sink.rows)} rows are kept beside ${file}; ${sequel}`);
  try {
    const had = sink.rows;
    if (had > 0) tell(`${wholeText(had)} rows are there already, to ${momentText(sink.last?.at)}`);
    if (sink.first !== undefined) await checkBeginning({ page, from, to, signal: ends }, sink.first);
    const share = (at: number) => ((Math.min(at, to) - from) / (to - from)) * 100;
    const isWhole = await download({
      page,
      from,
      to,
      sink,
      signal: ends,
      onProgress: ({ rows, at }) =>
        ticker.tell(() => `${share(at).toFixed(0)} %, ${wholeText(rows)} rows, to ${momentText(at)}`),
    });
    ticker.clear();
    if (!isWhole) {
      tell(`stopped with ${wholeText(sink.rows)} rows; ${sequel}`);
      return exit.failed;
    }
    await sink.finish();
    if (sink.rows === 0) {
      tell(`error: ${missingText(ask, place.about, flags["rest"] !== undefined)}`);
      return exit.failed;
    }
    process.stdout.write(`${savedText(sink, had, file, flags["json"] === true)}\n`);
    return exit.done;
  } catch (error) {
    ticker.clear();
    if (ends.aborted) {
      tell(`stopped with ${wholeText(sink.rows)} rows; ${sequel}`);
      return exit.failed;
    }
    throw error;
  } finally {
    sink.close();
  }
}

/** @throws BpError `config/*` */
function askOf(flags: Flags, now: number): Ask {
  const kind = flags["kind"] as DownloadKind; // one of the choices of the command line
  const { interval } = flags;
  if (interval !== undefined && kind !== "klines")
    throw conflict(`--interval with --kind ${kind}`, "it is of candles alone");
  const length = interval === undefined ? "1m" : Object.keys(intervals).find((each) => each === interval);
  if (length === undefined) throw invalid("--interval", shown(interval), `one of ${Object.keys(intervals).join(", ")}`);
  const from = momentOf("--from", flags["from"], now);
  if (from === undefined) throw invalid("--from", "nothing", "the first moment, for example 2026-05-04");
  const settled = Math.floor(now) - settleMs;
  const to = Math.min(momentOf("--to", flags["to"], now) ?? settled, settled);
  if (from >= to) throw invalid("--from", shown(flags["from"]), `a moment before ${momentText(to)}, where it ends`);
  return { symbol: wordOf(flags["symbol"]), kind, interval: length as Interval, from, to, settled }; // a key of intervals
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
