// How a run ends: own orders cancelled, verified with the venue, and the books compared.
import { Big, type Command, type Event, type Unnumbered } from "@bp/core";
import type { Engine } from "@bp/engine";
import type { Summary } from "@bp/report";
import type { Ledger, Stage } from "./stage/stage.ts";

/** How long cancels and the last snapshot may take, in ms. */
const patienceMs = 20_000;

/**
 * Waits until our orders are gone and the venue's own list says so too. A list that was being read when we asked may be
 * older than the end of our last order; the one that comes second is not.
 *
 * @param watch - calls back for each event until its answer is called
 * @param broken - whether the engine has broken meanwhile: then it learns nothing more
 * @returns whether that was seen
 */
export async function settle(
  stage: Stage,
  engine: Engine,
  watch: (watcher: (event: Event) => void) => () => void,
  broken: () => boolean,
): Promise<boolean> {
  const deadline = stage.clock.now() + patienceMs;
  let questions = 0;
  let answers = 0;
  const stop = watch((event) => {
    if (event.type === "account.snapshot" && questions > 0) answers += 1;
  });
  try {
    while (stage.clock.now() < deadline && !broken()) {
      if (engine.orders.size > 0) {
        questions = 0; // also when one turns out to stand after all: from the beginning
        answers = 0;
      } else if (answers >= 2) return true;
      else if (questions <= answers) {
        questions += 1;
        if (!sent(stage, ask(stage))) return false;
      }
      await stage.pause(20);
    }
    return false;
  } finally {
    stop();
  }
}

/**
 * The engine is broken: cancels what it had at the venue, and believes only the venue's own list.
 *
 * @param watch - calls back for each fact of the venue until its answer is called
 */
export async function sweep(
  stage: Stage,
  engine: Engine,
  watch: (watcher: (fact: Unnumbered) => void) => () => void,
): Promise<boolean> {
  const ours = [...engine.orders.values()];
  if (ours.length === 0) return true;
  const ids = new Set(ours.map((each) => each.clientId));
  const seen: { left: number | undefined } = { left: undefined };
  const stop = watch((fact) => {
    if (fact.type === "account.snapshot")
      seen.left = fact.orders.filter((each) => each.clientId !== undefined && ids.has(each.clientId)).length;
  });
  try {
    for (const { clientId, instrument } of ours)
      if (!sent(stage, { type: "order.cancel", clientId, instrument })) return false;
    const deadline = stage.clock.now() + patienceMs;
    while (stage.clock.now() < deadline) {
      await stage.pause(500);
      if (seen.left === 0) return true;
      if (!sent(stage, ask(stage))) return false;
    }
    return false;
  } finally {
    stop();
  }
}

function ask({ venue }: Stage): Command {
  return { type: "account.ask", venue: venue.id, why: "verify that no order of ours is left" };
}

/** Hands a command over; false where there is nobody to take it any more. */
function sent({ venue }: Stage, command: Command): boolean {
  try {
    venue.send(command);
    return true;
  } catch {
    return false; // the venue is not open: the caller reports that nothing could be verified
  }
}

/** Whether the exchange's books of record and ours agree to the last unit. */
export function sameLedger(venue: Ledger, ours: Summary): boolean {
  return (
    venue.fills === ours.fills &&
    same(venue.volumeQuote, ours.volumeQuote) &&
    same(venue.feesQuote, ours.feesQuote) &&
    typeof ours.positionAtExit === "string" &&
    same(venue.position, ours.positionAtExit) &&
    venue.openOrders === ours.openOrdersAtExit
  );
}

const same = (a: string, b: string) => new Big(a).eq(b);
