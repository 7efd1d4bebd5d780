// `bot resim RUN`: a run's decisions made again, its orders sent again into a model of its market, and the model fitted to it.
import { ownOrdersOf } from "@bp/backtest";
import { BpError } from "@bp/core";
import { type Replayed, replay } from "@bp/engine";
import { type JournalStore, openJournal, type RunRecord } from "@bp/journal";
import { type ExitCode, exit } from "../exit.ts";
import { languageOf } from "../language.ts";
import { fromHere } from "../paths.ts";
import { marketOfFiles, marketOfRun } from "../resim/market.ts";
import { resimFlags } from "../resim/options.ts";
import { type Study, study } from "../resim/study.ts";
import { flagsOf, studyText } from "../resim/text.ts";
import { entriesOf, runNamed } from "../runs.ts";
import { engineOf, type Recipe } from "../wire-up.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Exit 0 when the same events gave the same commands, 1 when not; what was filled otherwise is told, and is no failure. */
export async function resim(name: string, flags: Flags): Promise<ExitCode> {
  const said = resimFlags(flags);
  const store = openJournal(fromHere(String(flags["journal"])), { access: "read" });
  try {
    const run = runNamed(store, name);
    if (run.compacted !== undefined && said.files.length === 0)
      throw new BpError("journal/bad-run", {
        run: run.id,
        why: `was compacted at ${new Date(run.compacted).toISOString()}: its market data is gone; give a recording of the same time: --data FILE`,
      });
    const replayed = run.compacted === undefined ? decidedAgain(store, run) : undefined;
    const orders = ownOrdersOf(store.read(run.id));
    if (orders.length === 0)
      throw new BpError("journal/bad-run", { run: run.id, why: "has placed no order: there is nothing to simulate" });
    const market =
      said.files.length === 0
        ? marketOfRun(store.read(run.id), run.id, run.instruments, orders)
        : await marketOfFiles(said.files.map(fromHere), said.casts, run.instruments, orders, store.read(run.id), flags);
    for (const warning of market.warnings) process.stderr.write(`warning: ${warning}\n`);
    const found = study(market, { queue: said.queue, upMs: said.upMs, ownInBook: run.mode !== "paper" });
    const text =
      flags["json"] === true
        ? JSON.stringify(asJson(run, replayed, found))
        : [...headLines(run, replayed), ...studyText(found, run.instruments, languageOf(flags["lang"]))].join("\n");
    process.stdout.write(`${text}\n`);
    return replayed?.difference === undefined ? exit.done : exit.failed;
  } finally {
    store.close();
  }
}

function decidedAgain(store: JournalStore, run: RunRecord): Replayed {
  const engine = engineOf(run.params as Recipe, run.instruments, run.clientRun); // written by `begin` of a session
  return replay(engine, entriesOf(store, run.id));
}

function headLines(run: RunRecord, replayed: Replayed | undefined): readonly string[] {
  const head = [`run      ${run.id} (${run.mode})`];
  if (replayed === undefined)
    return [...head, "equal    not checked: the run was compacted, so its decisions cannot be made again"];
  const { events, commands, difference } = replayed;
  return [
    ...head,
    `events   ${events}`,
    `commands ${commands}`,
    difference === undefined
      ? "equal    yes: the same events gave the same commands"
      : `equal    no: event ${difference.seq} gave ${JSON.stringify(difference.is)}, the journal has ${JSON.stringify(difference.was)}; bot replay ${run.id} --at ${difference.seq} shows the decision`,
  ];
}

function asJson(run: RunRecord, replayed: Replayed | undefined, found: Study) {
  const decisions =
    replayed === undefined
      ? { checked: false }
      : {
          checked: true,
          equal: replayed.difference === undefined,
          events: replayed.events,
          commands: replayed.commands,
          ...(replayed.difference === undefined ? {} : { difference: replayed.difference }),
        };
  return { run: run.id, mode: run.mode, decisions, ...found, flags: flagsOf(found) };
}
