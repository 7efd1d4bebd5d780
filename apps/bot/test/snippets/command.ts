// A command of a document as arguments of the bot, made short and harmless: sandbox instead of the venue, seconds instead of hours.

/** Programs that are the bot. */
const bot = /^(?:bot|pnpm -s bot|pnpm bot|npm (?:-s )?start(?: --)?|pnpm --filter bot start)(?= |$)/;

/** What a run is told in a document, and what it lasts here. */
const seconds = "1";

/**
 * @returns the arguments, and the file that its output goes to; `undefined`: it is no command of the bot
 */
export function asBot(
  command: string,
): { readonly args: readonly string[]; readonly out: string | undefined } | undefined {
  const program = bot.exec(command)?.[0];
  if (program === undefined) return undefined;
  const [line = "", out] = command.slice(program.length).split(" > ");
  const given = line
    .trim()
    .split(/ +/)
    .filter((word) => word !== "");
  const words = program.includes("start") ? ["start", ...given] : given;
  return { args: harmless(words.map((word) => stand[word] ?? word)), out };
}

/** Names that stand for a reader's own. */
const stand: Readonly<Record<string, string>> = { FILE: "mine.yaml", 文件: "mine.yaml", RUN: "last" };

function harmless(words: readonly string[]): readonly string[] {
  const [verb] = words;
  const on = words
    .filter((word) => word !== "--yes")
    .map((word) => (word === "--live" || word === "--paper" ? "--sandbox" : word));
  if (verb === "start" || verb === "hedge") {
    if (on.includes("--help")) return on;
    return withValue(on, "--duration", on.includes("--memory") ? "60" : seconds);
  }
  if (verb === "backtest") return withValue(on, "--duration", "600"); // of what was recorded
  if (verb === "record") return withValue([...on, "--sandbox"], "--duration", "10s"); // in which the streams tell something
  if (verb === "torture") return withValue(on, "--seeds", "2");
  if (verb === "doctor") return [...on, "--sandbox"];
  return on;
}

/** The flag with this value, whether it was there or not. */
function withValue(words: readonly string[], flag: string, value: string): readonly string[] {
  const at = words.indexOf(flag);
  return at < 0 ? [...words, flag, value] : [...words.slice(0, at + 1), value, ...words.slice(at + 2)];
}
