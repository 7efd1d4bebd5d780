// `bot report RUN`: what a run did, folded from its journal, as text, JSON or a page; or from an analysis that was kept as a file.
import { BpError } from "@bp/core";
import { type JournalStore, openJournal, type RunRecord } from "@bp/journal";
import { type Analysis, fullText, reportJson, reportPage, reportText } from "@bp/report";
import { changeLine, changesIn } from "../change/made.ts";
import { type ExitCode, exit } from "../exit.ts";
import { lookFor } from "../face/console.ts";
import { consoleWords, scriptOf } from "../face/script.ts";
import { languageOf } from "../language.ts";
import { figuresOf } from "../opening.ts";
import { keptOf } from "../page/kept.ts";
import { pageOptions } from "../page/options.ts";
import { analysesNamed, isFile } from "../page/source.ts";
import { outputFlags, writeResult } from "../page/write.ts";
import { fromHere } from "../paths.ts";
import { entriesOf, runNamed } from "../runs.ts";
import type { Recipe } from "../wire-up.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Without a run: the list of runs. */
export function report(name: string | undefined, flags: Flags): ExitCode {
  const { html } = outputFlags(flags);
  if (name === undefined) {
    if (html !== undefined || flags["full"] === true)
      throw new BpError("config/invalid", { path: "bot report", found: "no run", expected: "a run, for example last" });
    return listed(flags);
  }
  if (html === undefined && flags["full"] !== true && !isFile(name)) return short(name, flags);
  const [analysis] = analysesNamed([name], flags);
  if (analysis !== undefined) whole(analysis, flags);
  return exit.done;
}

/** Everything: a page where one is asked for, JSON where that is asked for, else text. */
function whole(analysis: Analysis, flags: Flags): void {
  const { html, force } = outputFlags(flags);
  const language = languageOf(flags["lang"]);
  if (html !== undefined) writeResult(html, reportPage(analysis, pageOptions(language)), force);
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify(analysis, undefined, 2)}\n`);
  else if (html === undefined) process.stdout.write(`${fullText(analysis, lookFor(language, process.stdout))}\n`);
}

/** What fits on a screen. */
function short(name: string, flags: Flags): ExitCode {
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    const run = runNamed(store, name);
    const kept = keptOf(run);
    if (kept !== undefined) {
      const text = flags["json"] === true ? JSON.stringify(kept.json, undefined, 2) : kept[languageOf(flags["lang"])];
      process.stdout.write(`${text}\n`);
      return exit.done;
    }
    const figures = figuresOf(store, run);
    const look = lookFor(languageOf(flags["lang"]), process.stdout);
    const json = flags["json"] === true;
    process.stdout.write(`${json ? reportJson(figures, run.id) : reportText(figures, look, run.id)}\n`);
    if (!json) for (const line of changeLines(store, run, languageOf(flags["lang"]))) process.stdout.write(`${line}\n`);
    return exit.done;
  } finally {
    store.close();
  }
}

/** A line for each time that its parameters were changed. */
function changeLines(store: JournalStore, run: RunRecord, lang: "en" | "zh"): readonly string[] {
  const recipe = run.params as Recipe; // written by `begin`
  const words = consoleWords[scriptOf(lang, recipe)];
  return changesIn(recipe, entriesOf(store, run.id)).map(
    (each) => `${new Date(each.at).toISOString()} ${words.changed(changeLine(each), each.by)}`,
  );
}

function listed(flags: Flags): ExitCode {
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    return list(store.runs(), flags["json"] === true);
  } finally {
    store.close();
  }
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
