// `bot start`: reads what is wanted, checks that it can make sense, runs it.
import { existsSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { BpError, type Instrument, sizeText } from "@bp/core";
import { openJournal } from "@bp/journal";
import { economicsOf, makerParams } from "@bp/strategies";
import { readConfig, type StartConfig } from "../config.ts";
import { type ExitCode, exit, fail } from "../exit.ts";
import { consoleFace } from "../face/console.ts";
import { jsonFace } from "../face/json.ts";
import { type OpeningOptions, resumable } from "../opening.ts";
import { fromHere } from "../paths.ts";
import { planText } from "../plan.ts";
import { positionIn, previewOf } from "../preview.ts";
import { recipeOf } from "../recipe.ts";
import { runSession } from "../session.ts";
import { chooseStage } from "../stage/choose.ts";
import type { Stage } from "../stage/stage.ts";
import { stopSignal } from "../stop.ts";
import { instrumentNamed, type Recipe } from "../wire-up.ts";

/** Runs until the duration is over, a person stops it, or a risk rule halts it. */
export async function start(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const config = await readConfig(file, flags);
  hideArguments();
  const { given } = config;
  const say = (line: string) => (given.json === true ? process.stderr : process.stdout).write(`${line}\n`);
  for (const notice of config.notices) process.stderr.write(`note: ${notice}\n`);

  const stop = stopSignal();
  const stage = await chooseStage(config);
  let ready: Ready | undefined;
  try {
    ready = await prepare(config, stage, stop, say);
  } finally {
    if (ready === undefined) await stage.close();
  }
  if (ready === undefined) {
    say("nothing was sent");
    return exit.done;
  }
  const result = await runSession({
    stage,
    ...ready,
    journal: journalOf(config),
    resume: given.resume ?? true,
    durationSeconds: config.durationSeconds,
    face: given.json === true ? jsonFace(config.intervalSeconds * 1_000) : consoleFace(config),
    stop,
  });
  if (given.summary !== undefined)
    writeFileSync(fromHere(given.summary), `${JSON.stringify(result.summary, undefined, 2)}\n`);
  if (result.failure !== undefined) fail(result.failure);
  return result.code;
}

const journalOf = ({ given }: StartConfig) =>
  given.disableDb === true ? ":memory:" : (given.journal ?? "runs/journal.sqlite");

interface Ready {
  readonly instrument: Instrument;
  readonly recipe: Recipe;
}

/** Everything that must be right before the first order; `undefined` when a person said no. */
async function prepare(
  config: StartConfig,
  stage: Stage,
  stop: AbortSignal,
  say: (line: string) => void,
): Promise<Ready | undefined> {
  const instruments = await stage.venue.instruments(stop);
  const instrument = instrumentNamed(instruments, stage.venue.id, config.symbol);
  const recipe = recipeOf(config, instrument);
  const findings = await economics(config, recipe, instrument, stage);
  for (const finding of findings) process.stderr.write(`warning: ${finding}\n`);
  const { existing = stage.place === "live" ? "refuse" : "adopt" } = config.given;
  if (stage.place !== "live" && (existing !== "refuse" || stage.place === "memory")) return { instrument, recipe };
  const preview = await previewOf(stage, instrument, recipe, stop);
  if (stop.aborted) return undefined;
  const held = positionIn(preview, instrument);
  if (held === undefined)
    throw new BpError("venue/unavailable", {
      venue: stage.venue.id,
      why: "the account did not answer; nothing was sent",
    });
  const resumed = unfinishedRun(journalOf(config), { stage, instrument, recipe, resume: config.given.resume ?? true });
  if (held !== 0 && existing === "refuse" && resumed === undefined)
    throw new BpError("config/conflict", {
      what: `the account already holds ${sizeText(instrument, held)} ${instrument.base} in ${instrument.id}`,
      hint: "say --existing adopt to let the bot manage it, or --existing ignore to leave it alone",
    });
  if (stage.place !== "live") return { instrument, recipe };
  for (const line of planText({ instrument, recipe, preview, findings, resumed })) say(line);
  return config.given.yes === true || (await agreed(stop)) ? { instrument, recipe } : undefined;
}

/** The run that goes on, if one was cut off: what is held then is its own. */
function unfinishedRun(journal: string, options: OpeningOptions): string | undefined {
  const file = fromHere(journal);
  if (journal === ":memory:" || !existsSync(file)) return undefined;
  const store = openJournal(file);
  try {
    return resumable(store, options)?.id;
  } finally {
    store.close();
  }
}

/** What the economics check has to say. @throws BpError `config/conflict` where it must not start */
async function economics(
  config: StartConfig,
  recipe: Recipe,
  instrument: Instrument,
  stage: Stage,
): Promise<readonly string[]> {
  const mid = await stage.mid(instrument);
  if (mid === undefined) return ["the book is empty on one side: what this will earn could not be checked"];
  const { findings } = economicsOf(makerParams.parse(recipe.params), instrument, mid);
  for (const { level, code, say } of findings) {
    if (level === "warn") continue;
    if (code === "negative-edge" && (stage.place !== "live" || config.given.allowNegativeEdge === true)) continue;
    const hint =
      code === "negative-edge"
        ? "widen --spread, or say --allow-negative-edge if losing is the point"
        : "raise --quantity";
    throw new BpError("config/conflict", { what: say, hint });
  }
  return findings.map(({ say }) => say);
}

/** Asks; anything but yes is no, Ctrl+C too. @throws BpError `config/conflict` where there is no terminal */
async function agreed(stop: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new BpError("config/conflict", {
      what: "live trading needs a yes and there is no terminal to ask",
      hint: "say --yes",
    });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question("Trade like this with real money? [y/N] ", { signal: stop });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  } finally {
    prompt.close();
  }
}

/** Makes keys and proxy passwords that were typed as flags disappear from the process list, as far as the system allows. */
function hideArguments(): void {
  const telling = ["--api-key", "--secret-key", "--ws-proxy"];
  if (process.argv.some((each) => telling.some((flag) => each.startsWith(flag)))) process.title = "bot start";
}
