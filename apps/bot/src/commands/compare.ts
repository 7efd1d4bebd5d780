// `bot compare A B …`: runs side by side, and whether a difference is more than noise.
import { BpError } from "@bp/core";
import { type Analysis, comparePage, compareRuns, compareText } from "@bp/report";
import { type ExitCode, exit } from "../exit.ts";
import { lookFor } from "../face/console.ts";
import { languageOf } from "../language.ts";
import { pageOptions } from "../page/options.ts";
import { analysesNamed } from "../page/source.ts";
import { outputFlags, writeResult } from "../page/write.ts";

/** Runs on one page. */
const most = 5;

/** Holds the others against the first. */
export function compare(names: readonly string[], flags: Readonly<Record<string, unknown>>): ExitCode {
  const [one, another] = names;
  if (one === undefined || another === undefined || names.length > most)
    throw new BpError("config/invalid", {
      path: "bot compare",
      found: `${names.length} runs`,
      expected: `2 to ${most}: runs, or files of bot report RUN --json --full`,
    });
  const { html, force } = outputFlags(flags);
  const language = languageOf(flags["lang"]);
  const runs = distinct(analysesNamed(names, flags));
  const [first, ...others] = runs;
  const comparisons = others.map((each) => compareRuns(first, each, others.length));
  if (html !== undefined) writeResult(html, comparePage(runs, comparisons, pageOptions(language)), force);
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify({ version: 1, comparisons }, undefined, 2)}\n`);
  else if (html === undefined)
    process.stdout.write(`${compareText(first, comparisons, lookFor(language, process.stdout))}\n`);
  return exit.done;
}

/** Two files may hold runs of one name: they are told apart by their place. */
function distinct(runs: readonly Analysis[]): [Analysis, ...Analysis[]] {
  const [first, ...others] = runs.map((each, nth) =>
    runs.some((other, place) => place !== nth && other.meta.run === each.meta.run)
      ? { ...each, meta: { ...each.meta, run: `${each.meta.run} (${nth + 1})` } }
      : each,
  );
  if (first === undefined) throw new RangeError("nothing to compare");
  return [first, ...others];
}
