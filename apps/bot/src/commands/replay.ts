// `bot replay RUN`: the same events through the same engine must give the same commands; with `--at`, one decision of it.
import { replay } from "@bp/engine";
import { commandsDigest, type JournalStore, openJournal, type RunRecord } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { decisionAt } from "../explain/decision.ts";
import { engineFor } from "../explain/engine.ts";
import { eventMeant } from "../explain/find.ts";
import { decisionText } from "../explain/text.ts";
import { languageOf } from "../language.ts";
import { fromHere } from "../paths.ts";
import { entriesOf, runNamed, wholeRun } from "../runs.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Exit 0 when equal, 1 when not. */
export function replayRun(name: string, flags: Flags): ExitCode {
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    const run = wholeRun(runNamed(store, name));
    const { at } = flags;
    return typeof at === "string" ? one(store, run, at, flags) : all(store, run, flags);
  } finally {
    store.close();
  }
}

function all(store: JournalStore, run: RunRecord, flags: Flags): ExitCode {
  const digest = commandsDigest();
  const replayed = replay(engineFor(run), entriesOf(store, run.id), (_, commands) => {
    for (const command of commands) digest.add(command);
  });
  const { events, commands, difference } = replayed;
  const equal = difference === undefined;
  const result = { run: run.id, events, commands, digest: digest.hex(), equal };
  if (flags["json"] === true) process.stdout.write(`${JSON.stringify(equal ? result : { ...result, difference })}\n`);
  else {
    process.stdout.write(`run      ${run.id}\nevents   ${events}\ncommands ${commands}\ndigest   ${result.digest}\n`);
    process.stdout.write(
      equal
        ? "equal    yes: the same events gave the same commands\n"
        : `equal    no: event ${difference.seq} gave ${JSON.stringify(difference.is)}, the journal has ${JSON.stringify(difference.was)}\n`,
    );
  }
  return equal ? exit.done : exit.failed;
}

/** One decision, with everything that led to it. */
function one(store: JournalStore, run: RunRecord, said: string, flags: Flags): ExitCode {
  const seq = eventMeant(said, entriesOf(store, run.id));
  const decided = decisionAt(engineFor(run), entriesOf(store, run.id), seq);
  const { explained, written, strayed } = decided;
  const equal = strayed === undefined;
  const text =
    flags["json"] === true
      ? JSON.stringify({ run: run.id, seq, equal, ...(equal ? {} : { strayed, written }), ...explained })
      : decisionText(decided, run.id, run.instruments, languageOf(flags["lang"])).join("\n");
  process.stdout.write(`${text}\n`);
  return equal ? exit.done : exit.failed;
}
