// What a trial over the wire is judged by.
import { Big, type Instrument, notionalOf, priceToBig } from "@bp/core";
import type { Fault, Subject } from "@bp/torture";
import type { Books, Deed } from "./books.ts";
import type { Holder } from "./ground.ts";
import type { Record } from "./record.ts";

/** Something that should not have been. */
export interface Charge {
  /** Number of the invariant. */
  readonly invariant: number;
  /** ms of the clock. */
  readonly at: number;
  readonly says: string;
}

/** Everything that is known in the end. */
export interface Court {
  readonly plan: readonly Fault[];
  readonly subject: Subject;
  /** Market seconds in a second. */
  readonly speed: number;
  readonly holders: readonly Holder[];
  readonly books: Books;
  readonly record: Record;
  /** When the times of the plan began to count, ms of the clock. */
  readonly began: number;
  readonly endedAt: number;
  /** What the last process said to people at its end. */
  readonly lastWords: string;
  /** How late the machine was at most, ms. */
  readonly lagMs: number;
}

/** What trades come to. */
export function sumsOf(traded: readonly Deed[], instruments: readonly Instrument[]) {
  let volume = new Big(0);
  let fees = new Big(0);
  for (const { instrument: id, fill } of traded) {
    const instrument = instruments.find((each) => each.id === id);
    if (fill === undefined || instrument === undefined) continue;
    volume = volume.plus(notionalOf(instrument, fill.price, fill.size));
    fees = fees.plus(
      fill.feeAsset === instrument.quote ? fill.fee : priceToBig(instrument, fill.price).times(fill.fee),
    );
  }
  return { fills: traded.length, volume, fees };
}
