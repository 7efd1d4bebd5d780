// `bot --cli`: the interactive menu on the account that keys open, or on a sandbox of its own.
import { BpError } from "@bp/core";
import { readBotConfig } from "../config/index.ts";
import { type ExitCode, exit } from "../exit.ts";
import { lookFor } from "../face/console.ts";
import { languageOf } from "../language.ts";
import { askOn } from "../menu/ask.ts";
import type { Desk } from "../menu/desk.ts";
import type { Flags } from "../menu/form.ts";
import { runMenu } from "../menu/menu.ts";
import { openDesk } from "../menu/open.ts";
import { fromHere } from "../paths.ts";
import { start } from "./start.ts";

/** Shows the menu until it is left. @throws BpError `config/conflict` where there is no terminal */
export async function menu(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  if (!process.stdin.isTTY)
    throw new BpError("config/conflict", {
      what: "the menu needs a terminal and there is none",
      hint: "use the commands: bot --help",
    });
  const lang = languageOf(flags["lang"]);
  const { exchange, marketType, live } = flags;
  const place = live === true ? { live: true } : { sandbox: true };
  const venue = {
    ...(exchange === undefined ? {} : { exchange }),
    ...(marketType === undefined ? {} : { marketType }),
  };
  const symbol = exchange === "aster" ? "SOLUSDT" : marketType === "perp" ? "SOL_USDC_PERP" : "SOL_USDC";
  const config = await readBotConfig({ file: undefined, flags: { ...place, ...venue, symbol, spread: "0.5" } });
  const desk: Desk = await openDesk(config);
  try {
    await runMenu({
      ask: askOn({}),
      desk,
      lang,
      show: (lines) => process.stdout.write(`${lines.join("\n")}\n\n`),
      database: config.database,
      run: async (given: Flags) => {
        await start(undefined, { ...given, ...place, ...venue, lang, journal: flags["journal"] });
      },
      statistics: async () => {
        const { statistics } = await import("../menu/statistics.ts"); // needs the journal, which the rest does not
        return statistics(fromHere(String(flags["journal"])), lookFor(lang, process.stdout));
      },
    });
  } finally {
    await desk.close();
  }
  return exit.done;
}
