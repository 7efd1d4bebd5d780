// The interactive menu of `bot --cli`: looks at the account and the market, and starts the market maker.
import { isBpError } from "@bp/core";
import { analysisLines, bookLines, simulationLines } from "./advice.ts";
import type { Ask } from "./ask.ts";
import type { Desk } from "./desk.ts";
import { type Flags, makerForm } from "./form.ts";
import { type MenuWords, menuWords } from "./words.ts";

/** What the menu works with. */
export interface MenuOptions {
  readonly ask: Ask;
  readonly desk: Desk;
  readonly lang: "en" | "zh";
  /** Shows lines. */
  readonly show: (lines: readonly string[]) => void;
  /** Whether the journal is kept, at the beginning. */
  readonly database: boolean;
  /** Runs the market maker with these flags; the menu comes back when it has ended. */
  readonly run: (flags: Flags) => Promise<void>;
  /** Lines of item 6. */
  readonly statistics: () => Promise<readonly string[]>;
}

/** Runs until the person quits or leaves with Ctrl+C. A failure of the venue is shown and leads back to the menu. */
export async function runMenu(options: MenuOptions): Promise<void> {
  const { ask, desk, lang, show } = options;
  const say = menuWords[lang];
  let { database } = options;
  for (;;) {
    const { items } = say;
    const chosen = await ask.choose(`${say.title} · ${desk.name} — ${say.choose}`, [
      { value: "1", label: items.deposit },
      { value: "2", label: items.balances },
      { value: "3", label: items.markets },
      { value: "4", label: items.book },
      { value: "5", label: items.maker },
      { value: "6", label: items.statistics, ...(database ? {} : { disabled: true, hint: say.disabled }) },
      { value: "7", label: items.analysis },
      { value: "8", label: items.rebalance },
      { value: "d", label: items.database(database) },
      { value: "9", label: items.quit },
    ]);
    if (chosen === undefined || chosen === "9") return show([say.bye]);
    if (chosen === "d") {
      database = !database;
      show([say.database(database)]);
      continue;
    }
    try {
      await visit(chosen, options, say, database);
    } catch (error) {
      if (!isBpError(error)) throw error;
      show([error.message]);
    }
  }
}

async function visit(item: string, options: MenuOptions, say: MenuWords, database: boolean): Promise<void> {
  const { ask, desk, lang, show, run, statistics } = options;
  const symbolOf = () => ask.text(say.symbol, "SOL_USDC", (value) => (value.trim() === "" ? say.symbol : undefined));
  switch (item) {
    case "1": {
      const chain = await ask.text(say.blockchain, "Solana");
      if (chain !== undefined) show([await desk.depositAddress(chain.trim())]);
      return;
    }
    case "2": {
      const [balances, figures] = [await desk.balances(), await desk.figures()];
      const lines = balances.map(({ asset, total, free }) => `${asset.padEnd(8)} ${total} (${free})`);
      return show([
        ...(lines.length === 0 ? [say.empty] : lines),
        ...figures.map(([name, value]) => `${name}: ${value}`),
      ]);
    }
    case "3":
      return show(await desk.markets());
    case "4": {
      const symbol = await symbolOf();
      if (symbol !== undefined) show(bookLines(await desk.book(symbol.trim(), 10), say));
      return;
    }
    case "5": {
      const flags = await makerForm(ask, say, lang);
      if (flags !== undefined) await run(database ? flags : { ...flags, disableDb: true });
      return;
    }
    case "6":
      return show(await statistics());
    case "7": {
      const symbol = (await symbolOf())?.trim();
      if (symbol === undefined) return;
      const [candles, book] = [await desk.candles(symbol, 60), await desk.book(symbol, 10)];
      return show(analysisLines(candles, book, say));
    }
    default:
      return show([...say.rebalanceHelp, "", ...(await simulated(ask, say))]);
  }
}

async function simulated(ask: Ask, say: MenuWords): Promise<readonly string[]> {
  const percent = (value: string) =>
    /^\d+(\.\d+)?$/.test(value.trim()) && Number(value) <= 100 ? undefined : say.bad.percent;
  const target = await ask.text(say.baseAssetTarget, "30", percent);
  const threshold = target === undefined ? undefined : await ask.text(say.rebalanceThreshold, "15", percent);
  if (target === undefined || threshold === undefined) return [];
  return simulationLines(target.trim(), threshold.trim(), say);
}
