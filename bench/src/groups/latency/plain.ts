// latency/plain: a tick leaves the venue; how long until the signed order for it is there.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Figure, Group } from "../../group.ts";
import { startStub } from "../../latency/stub.ts";
import { quantile } from "../../stats.ts";
import { short } from "../../table.ts";

const limit = "raw sockets + node:crypto";
const contenders: readonly (Omit<Figure, "rounds"> & { readonly id: string })[] = [
  { id: "raw", contender: limit, role: "limit" },
  {
    id: "client",
    contender: "@bp/client: book and order",
    role: "ours",
    goals: [
      { against: limit, atMost: 2 },
      { against: "ccxt.pro", atMost: 1 / 2.8 },
    ],
  },
  {
    id: "via-ky",
    contender: "@bp/client: book, order through ky",
    role: "ours",
    goals: [
      { against: limit, atMost: 3 },
      { against: "ws + ky, as they come", atMost: 1 / 1.6 },
      { against: "ccxt.pro", atMost: 1 / 2 },
    ],
  },
  { id: "ours", contender: "bot: client, engine, ten rules", role: "ours", goals: [{ against: limit, atMost: 2 }] },
  { id: "ours-sqlite", contender: "the same, each order in the journal first", role: "ours" },
  { id: "ccxt", contender: "ccxt.pro", role: "peer" },
  { id: "ky", contender: "ws + ky, as they come", role: "peer" },
];

export const plain: Group = {
  about:
    "p50 of one round: frame sent to signed order received, over loopback without TLS; ticks 0.5 to 1.5 ms apart. Each contender in a process of its own, the venue in another. `× limit` above 1 is slower.",
  run: async ({ rounds, quick }) => {
    const stub = await startStub();
    const running: ChildProcess[] = [];
    const found = contenders.map((each) => ({ ...each, p50: [] as number[], p90: [] as number[], ticks: 0, lost: 0 }));
    const wrong: string[] = [];
    try {
      for (const { id } of contenders) running.push(await started(id, Object.values(stub.placeOf(id))));
      for (const { id } of contenders) await stub.greet(id);
      for (let round = -2; round < rounds * 2; round++) {
        for (const each of found) {
          const { times, lost } = await stub.round(each.id, quick ? 100 : 300);
          if (round < 0) continue; // until everything is compiled
          each.p50.push(quantile(times, 0.5));
          each.p90.push(quantile(times, 0.9));
          each.ticks += times.length + lost;
          each.lost += lost;
          if (lost > 0 && each.role === "ours") wrong.push(`${each.contender} lost ${lost} ticks of round ${round}`);
        }
      }
    } finally {
      for (const child of running) child.kill();
      stub.close();
    }
    const figures = found.map(({ p50, ...rest }): Figure => ({ ...rest, rounds: p50 }));
    const facts = found.map(
      (each) => `${each.contender}: p90 ${short(quantile(each.p90, 0.5))} µs, ${each.lost} of ${each.ticks} ticks lost`,
    );
    return { unit: "µs", figures, facts, wrong };
  },
};

/** A contender that is connected. */
function started(id: string, place: readonly string[]): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "../../latency/contender.ts"), [id, ...place]);
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`${id} ended with ${code}`)));
  });
}
