// The runs of journals, a line each, with what those that have ended came to.
import { Big } from "@bp/core";
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
export function briefIn(summary: unknown): RunLine["brief"] {
  const found = objectOf(summary);
  const { quote, equityChangeQuote, netQuote, volumeQuote, fills } = found ?? {};
  const net = textOf(equityChangeQuote) || textOf(netQuote); // as a run that goes on is shown; older journals have the second alone
  if (typeof fills !== "number" || net === "") return undefined;
  const volume = textOf(volumeQuote);
  const cost = costOf(net, volume);
  return { quote: textOf(quote), net, volume, fills, ...(cost === undefined ? {} : { costPer10k: cost }) };
}

/** Per 10,000 of volume, with as many digits as a run that goes on has; `undefined` where that says nothing. */
function costOf(net: string, volume: string): string | undefined {
  try {
    const traded = new Big(volume);
    return traded.gt(0) ? new Big(net).times(-10_000).div(traded).toFixed(4) : undefined;
  } catch {
    return undefined; // the summary of another program
  }
}
