// sweep/threads: trials a second on one thread and on two.
import type { Figure, Group } from "../../group.ts";
import { median } from "../../stats.ts";
import { enoughTrials, sweep } from "../../sweep/work.ts";

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
    const cpu: [number[], number[]] = [[], []];
    const rows = new Set<string>();
    for (let round = 0; round < (quick ? 1 : Math.min(rounds, 3)); round++)
      for (const [at, { rounds: rates }] of figures.entries()) {
        const swept = await sweep(quick ? 3 : enoughTrials, ["--threads", String(at + 1)]);
        rates.push(swept.rate);
        cpu[at]?.push(swept.cpuMs);
        rows.add(swept.rows);
      }
    return {
      unit: "/s",
      figures,
      facts: [`CPU of a trial: ${median(cpu[0]).toFixed(1)} ms on one thread, ${median(cpu[1]).toFixed(1)} ms on two`],
      wrong: rows.size === 1 ? [] : ["one thread and two found different things"],
    };
  },
};
