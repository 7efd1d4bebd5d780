// The run as a person watches it: three blocks every interval, one line a fill, the summary at the end.
import { gridsOf, lots, roundToGrid } from "@bp/core";
import { fillLine, finalText, type Look, panelText, sessionLines } from "@bp/report";
import { type MakerMemory, makerParams, pricingOf } from "@bp/strategies";
import type { BotConfig } from "../config/index.ts";
import type { Face, RunState } from "../session.ts";
import { systemFaces } from "./systems/index.ts";

/** The look that a terminal, or a file, can show. */
export function lookFor(language: "en" | "zh", stream: { readonly isTTY?: boolean }): Look {
  const colours = stream.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
  return { language, paint: colours ? "ansi" : "plain" };
}

/** Writes to stdout. */
export function consoleFace(config: Pick<BotConfig, "lang" | "screenSeconds">): Face {
  const look = lookFor(config.lang, process.stdout);
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  const everyMs = config.screenSeconds * 1_000;
  let shownAt = 0;
  let makers: readonly Maker[] = [];
  let common = true;
  return {
    begun: ({ run, resumed, stage, instruments, recipe, journal, abandoned }) => {
      common = recipe.strategies.some(({ use }) => !Object.hasOwn(systemFaces, use)); // others tell their trades themselves
      makers = recipe.strategies
        .filter(({ use }) => use === "maker")
        .map(({ name, params }) => ({ name, params: makerParams.parse(params) }));
      write(`run      ${run}${resumed ? " (resumed)" : ""}`);
      write(`market   ${instruments.map(({ id }) => id).join(" ")}, ${stage.about}`);
      write(`journal  ${journal}`);
      if (abandoned !== undefined)
        write(`warning  run ${abandoned} has not ended and does not go on here: look at your open orders`);
      write("Ctrl+C stops: own orders are cancelled and verified, the position stays\n");
    },
    step: (event, _, notes, state, fills) => {
      if (common) for (const fill of fills) write(fillLine(fill, look, event.at));
      for (const { rule, why } of notes) if (!quiet.has(rule)) write(`  ${rule}: ${why}`);
      if (event.type !== "timer.fired" || event.at - shownAt < everyMs) return;
      const panels = makers.flatMap((maker) => panelOf(event.at, state, maker) ?? []);
      if (panels.length === 0) return;
      shownAt = event.at;
      for (const panel of panels) write(`\n${panelText(panel, look)}\n`);
    },
    ending: (why) => write(`\nstopping: ${why}`),
    ended: ({ code, why, summary, state }) => {
      write(`\n${finalText(state.tally.figures(), look, summary.run)}`);
      if (summary.ledger !== undefined)
        write(
          summary.ledger.equal
            ? "\nthe exchange's own ledger equals ours to the last unit"
            : `\nTHE EXCHANGE'S LEDGER DIFFERS: ${JSON.stringify(summary.ledger.venue)}`,
        );
      if (code !== 0) process.stderr.write(`ended with code ${code}: ${why}\n`);
      write(`\nreplay   bot replay ${summary.run}\nreport   bot report ${summary.run}`);
    },
  };
}

/** Rules whose notes come with ordinary trading: they are in the journal, and in the JSON lines. */
const quiet: ReadonlySet<string> = new Set(["own-cross", "order-rate", "reconcile", "operator"]);

interface Maker {
  readonly name: string;
  readonly params: ReturnType<typeof makerParams.parse>;
}

function panelOf(at: RunState["engine"]["view"]["now"], { engine, tally }: RunState, { name, params }: Maker) {
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
