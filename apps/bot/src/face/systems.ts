// The systems' own screens as a face: their lines and dashboards on the console, everything in the log files.
import type { Millis } from "@bp/core";
import { fillLine, type Look } from "@bp/report";
import type { Log } from "../log.ts";
import type { Face } from "../session.ts";
import { noteLevels } from "./noteLevels.ts";
import { watchRequests } from "./requests.ts";
import { type Screens, type ScreensOptions, screensOf, type Told } from "./screens.ts";
import { languageIn, scriptOf } from "./script.ts";
import type { Line } from "./system.ts";

/** Where the lines go. */
export interface SystemsOptions {
  readonly lang: "en" | "zh";
  /** What the configuration sets before the first order. */
  readonly leverage?: ScreensOptions["leverage"];
  /** Writes to the console; `undefined`: nobody reads there. */
  readonly write: ((text: string) => void) | undefined;
  readonly log: Log | undefined;
  /** Hears each line, with the market's time and in both languages: somebody else shows them too. */
  readonly hear?: ((at: number, level: Line["level"], said: Told["said"]) => void) | undefined;
}

/** Makes the face. Strategies without screens of their own are logged by their trades and what was said. */
export function systemsFace({ lang, leverage, write, log, hear }: SystemsOptions): Face {
  let screens: Screens | undefined;
  let begunWith: Parameters<Face["begun"]>[0] | undefined;
  let look: Look = { language: lang, paint: "plain" };
  let unwatch: (() => void) | undefined;
  let at = 0 as Millis; // before the first event
  const line = (text: string, level: Line["level"] = "info") => log?.line(at, { level, text });
  return {
    begun: (run) => {
      begunWith = run;
      look = { ...look, ...languageIn(scriptOf(lang, run.recipe)) };
      at = run.stage.now();
      if (log?.detailed === true) unwatch = watchRequests((text) => line(text, "debug"));
      const markets = run.instruments.map(({ id }) => id).join(" ");
      line(`run ${run.run}${run.resumed ? " (resumed)" : ""}: ${markets}, ${run.stage.about}`);
      if (run.abandoned !== undefined) line(`run ${run.abandoned} has not ended and does not go on here`, "warn");
    },
    step: (event, commands, notes, { engine, tally, instruments }, fills) => {
      at = event.at;
      if (screens === undefined && begunWith !== undefined)
        screens = screensOf({
          engine,
          recipe: begunWith.recipe,
          instruments,
          lang,
          leverage,
          figures: () => tally.figures(),
        });
      const shown = screens?.step(event, notes);
      for (const news of shown?.news ?? []) {
        write?.(news.text);
        hear?.(at, news.level, news.said);
        log?.line(at, news);
      }
      for (const panel of shown?.panels ?? []) write?.(`\n${panel.join("\n")}\n`);
      for (const file of shown?.files ?? []) log?.file(at, file);
      if (log === undefined) return;
      const others = begunWith?.recipe.strategies.some(({ name }) => screens?.has(name) !== true) === true;
      if (others) for (const fill of fills) line(fillLine(fill, look, event.at));
      for (const { rule, why } of notes) line(`${rule}: ${why}`, noteLevels[rule] ?? "debug");
      for (const command of commands)
        if (command.type === "order.place") line(`places ${command.slot}, order ${command.clientId}`, "debug");
        else if (command.type === "order.cancel") line(`cancels order ${command.clientId}`, "debug");
    },
    ending: (why) => line(`stopping: ${why}`),
    ended: ({ why, code, summary }) => {
      unwatch?.();
      const last = screens?.final() ?? [];
      if (last.length > 0) write?.(`\n${last.join("\n")}`);
      for (const text of last) line(text);
      line(
        `ended with code ${code} (${why}): ${summary.fills} trades, volume ${summary.volumeQuote} ${summary.quote}, fees ${summary.feesQuote}, net ${summary.equityChangeQuote}`,
        code === 0 ? "info" : "error",
      );
    },
  };
}
