// `bot dashboard`: a door without a bot of its own, for machines with several: it shows all bots of this user and asks their own doors.
import { existsSync } from "node:fs";
import { doorPlaceOf } from "../door/flags.ts";
import { openDoor } from "../door/open.ts";
import { type ExitCode, exit } from "../exit.ts";
import { languageOf } from "../language.ts";
import { fromHere } from "../paths.ts";
import { operatorOfSignals } from "../stop.ts";

/**
 * Serves until a signal ends it.
 *
 * @param flags - as `start` has them for its dashboard; `journal`: one whose runs are shown although no bot has it open
 * @throws BpError as `openDoor`
 */
export async function dashboard(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { ends } = operatorOfSignals("stop");
  const journal = fromHere(typeof flags["journal"] === "string" ? flags["journal"] : "runs/journal.sqlite");
  const door = await openDoor({
    place: doorPlaceOf({ ...flags, dashboard: flags["port"] }) ?? {},
    folder: undefined,
    language: languageOf(flags["lang"]),
    tell: (line) => void process.stderr.write(`${line}\n`),
    journals: existsSync(journal) ? [journal] : [],
  });
  const { url, tokens } = door;
  process.stdout.write(
    flags["json"] === true
      ? `${JSON.stringify({ url, ...tokens })}\n`
      : `dashboard ${url}#${tokens.operator}\nto look and not act ${url}#${tokens.viewer}\n`,
  );
  const keep = setInterval(() => undefined, 60_000); // the door alone does not keep a process
  await new Promise<void>((resolve) => {
    if (ends.aborted) resolve();
    else ends.addEventListener("abort", () => resolve(), { once: true });
  });
  clearInterval(keep);
  await door.close();
  return exit.done;
}
