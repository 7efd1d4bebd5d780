// backtest/l2-queue: what a recorded book costs to play, with our places in its queues.
import type { Group } from "../../group.ts";
import { flatPlayer } from "../../l2/flat.ts";
import { type Filled, gameOf, type Player } from "../../l2/game.ts";
import { objectsPlayer } from "../../l2/objects.ts";
import { ourPlayer } from "../../l2/ours.ts";
import { type Contender, race } from "../../race.ts";

const limit = "js typed-array loop";
const peer = "js objects + Maps";

export const l2Queue: Group = {
  about:
    "Rows of a tape a second (a level, a print): book, a grid of 2 × 5 orders, their places in the queues, fills. All get the same fills.",
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
    const [first, ...others] = players.map(({ name, play }) => ({ name, filled: play() }));
    const expected = textOf(first?.filled);
    const wrong = others.flatMap(({ name, filled }) =>
      textOf(filled) === expected ? [] : [`${name}: ${textOf(filled)} instead of ${expected}`],
    );
    if (first?.filled.fills === 0) wrong.push("nobody was filled: nothing is compared");
    const figures = race(
      players.map(({ play, ...rest }) => ({
        ...rest,
        work: () => {
          play();
          return tape.rows;
        },
      })),
      options,
    );
    return { unit: "/s", figures, facts: [`${tape.rows} rows, ${about}; ${expected}`], wrong };
  },
};

const textOf = (filled: Filled | undefined): string =>
  filled === undefined ? "nothing" : `${filled.fills} fills of ${filled.lots} lots (${filled.digest >>> 0})`;
