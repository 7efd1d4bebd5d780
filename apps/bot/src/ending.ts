// How a run ends: own orders cancelled, verified with the venue, and the books compared.
import { Big, type Event, type Unnumbered } from "@bp/core";
import type { Engine } from "@bp/engine";
import type { Summary } from "@bp/report";
import type { Ledger, Stage } from "./stage/stage.ts";

/** How long cancels and the last snapshot may take, in ms. */
const patienceMs = 20_000;

/**
 * Waits until our orders are gone and a snapshot that is younger than that says so too.
 *
 * @param watch - calls back for each event until its answer is called
 * @returns whether that was seen
 */
export async function settle(
  stage: Stage,
  engine: Engine,
  watch: (watcher: (event: Event) => void) => () => void,
): Promise<boolean> {
  const deadline = stage.clock.now() + patienceMs;
  const seen = { asked: false, verified: false };
  const stop = watch((event) => {
    if (event.type === "account.snapshot" && seen.asked) seen.verified = engine.orders.size === 0;
  });
  try {
    while (stage.clock.now() < deadline) {
      if (seen.verified && engine.orders.size === 0) return true;
      if (engine.orders.size === 0 && !seen.asked) {
        seen.asked = true;
        if (!ask(stage)) return false;
      }
      await stage.pause(20);
    }
    return seen.verified && engine.orders.size === 0;
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
    for (const { clientId, instrument } of ours) stage.venue.send({ type: "order.cancel", clientId, instrument });
    const deadline = stage.clock.now() + patienceMs;
    while (stage.clock.now() < deadline) {
      await stage.pause(500);
      if (seen.left === 0) return true;
      if (!ask(stage)) return false;
    }
    return false;
  } finally {
    stop();
  }
}

/** Asks for a snapshot; false where there is nobody to ask any more. */
function ask(stage: Stage): boolean {
  try {
    stage.venue.send({ type: "account.ask", venue: stage.venue.id, why: "verify that no order of ours is left" });
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
