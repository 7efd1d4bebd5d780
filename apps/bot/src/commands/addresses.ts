// `bot dashboard --address`: where the dashboards of this user's bots are, with their tokens, for who may read their cards.
import { foundBots } from "../bots/registry.ts";
import { cardIn } from "../door/card.ts";
import { botIdOf } from "../door/neighbours.ts";
import { type ExitCode, exit } from "../exit.ts";

/** Shows them. @returns code 1 where there is none @throws what the file system does where nobody can look */
export function addresses(flags: Readonly<Record<string, unknown>>): ExitCode {
  const found = foundBots().flatMap(({ alive, folder, pid, place, config }) => {
    const card = alive ? cardIn(folder) : undefined;
    if (card === undefined) return [];
    const { url, operator, viewer } = card;
    return [{ bot: botIdOf(folder), pid, place, config, url, operator, viewer }];
  });
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify(found)}\n`);
  else
    for (const { pid, place, config, url, operator, viewer } of found)
      process.stdout.write(
        `bot ${pid}, ${place}${config === undefined ? "" : `, ${config}`}\n  to act ${url}#${operator}\n  to look ${url}#${viewer}\n`,
      );
  if (found.length > 0) return exit.done;
  process.stderr.write("no bot of yours with a dashboard runs; bot status has all that run\n");
  return exit.failed;
}
