// One pass of shipping: from where the store is to where the journal is.
import { isBpError } from "@bp/core";
import type { StoreAddress } from "./address.ts";
import type { Connection } from "./connect.ts";
import type { Source } from "./source.ts";
import { lostToCompacting, otherStory, type Position, positionsOf, putLines, putRun, sumInStore } from "./target.ts";

/** How much is sent in one go. */
const batch = { lines: 1_000, chars: 1_000_000 } as const;

/** What has been shipped on one connection. */
export interface Passage {
  /** Ships what is there now. @returns lines shipped. @throws BpError `journal/store` */
  pass(signal: AbortSignal): Promise<number>;
  /** Lines that the store does not have yet, of runs that can be shipped. */
  behind(): number;
}

/** Begins where the store is. @param refused - hears once of each run that cannot be shipped, or not whole */
export async function passage(
  source: Source,
  connection: Connection,
  address: StoreAddress,
  refused: (error: unknown) => void,
): Promise<Passage> {
  const positions = new Map(await positionsOf(connection, source.journal));
  const known = new Set(positions.keys());
  /** Compared with the store: it has the same story. */
  const same = new Set<string>();
  const skipped = new Set<string>();
  /** Compacted before all of it was sent. */
  const holed = new Set<string>();

  const begin = async (id: string, { last, ended }: Position) => {
    const { ended: over, compacted } = source.run(id);
    if (ended && over === null) throw otherStory(address, id); // it has ended there, and goes on here
    if (last > 0) {
      // The last line that both have: compacting leaves those that must not be lost, and always the last one of a run.
      const line = compacted === null ? source.lineAt(id, last) : source.lineUpTo(id, last);
      const there = line === undefined ? undefined : await sumInStore(connection, id, line.seq);
      const differ = line !== undefined && line.sum !== there && line.sum !== null && there !== null;
      if (differ || (line === undefined && compacted === null)) throw otherStory(address, id);
    } else if (!known.has(id))
      await putRun(connection, source.journal, { ...source.run(id), ended: null, summary: null }); // its end comes after its lines
    same.add(id);
  };

  const ship = async (id: string, signal: AbortSignal): Promise<number> => {
    let { last, ended } = positions.get(id) ?? { last: 0, ended: false };
    if (!same.has(id)) await begin(id, { last, ended });
    const isOver = source.run(id)["ended"] !== null; // before its lines: what is there then is all of it
    let count = 0;
    for (;;) {
      const rows = source.lines(id, last, batch.lines, batch.chars);
      if (rows.length === 0) break;
      if (!holed.has(id) && rows.some(({ seq }, at) => seq !== (rows[at - 1]?.seq ?? last) + 1)) {
        holed.add(id);
        refused(lostToCompacting(address, id, last));
      }
      await putLines(connection, address, id, rows);
      last = rows.at(-1)?.seq ?? last;
      count += rows.length;
      positions.set(id, { last, ended });
      if (signal.aborted) return count;
    }
    if (isOver && !ended) {
      await putRun(connection, source.journal, source.run(id));
      ended = true;
    }
    positions.set(id, { last, ended });
    return count;
  };

  const open = () =>
    source.runs().filter(({ id, last, ended }) => {
      const there = positions.get(id);
      return !skipped.has(id) && (there === undefined || there.last < last || there.ended !== ended);
    });
  return {
    pass: async (signal) => {
      let count = 0;
      for (const { id } of open()) {
        try {
          count += await ship(id, signal);
        } catch (error) {
          if (!isBpError(error, "journal/bad-run")) throw error;
          skipped.add(id);
          refused(error);
        }
        if (signal.aborted) break;
      }
      return count;
    },
    behind: () => open().reduce((sum, { id, last }) => sum + Math.max(1, last - (positions.get(id)?.last ?? 0)), 0),
  };
}
