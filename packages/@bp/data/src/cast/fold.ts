// Levels that fall together on a coarser grid: what rests at a price is the sum of all that was rounded to it.
import { tapeRow } from "@bp/core";
import type { TapeWriter } from "../writer.ts";
import type { Scale } from "./scale.ts";

/** The levels of one market while it is cast. */
export interface LevelFold {
  /** A level of the old market, in its ticks and lots. */
  set(kind: number, price: number, size: number, venueAt: number, at: number): void;
  /** All levels are void. */
  clear(): void;
  /** Writes the levels of the new market that changed since the last time. */
  flush(writer: TapeWriter, market: number): void;
}

interface Side {
  readonly kind: number;
  /** Old price -> old size. */
  readonly sizes: Map<number, number>;
  /** New price -> the sum of the old sizes. */
  readonly sums: Map<number, number>;
  readonly changed: Set<number>;
}

/** Nothing rests yet. */
export function createLevelFold(scale: Scale): LevelFold {
  const sideOf = (kind: number): Side => ({ kind, sizes: new Map(), sums: new Map(), changed: new Set() });
  const sides = [sideOf(tapeRow.bid), sideOf(tapeRow.ask)];
  let venue = 0;
  let received = 0;
  return {
    set: (kind, price, size, venueAt, at) => {
      const side = sides[kind === tapeRow.bid ? 0 : 1];
      if (side === undefined) return;
      venue = venueAt;
      received = at;
      const target = scale.price(price, kind);
      const sum = (side.sums.get(target) ?? 0) + size - (side.sizes.get(price) ?? 0);
      if (size === 0) side.sizes.delete(price);
      else side.sizes.set(price, size);
      if (sum === 0) side.sums.delete(target);
      else side.sums.set(target, sum);
      side.changed.add(target);
    },
    clear: () => {
      for (const { sizes, sums, changed } of sides) for (const each of [sizes, sums, changed]) each.clear();
    },
    flush: (writer, market) => {
      for (const { kind, sums, changed } of sides) {
        for (const price of changed)
          writer.row(kind, market, venue, received, price, scale.level(sums.get(price) ?? 0));
        changed.clear();
      }
    },
  };
}
