// The runs of journals, a line each, with what those that have ended came to.
import { openJournal, type RunRecord } from "@bp/journal";
import type { RunLine } from "dashboard/contract";
import { objectOf, textOf } from "../../bots/json.ts";
import type { RunsJob } from "./jobs.ts";

/** So many of all journals together, the newest. */
const most = 500;

/** A journal that cannot be read has none. */
export function runLines({ journals }: RunsJob): readonly RunLine[] {
  return journals
    .flatMap(({ bot, file }) => runsIn(file).map((run) => runLine(run, bot)))
    .toSorted((a, b) => b.started - a.started)
    .slice(0, most);
}

function runsIn(file: string): readonly RunRecord[] {
  try {
    const store = openJournal(file, { access: "read", end: "as it is" });
    try {
      return store.runs().slice(0, most);
    } finally {
      store.close();
    }
  } catch {
    return []; // not there any more, or of another program: `bot journal check` tells
  }
}

function runLine({ id, mode, strategy, instruments, started, ended, summary }: RunRecord, bot: string): RunLine {
  const brief = briefIn(summary);
  return {
    id,
    bot,
    place: mode,
    strategy,
    markets: instruments.map((each) => each.id),
    started,
    ...(ended === undefined ? {} : { ended }),
    ...(brief === undefined ? {} : { brief }),
  };
}

/** Of what `bot start --summary` writes, which is kept with the run. */
function briefIn(summary: unknown): RunLine["brief"] {
  const found = objectOf(summary);
  const { quote, netQuote, volumeQuote, fills } = found ?? {};
  if (typeof fills !== "number" || textOf(netQuote) === "") return undefined;
  const [net, volume] = [textOf(netQuote), textOf(volumeQuote)];
  const cost = Number(volume) > 0 ? ((-Number(net) / Number(volume)) * 10_000).toFixed(2) : undefined;
  return { quote: textOf(quote), net, volume, fills, ...(cost === undefined ? {} : { costPer10k: cost }) };
}
