// What a run would do first, found out by the very engine that would do it: everything but the sending.
import { type AccountSnapshot, type Command, type Instrument, type Lots, lots } from "@bp/core";
import type { Stage } from "./stage/stage.ts";
import { engineOf, type Recipe } from "./wire-up.ts";

/** The account and the first orders. */
export interface Preview {
  readonly orders: readonly Extract<Command, { readonly type: "order.place" }>[];
  readonly snapshot: AccountSnapshot | undefined;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

/** How long to wait for the venue to have told enough, in ms. */
const patienceMs = 10_000;

/** Listens to the venue until the engine would place its first orders, until patience ends, or `stop` aborts. Sends nothing. */
export async function previewOf(
  stage: Stage,
  instrument: Instrument,
  recipe: Recipe,
  stop: AbortSignal,
): Promise<Preview> {
  const engine = engineOf({ ...recipe, existing: "ignore" }, [instrument], 0);
  const done = new AbortController();
  const orders: Extract<Command, { readonly type: "order.place" }>[] = [];
  let snapshot: AccountSnapshot | undefined;
  let seq = 0;
  const driving = stage.drive(
    [instrument.id],
    (fact) => {
      if (done.signal.aborted) return;
      if (fact.type === "account.snapshot") snapshot = fact;
      for (const command of engine.step({ ...fact, seq: ++seq }))
        if (command.type === "order.place") orders.push(command);
      if (orders.length > 0) done.abort();
    },
    done.signal,
    undefined,
  );
  await Promise.race([driving, stage.clock.sleep(patienceMs, AbortSignal.any([done.signal, stop]))]);
  done.abort();
  await driving;
  const book = engine.view.book(instrument.id);
  return { orders, snapshot, bid: book.bid?.[0], ask: book.ask?.[0] };
}

/** The position of a perpetual as of the preview, in lots; `undefined` when the account did not answer. */
export function positionIn(preview: Preview, instrument: Instrument): Lots | undefined {
  if (preview.snapshot === undefined) return undefined;
  return preview.snapshot.positions.find((each) => each.instrument === instrument.id)?.size ?? lots(0);
}
