// sweep/threads: trials a second on one thread and on two.
import type { Figure, Group } from "../../group.ts";
import { sweep } from "../../sweep/work.ts";

export const threads: Group = {
  about: "Trials a second of a maker over the example's recording, start and first trial aside.",
  run: async ({ rounds, quick }) => {
    const figures: (Figure & { rounds: number[] })[] = [
      { contender: "bot sweep --threads 1", role: "floor", rounds: [] },
      {
        contender: "bot sweep --threads 2",
        role: "ours",
        rounds: [],
        goals: [{ against: "bot sweep --threads 1", atLeast: 1.8 }],
      },
    ];
    const rows = new Set<string>();
    for (let round = 0; round < (quick ? 1 : Math.min(rounds, 3)); round++)
      for (const [at, { rounds: rates }] of figures.entries()) {
        const swept = await sweep(quick ? 3 : 200, ["--threads", String(at + 1)]);
        rates.push(swept.rate);
        rows.add(swept.rows);
      }
    return {
      unit: "/s",
      figures,
      facts: [],
      wrong: rows.size === 1 ? [] : ["one thread and two found different things"],
    };
  },
};
