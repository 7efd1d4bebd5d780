// Which trades were told before, so that each counts once: streams, snapshots and earlier runs tell the same ones.
import type { Fill, InstrumentId, Side } from "@bp/core";
import { createIds, type Ids } from "./ids.ts";

/** A trade of two orders of ours is told twice, once for each side. */
export function keyOf({ instrument, tradeId, side }: Pick<Fill, "instrument" | "tradeId" | "side">): string {
  return `${instrument}/${tradeId}/${side}`;
}

/** What became of a trade that was told: it counts as ours or as external, or it was only laid beside the venue's position. */
export type Told = "counted" | "laid";

/** Trades that were told. A trade that counts is laid as well. */
export interface ToldTrades {
  /** Notes it. @returns what had become of it before; `undefined`: it is new */
  tell(fill: Fill, what: Told): Told | undefined;
  /** Keys of those that count, oldest first. */
  keys(): readonly string[];
}

/**
 * @param limit - trades of one market and side that are remembered at least: far more than any list of a venue is long
 * @param keys - of an earlier run, oldest first: they count, and were not laid in this one
 */
export function createToldTrades(limit: number, keys: readonly string[] = []): ToldTrades {
  /**
   * By market and side, then by the venue's id; the value is their order: negative of those that are only laid, and half a
   * step back of those that an earlier run has counted and nobody has laid in this one.
   */
  const rows = new Map<InstrumentId, Readonly<Record<Side, Ids>>>();
  let count = 1;
  const rowOf = (instrument: InstrumentId): Readonly<Record<Side, Ids>> => {
    let row = rows.get(instrument);
    if (row === undefined) {
      row = { buy: createIds(limit), sell: createIds(limit) };
      rows.set(instrument, row);
    }
    return row;
  };
  for (const key of keys) {
    const [instrument, side] = [key.slice(0, key.indexOf("/")), key.slice(key.lastIndexOf("/") + 1)];
    const tradeId = key.slice(instrument.length + 1, key.length - side.length - 1);
    if (side === "buy" || side === "sell") rowOf(instrument as InstrumentId)[side].set(shortOf(tradeId), count++ - 0.5); // as keyOf wrote it
  }
  return {
    tell: ({ instrument, side, tradeId }, what) => {
      const memory = rowOf(instrument)[side];
      const id = shortOf(tradeId);
      const before = memory.get(id);
      if (before === undefined || (before < 0 && what === "counted"))
        memory.set(id, what === "counted" ? count++ : -count++);
      if (before === undefined || before < 0) return before === undefined ? undefined : "laid";
      if (what === "counted" || Number.isInteger(before)) return "counted";
      memory.set(id, before + 0.5);
      return undefined;
    },
    keys: () =>
      [...rows]
        .flatMap(([instrument, row]) =>
          (["buy", "sell"] as const).flatMap((side) =>
            row[side]
              .entries()
              .map(([tradeId, order]) => ({ order, key: keyOf({ instrument, tradeId: String(tradeId), side }) })),
          ),
        )
        .filter(({ order }) => order > 0)
        .toSorted((a, b) => a.order - b.order)
        .map(({ key }) => key),
  };
}

/** An id of digits as a number: found faster. What is not written as numbers are stays text. */
function shortOf(id: string): string | number {
  if (id.length > 15 || id.length === 0 || (id.charCodeAt(0) === 48 && id.length > 1)) return id;
  let value = 0;
  for (let at = 0; at < id.length; at++) {
    const digit = id.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return id;
    value = value * 10 + digit;
  }
  return value;
}
