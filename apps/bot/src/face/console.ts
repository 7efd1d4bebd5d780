// The run as a person watches it: three blocks every interval, one line a fill, the summary at the end.
import { gridsOf, lots, roundToGrid } from "@bp/core";
import { fillLine, finalText, type Look, panelText, sessionLines } from "@bp/report";
import { type MakerMemory, type MakerParams, pricingOf } from "@bp/strategies";
import { type ChangesMade, changeLine } from "../change/made.ts";
import type { BotConfig } from "../config/index.ts";
import { journalFlag } from "../journalFlag.ts";
import type { Face, RunState } from "../session.ts";
import { endingIn } from "./endings.ts";
import { consoleWords, languageIn, scriptOf } from "./script.ts";
import { systemFaces } from "./systems/index.ts";

/** The look that a terminal, or a file, can show. */
export function lookFor(language: "en" | "zh", stream: { readonly isTTY?: boolean }): Look {
  const colours = stream.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
  return { language, paint: colours ? "ansi" : "plain" };
}

/** Writes to stdout. */
export function consoleFace(config: Pick<BotConfig, "lang" | "screenSeconds">): Face {
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  const everyMs = config.screenSeconds * 1_000;
  let look = lookFor(config.lang, process.stdout); // until the strategies are known
  let words = consoleWords.en;
  let said = (why: string) => why;
  let shownAt = 0;
  let changes: ChangesMade | undefined;
  let told = 0;
  let makers: readonly string[] = [];
  let common = true;
  let kept = true;
  let flag = "";
  return {
    begun: ({ run, resumed, stage, instruments, recipe, journal, abandoned, changes: made }) => {
      changes = made;
      told = made.made.length;
      const script = scriptOf(config.lang, recipe);
      look = { ...look, ...languageIn(script) };
      words = consoleWords[script];
      said = (why) => endingIn(script, why);
      kept = journal !== ":memory:";
      flag = journalFlag(journal);
      common = recipe.strategies.some(({ use }) => !Object.hasOwn(systemFaces, use)); // others tell their trades themselves
      makers = recipe.strategies.filter(({ use }) => use === "maker").map(({ name }) => name);
      write(`${words.run} ${run}${resumed ? ` (${words.resumed})` : ""}`);
      write(`${words.market} ${instruments.map(({ id }) => id).join(" ")}, ${stage.about}`);
      write(`${words.journal} ${kept ? journal : words.unkept}`);
      if (abandoned !== undefined) write(`${words.warning} ${words.abandoned(abandoned)}`);
      for (const each of made.others())
        write(`${words.warning} ${words.changedBefore(changeLine(each), each.by, each.at)}`);
      write(`${words.leave}\n`);
    },
    step: (event, _, notes, state, fills) => {
      if (common) for (const fill of fills) write(fillLine(fill, look, event.at));
      for (const each of changes?.made.slice(told) ?? []) write(`  ${words.changed(changeLine(each), each.by)}`);
      told = changes?.made.length ?? 0;
      for (const { rule, why } of notes) if (!quiet.has(rule)) write(`  ${rule}: ${why}`);
      if (event.type !== "timer.fired" || event.at - shownAt < everyMs) return;
      const panels = makers.flatMap((maker) => panelOf(event.at, state, maker) ?? []);
      if (panels.length === 0) return;
      shownAt = event.at;
      for (const panel of panels) write(`\n${panelText(panel, look)}\n`);
    },
    ending: (why) => write(`\n${words.stopping}${said(why)}`),
    ended: ({ code, why, summary, state }) => {
      write(`\n${finalText(state.tally.figures(), look, summary.run)}`);
      if (summary.ledger !== undefined)
        write(`\n${summary.ledger.equal ? words.equal : `${words.differs}${JSON.stringify(summary.ledger.venue)}`}`);
      if (code !== 0) process.stderr.write(`${words.ended(code)}${said(why)}\n`);
      const run = `${summary.run}${flag}`;
      if (kept) write(`\n${words.replay} bot replay ${run}\n${words.report} bot report ${run}`);
    },
  };
}

/** Rules whose notes come with ordinary trading: they are in the journal, and in the JSON lines. */
const quiet: ReadonlySet<string> = new Set(["own-cross", "order-rate", "late", "operator"]);

function panelOf(at: RunState["engine"]["view"]["now"], { engine, tally }: RunState, name: string) {
  const params = engine.paramsOf(name) as MakerParams; // what the maker of that name goes by
  const view = engine.viewOf(name);
  const instrument = view.instrument(params.instrument);
  const session = sessionLines(tally.figures(), instrument.id);
  if (session === undefined) return undefined;
  const { bid, ask } = view.book(instrument.id);
  const { sense } = engine.memoryOf(name) as MakerMemory; // what the maker of that name remembers
  const pricing = pricingOf(view, params, sense);
  const perp = instrument.kind === "perp";
  const inLots = (text: typeof params.maxPosition) => lots(roundToGrid(text, gridsOf(instrument).size, "floor"));
  return {
    instrument,
    at,
    market: {
      bid: bid?.[0],
      ask: ask?.[0],
      position: view.position(instrument.id),
      target: perp ? inLots(params.targetPosition) : undefined,
      cap: perp ? lots(Math.max(inLots(params.maxPosition), instrument.minSize)) : undefined, // known without a market
    },
    prices: {
      raw: pricing?.raw ?? nobody,
      skew: pricing?.skew ?? { position: undefined, factor: Number(params.inventorySkew), offset: 0 },
      adjusted: pricing?.adjusted ?? nobody,
    },
    session,
  };
}

const nobody = { buy: undefined, sell: undefined };
