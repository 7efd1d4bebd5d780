// What the journals of a trial hold: every command by its number, each run replayed, and the figures that follow.
import { Big, type InstrumentId, type PlaceOrder } from "@bp/core";
import { replay } from "@bp/engine";
import { openJournal, type RunRecord } from "@bp/journal";
import { createTally, volumeSums } from "@bp/report";
import { entriesOf } from "../../runs.ts";
import { engineOf, type Recipe } from "../../wire-up.ts";

/** A market's figures, all runs together. */
export interface Figures {
  readonly fills: number;
  readonly volume: Big;
  readonly fees: Big;
}

/** What is found in the journals. */
export interface WireRecord {
  readonly commands: ReadonlyMap<number, PlaceOrder>;
  readonly events: number;
  readonly figures: ReadonlyMap<InstrumentId, Figures>;
  /** Orders that would have added risk, and were decided after the kill switch. */
  readonly afterKill: readonly PlaceOrder[];
  /** Runs that do not give the same commands again, and what of them. */
  readonly strayed: readonly string[];
  readonly runs: readonly RunRecord[];
}

/** Reads a journal that nobody writes any more. @throws BpError `journal/*` for one that cannot be read */
export function readRecord(file: string): WireRecord {
  const store = openJournal(file, { access: "read" });
  try {
    const commands = new Map<number, PlaceOrder>();
    const figures = new Map<InstrumentId, Figures>();
    const strayed: string[] = [];
    const afterKill: PlaceOrder[] = [];
    let events = 0;
    const runs = store.runs();
    for (const run of runs) {
      const recipe = run.params as Recipe; // written by `begin` of a session
      const tally = createTally({
        instruments: run.instruments,
        graceMs: recipe.graceMs,
        existing: recipe.existing === "ignore" ? "ignore" : "adopt",
      });
      let isKilled = false;
      for (const entry of entriesOf(store, run.id)) {
        tally.entry(entry);
        if (entry.dir === "in" && entry.event.type === "operator.asked") {
          if (entry.event.ask === "halt") isKilled = true;
          if (entry.event.ask === "resume") isKilled = false;
        }
        if (entry.dir !== "out" || entry.command.type !== "order.place") continue;
        const { command } = entry;
        commands.set(command.clientId, command);
        if (isKilled && !command.reduceOnly && command.tif !== "ioc") afterKill.push(command);
      }
      const engine = engineOf(recipe, run.instruments, run.clientRun);
      const replayed = replay(engine, entriesOf(store, run.id));
      events += replayed.events;
      const { difference } = replayed;
      if (difference !== undefined)
        strayed.push(
          `run ${run.id}: event ${difference.seq} gives ${JSON.stringify(difference.is)} again, the journal has ${JSON.stringify(difference.was)}`,
        );
      for (const { instrument, session } of tally.figures().instruments) {
        const before = figures.get(instrument.id) ?? { fills: 0, volume: new Big(0), fees: new Big(0) };
        figures.set(instrument.id, {
          fills: before.fills + session.sums.fills,
          volume: before.volume.plus(volumeSums(session.sums.volumes).all.quote),
          fees: before.fees.plus(session.profit.fees),
        });
      }
    }
    return { commands, events, figures, afterKill, strayed, runs };
  } finally {
    store.close();
  }
}
