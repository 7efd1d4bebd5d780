// `bot report RUN`: what a run did, folded from its journal.
import { openJournal, type RunRecord } from "@bp/journal";
import { reportJson, reportText } from "@bp/report";
import { type ExitCode, exit } from "../exit.ts";
import { lookFor } from "../face/console.ts";
import { languageOf } from "../language.ts";
import { figuresOf } from "../opening.ts";
import { fromHere } from "../paths.ts";
import { runNamed } from "../runs.ts";

/** Without a run: the list of runs. */
export function report(name: string | undefined, flags: Readonly<Record<string, unknown>>): ExitCode {
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    if (name === undefined) return list(store.runs(), flags["json"] === true);
    const run = runNamed(store, name);
    const kept = keptOf(run);
    if (kept !== undefined) {
      const text = flags["json"] === true ? JSON.stringify(kept.json, undefined, 2) : kept[languageOf(flags["lang"])];
      process.stdout.write(`${text}\n`);
      return exit.done;
    }
    const figures = figuresOf(store, run);
    const look = lookFor(languageOf(flags["lang"]), process.stdout);
    process.stdout.write(
      `${flags["json"] === true ? reportJson(figures, run.id) : reportText(figures, look, run.id)}\n`,
    );
    return exit.done;
  } finally {
    store.close();
  }
}

/** What a compacted run came to, as it was kept when its market data went. */
function keptOf({ compacted, report: kept }: RunRecord): { json: unknown; en: string; zh: string } | undefined {
  if (compacted === undefined || typeof kept !== "object" || kept === null) return undefined;
  return kept as { json: unknown; en: string; zh: string }; // written by `bot journal compact`
}

function list(runs: ReturnType<ReturnType<typeof openJournal>["runs"]>, json: boolean): ExitCode {
  if (json)
    process.stdout.write(
      `${JSON.stringify(runs.map(({ id, mode, strategy, started, ended }) => ({ run: id, mode, strategy, started, ended: ended ?? null })))}\n`,
    );
  else if (runs.length === 0) process.stdout.write("no runs yet: bot start makes one\n");
  else
    for (const { id, mode, strategy, started, ended } of runs)
      process.stdout.write(
        `${id.padEnd(36)} ${mode.padEnd(8)} ${strategy.padEnd(8)} ${new Date(started).toISOString()} ${ended === undefined ? "unfinished" : "ended"}\n`,
      );
  return exit.done;
}
