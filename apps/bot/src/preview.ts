// What a run would do first, found out by the very engine that would do it: everything but the sending.
import {
  type AccountSnapshot,
  type Instrument,
  type Lots,
  lots,
  type News,
  type PlaceOrder,
  type VenueId,
  type View,
  venueOf,
} from "@bp/core";
import { firstOrders } from "./firstOrders.ts";
import type { Stage } from "./stage/stage.ts";
import { engineOf, type Recipe } from "./wire-up.ts";

/** The accounts and the first orders. */
export interface Preview {
  readonly orders: readonly PlaceOrder[];
  /** Of the accounts that answered. */
  readonly snapshots: ReadonlyMap<VenueId, AccountSnapshot>;
  /** The world as the engine sees it by then. */
  readonly view: View;
}

/** How long to wait for the venues to have told enough, in ms. */
const patienceMs = 10_000;

/**
 * Listens to the venues until enough is known, until patience ends, or `stop` aborts. Sends nothing.
 *
 * @param enough - the accounts alone, or also what the engine would place first
 */
export async function previewOf(
  stage: Stage,
  instruments: readonly Instrument[],
  recipe: Recipe,
  enough: "accounts" | "orders",
  stop: AbortSignal,
): Promise<Preview> {
  const made = () => engineOf({ ...recipe, existing: "ignore" }, instruments, 0);
  const engine = made();
  const done = new AbortController();
  /** Whether mark and funding of a perpetual are known. */
  const isMarked = ({ id, kind }: Instrument) => kind === "spot" || (engine.view.mark(id)?.fundingAt ?? 0) > 0;
  const snapshots = new Map<VenueId, AccountSnapshot>();
  /** The last word on marks, prints and filters, by what it is about. */
  const last = new Map<string, News>();
  let isPlaced = false;
  let seq = 0;
  const driving = stage.drive(
    instruments.map(({ id }) => id),
    (fact) => {
      if (done.signal.aborted) return;
      if (fact.type === "account.snapshot") snapshots.set(fact.venue, fact);
      if (fact.type === "mark.changed" || fact.type === "trade.printed")
        last.set(`${fact.type} ${fact.instrument}`, fact);
      if (fact.type === "instrument.changed") last.set(`${fact.type} ${fact.instrument.id}`, fact);
      for (const { type } of engine.step({ ...fact, seq: ++seq })) if (type === "order.place") isPlaced = true;
      if (snapshots.size < stage.venues.length) return;
      if (enough === "accounts" || (isPlaced && instruments.every(isMarked))) done.abort();
    },
    done.signal,
    undefined,
  );
  await Promise.race([driving, stage.clock.sleep(patienceMs, AbortSignal.any([done.signal, stop]))]);
  done.abort();
  await driving;
  const { view } = engine;
  if (enough === "accounts") return { orders: [], snapshots, view };
  // Asked anew of what is known now: what was placed while the market was still being listened to is old by then.
  return { orders: firstOrders(made(), view, { instruments, snapshots, others: [...last.values()] }), snapshots, view };
}

/** The position of a perpetual as of the preview, in lots; `undefined` when the account did not answer. */
export function positionIn({ snapshots }: Preview, { id }: Instrument): Lots | undefined {
  const snapshot = snapshots.get(venueOf(id));
  if (snapshot === undefined) return undefined;
  return snapshot.positions.find((each) => each.instrument === id)?.size ?? lots(0);
}
