// Stoikov's micro-price: where the mid is expected to go, given imbalance and spread: a table learnt from data, and the look-up in it.
import type { Touch } from "../touch.ts";
import { type Matrix, product, solved } from "./linear.ts";

/** What to add to the mid. Plain data: it is learnt once and kept in a configuration. */
export interface StoikovTable {
  /** How many equal parts the imbalance `bid size / (bid size + ask size)` is cut into. */
  readonly imbalances: number;
  /** Ticks; a wider spread is read as this one. */
  readonly spreads: number;
  /** Ticks, one for each state: spread 1 first, and within a spread the smallest imbalance first. */
  readonly adjustments: readonly number[];
}

/** How finely states are told apart. */
export interface StoikovGrid {
  /** 2 to 50. */
  readonly imbalances: number;
  /** Ticks, 1 to 20; samples with a wider spread do not count. */
  readonly spreads: number;
}

/**
 * Learns the table from touches one after another. Each pair of them counts twice, the second time mirrored (bid for ask), so
 * that the table has no drift and its sum converges.
 *
 * With Q the transitions that leave the mid, T those that move it, and R the expected move of one step: the first move is
 * expected to be `G = (1 - Q)⁻¹ · R`, and `Σ Bⁱ · G` with `B = (1 - Q)⁻¹ · T` is what all moves come to.
 *
 * @param touches - in order of time, all of one market; the finer they are sampled, the better
 * @returns `undefined` when the data does not say enough for the sum to converge
 * @see Stoikov (2018), The micro-price: a high-frequency estimator of future prices, SSRN 2970694
 */
export function learnStoikov(touches: Iterable<Touch>, grid: StoikovGrid): StoikovTable | undefined {
  const counts = countMoves(touches, grid);
  const count = grid.imbalances * grid.spreads;
  const rows = Array.from({ length: count }, (_, at) => at);
  const all = rows.map((from) => counts.seen[from] ?? 0);
  const part = (table: Float64Array, from: number, to: number) => (table[from * count + to] ?? 0) / (all[from] || 1);
  // A hair less than what was seen, so that states from which the mid never moved have an answer, which is 0.
  const rest: Matrix = rows.map((from) =>
    rows.map((to) => (from === to ? 1 : 0) - part(counts.still, from, to) * (1 - 1e-9)),
  );
  const right: Matrix = rows.map((from) => [
    (counts.moved[from] ?? 0) / (all[from] || 1),
    ...rows.map((to) => part(counts.jumps, from, to)),
  ]);
  const solution = solved(rest, right);
  if (solution === undefined) return undefined;
  const onward = solution.map((row) => row.slice(1));
  let term = solution.map(([first = 0]) => first);
  const sum = [...term];
  for (let round = 0; round < 10_000; round++) {
    term = product(onward, term);
    for (const [at, each] of term.entries()) sum[at] = (sum[at] ?? 0) + each;
    if (term.every((each) => Math.abs(each) < 1e-10)) return { ...grid, adjustments: sum };
  }
  return undefined;
}

/**
 * The fair price by the table.
 *
 * @returns ticks, with a fraction; never outside bid and ask
 */
export function stoikovPrice(table: StoikovTable, touch: Touch): number {
  const { bid, ask } = touch;
  const spread = Math.min(table.spreads, ask[0] - bid[0]);
  const state = stateOf(table, spread, bid[1], ask[1]);
  const price = (bid[0] + ask[0]) / 2 + (table.adjustments[state] ?? 0);
  return Math.min(ask[0], Math.max(bid[0], price));
}

function stateOf({ imbalances }: StoikovGrid, spread: number, bidSize: number, askSize: number): number {
  const part = Math.floor((bidSize * imbalances) / (bidSize + askSize));
  return (spread - 1) * imbalances + Math.min(imbalances - 1, part);
}

interface Moves {
  /** Pairs that begin in a state. */
  readonly seen: Float64Array;
  /** Pairs from one state to another, while the mid stands; a row for each first state. */
  readonly still: Float64Array;
  /** The same, while it moves. */
  readonly jumps: Float64Array;
  /** Sum of the moves from a state, in ticks. */
  readonly moved: Float64Array;
}

function countMoves(touches: Iterable<Touch>, grid: StoikovGrid): Moves {
  const count = grid.imbalances * grid.spreads;
  const moves: Moves = {
    seen: new Float64Array(count),
    still: new Float64Array(count * count),
    jumps: new Float64Array(count * count),
    moved: new Float64Array(count),
  };
  const add = (from: number, to: number, move: number) => {
    const table = move === 0 ? moves.still : moves.jumps;
    moves.seen[from] = (moves.seen[from] ?? 0) + 1;
    table[from * count + to] = (table[from * count + to] ?? 0) + 1;
    moves.moved[from] = (moves.moved[from] ?? 0) + move;
  };
  let before: Touch | undefined;
  for (const touch of touches) {
    const from = before;
    before = touch;
    if (from === undefined) continue;
    const [spreadBefore, spread] = [from.ask[0] - from.bid[0], touch.ask[0] - touch.bid[0]];
    if (spreadBefore > grid.spreads || spread > grid.spreads) continue;
    const move = (touch.bid[0] + touch.ask[0] - from.bid[0] - from.ask[0]) / 2;
    add(stateOf(grid, spreadBefore, from.bid[1], from.ask[1]), stateOf(grid, spread, touch.bid[1], touch.ask[1]), move);
    add(
      stateOf(grid, spreadBefore, from.ask[1], from.bid[1]),
      stateOf(grid, spread, touch.ask[1], touch.bid[1]),
      -move,
    );
  }
  return moves;
}
