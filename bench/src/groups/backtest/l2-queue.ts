// backtest/l2-queue: what a recorded book costs to play, with our places in its queues, and with the whole engine in the loop.
import type { Tape } from "@bp/core";
import type { Group } from "../../group.ts";
import { type EngineRun, engineRun, type Played } from "../../l2/engine.ts";
import { flatPlayer } from "../../l2/flat.ts";
import { type Filled, gameOf, type Player } from "../../l2/game.ts";
import { objectsPlayer } from "../../l2/objects.ts";
import { ourPlayer } from "../../l2/ours.ts";
import { type Contender, race } from "../../race.ts";

const limit = "js typed-array loop";
const peer = "js objects + Maps";
/** The engine is no bare loop: 1 ms to the exchange, so that a few of its orders come a message later. */
const nearly = 0.05;

export const l2Queue: Group = {
  about:
    "Rows of a tape a second (a level, a print): book, a grid of 2 × 5 orders, their places in the queues, fills. All get the same fills; the whole engine's orders travel for 1 ms, so a few of its fills are others.",
  run: async (options) => {
    const { about, tape } = await gameOf(options.quick);
    const players: readonly (Omit<Contender, "work"> & { readonly play: Player })[] = [
      { name: limit, role: "limit", play: flatPlayer(tape) },
      {
        name: "@bp/sim, matcher and queue model",
        role: "ours",
        play: ourPlayer(tape),
        goals: [
          { against: limit, atLeast: 0.25 },
          { against: peer, atLeast: 3 },
        ],
      },
      { name: peer, role: "peer", play: objectsPlayer(tape) },
    ];
    const engines: readonly (Omit<Contender, "work"> & { readonly played: Played })[] = [
      {
        name: "@bp/backtest, the whole engine: the same grid",
        role: "ours",
        played: "grid",
        goals: [{ against: limit, atLeast: 0.04 }],
      },
      { name: "@bp/backtest, the whole engine: the maker", role: "ours", played: "maker" },
    ];
    const [first, ...others] = players.map(({ name, play }) => ({ name, filled: play() }));
    const expected = textOf(first?.filled);
    const wrong = others.flatMap(({ name, filled }) =>
      textOf(filled) === expected ? [] : [`${name}: ${textOf(filled)} instead of ${expected}`],
    );
    const fills = first?.filled.fills ?? 0;
    if (fills === 0) wrong.push("nobody was filled: nothing is compared");
    const facts = [`${tape.rows} rows, ${about}; ${expected}`];
    for (const { name, played } of engines) {
      const run = engineRun(tape, played);
      wrong.push(...complaints(name, run, engineRun(tape, played)));
      if (played === "grid" && !(Math.abs(run.fills - fills) <= nearly * fills))
        wrong.push(`${name}: ${run.fills} fills, the loop has ${fills}`);
      facts.push(`${name}: ${run.events} events, ${run.commands} commands, ${run.fills} fills; ${costs(tape, played)}`);
    }
    const whole = (play: () => unknown) => () => {
      play();
      return tape.rows;
    };
    const figures = race(
      [
        ...players.map(({ play, ...rest }) => ({ ...rest, work: whole(play) })),
        ...engines.map(({ played, ...rest }) => ({ ...rest, work: whole(() => engineRun(tape, played)) })),
      ],
      options,
    );
    return { unit: "/s", figures, facts, wrong };
  },
};

const textOf = (filled: Filled | undefined): string =>
  filled === undefined ? "nothing" : `${filled.fills} fills of ${filled.lots} lots (${filled.digest >>> 0})`;

/** What is wrong with a run of the engine: it gives the same twice, and the exchange's own books agree. */
function complaints(name: string, run: EngineRun, again: EngineRun): readonly string[] {
  const wrong: string[] = [];
  if (JSON.stringify(run) !== JSON.stringify(again)) wrong.push(`${name}: the same data gave another run`);
  if (!run.ledgerEqual) wrong.push(`${name}: the exchange's books differ`);
  if (run.fills === 0) wrong.push(`${name}: no fills`);
  return wrong;
}

/** What an event costs from the one before it to its end, the exchange's part included. */
function costs(tape: Tape, played: Played): string {
  const sums = { quiet: { events: 0, ms: 0 }, deciding: { events: 0, ms: 0 } };
  for (let round = 0; round < 3; round++) {
    let before = performance.now();
    engineRun(tape, played, (acted) => {
      const sum = acted ? sums.deciding : sums.quiet;
      sum.events += 1;
      sum.ms += performance.now() - before;
      before = performance.now();
    });
  }
  const each = ({ events, ms }: { readonly events: number; readonly ms: number }) =>
    `${((ms / events) * 1_000).toFixed(1)} µs`;
  return `an event that wakes no decision costs ${each(sums.quiet)}, one that does ${each(sums.deciding)}`;
}
