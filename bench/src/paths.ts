// Where things are, and how the bot is started.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository. */
export const root = join(import.meta.dirname, "../..");

/** A folder with recordings beside the repository; absent in most places. */
export const recordings = join(root, "../shared/data");

/** What follows `node` where a person says `pnpm bot`, to be run in `root`. */
export function botLine(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: { readonly bot: string };
  }; // ours
  return scripts.bot.split(" ").slice(1);
}
