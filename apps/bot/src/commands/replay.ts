// `bot replay RUN`: the same events through the same engine must give the same commands.
import { BpError } from "@bp/core";
import { replay } from "@bp/engine";
import { commandsDigest, openJournal } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { entriesOf, runNamed } from "../runs.ts";
import { engineOf, type Recipe } from "../wire-up.ts";

/** Exit 0 when equal, 1 when not. */
export function replayRun(name: string, flags: Readonly<Record<string, unknown>>): ExitCode {
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    const run = runNamed(store, name);
    if (run.compacted !== undefined)
      throw new BpError("journal/bad-run", {
        run: run.id,
        why: `was compacted at ${new Date(run.compacted).toISOString()}: its market data is gone, so it cannot be replayed; bot report tells its figures`,
      });
    const digest = commandsDigest();
    const engine = engineOf(run.params as Recipe, run.instruments, run.clientRun); // written by `begin` of a session
    const replayed = replay(engine, entriesOf(store, run.id), (_, commands) => {
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
  } finally {
    store.close();
  }
}
