// `bot dashboard`: a door without a bot of its own, for machines with several: it shows all bots of this user and asks their own doors.
import { addressLine, showsToken } from "../door/addressLine.ts";
import { doorPlaceOf } from "../door/flags.ts";
import { openDoor } from "../door/open.ts";
import { type ExitCode, exit } from "../exit.ts";
import { languageOf } from "../language.ts";
import { fromHere } from "../paths.ts";
import { operatorOfSignals } from "../stop.ts";

/**
 * Serves until a signal ends it.
 *
 * @param flags - as `start` has them for its dashboard; `journal`: one whose runs are shown although no bot has it open; `json`: a
 *   program reads it, and is given the tokens
 * @throws BpError as `openDoor`
 */
export async function dashboard(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { ends } = operatorOfSignals("stop");
  const journal = fromHere(typeof flags["journal"] === "string" ? flags["journal"] : "runs/journal.sqlite");
  const language = languageOf(flags["lang"]);
  const door = await openDoor({
    place: doorPlaceOf({ ...flags, dashboard: flags["port"] }) ?? {},
    folder: undefined,
    language,
    tell: (line) => void process.stderr.write(`${line}\n`),
    journals: [journal],
  });
  const { url, tokens } = door;
  const isTerminal = process.stdout.isTTY;
  const line = addressLine({
    door,
    isTerminal,
    script: language === "zh" ? "hans" : "en",
    otherwise: "BP_DASHBOARD_TOKEN=shown, or --json",
  });
  const toLook = showsToken(isTerminal) ? `to look and not act ${url}#${tokens.viewer}\n` : "";
  process.stdout.write(flags["json"] === true ? `${JSON.stringify({ url, ...tokens })}\n` : `${line}\n${toLook}`);
  const keep = setInterval(() => undefined, 60_000); // the door alone does not keep a process
  await new Promise<void>((resolve) => {
    if (ends.aborted) resolve();
    else ends.addEventListener("abort", () => resolve(), { once: true });
  });
  clearInterval(keep);
  await door.close();
  return exit.done;
}
