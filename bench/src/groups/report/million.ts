// report/million: a run of a million fills, from its events and commands to a finished analysis.
import {
  type Command,
  clientId,
  decimal,
  type Event,
  instrument,
  lots,
  millis,
  type News,
  random,
  ticks,
} from "@bp/core";
import { createAnalyst, createTally } from "@bp/report";
import type { Group } from "../../group.ts";
import { type Bare, bareLoop } from "../../report/bareLoop.ts";

const market = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

const bareName = "typed loop: profit, its split, round trips";

/** Of a tally, which counts in Big and is only here to be compared with. */
const tallied = 20_000;

export const million: Group = {
  about:
    "Seconds for a run of a million fills, two an order: every command, acceptance, fill and book, to the finished analysis of more than a hundred figures. Reading a journal is not in it.",
  run: async ({ quick, rounds }) => {
    const fills = quick ? 100_000 : 1_000_000;
    const log = logOf(fills);
    const sample = logOf(tallied);
    const scale = 1_000_000 / fills;
    const seconds = { bare: [] as number[], analyst: [] as number[], tally: [] as number[] };
    const wrong: string[] = [];
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const bare = timed(() => bareLoop(log, fills));
      seconds.bare.push(scale * bare.seconds);
      const { seconds: taken, value } = timed(() => analysed(log));
      seconds.analyst.push(scale * taken);
      wrong.push(...differences(value, bare.value, fills));
      seconds.tally.push((1_000_000 / tallied) * timed(() => talliedOf(sample)).seconds);
    }
    const [own, theirs] = [analysed(sample).profit.equityChange, talliedOf(sample)];
    if (own !== theirs) wrong.push(`the analysis has a change of equity of ${own}, the tally one of ${theirs}`);
    return {
      unit: "s",
      figures: [
        { contender: bareName, role: "limit", rounds: seconds.bare },
        {
          contender: "@bp/report createAnalyst",
          role: "ours",
          rounds: seconds.analyst,
          goals: [{ atMost: 2 }, { against: bareName, atMost: 20 }],
        },
        {
          contender: `@bp/report createTally (${tallied} fills × ${1_000_000 / tallied})`,
          role: "note",
          rounds: seconds.tally,
        },
      ],
      facts: [`${log.length} events and commands; the split of the profit adds up to the last digit`],
      wrong,
    };
  },
};

function timed<T>(work: () => T): { readonly seconds: number; readonly value: T } {
  const from = performance.now();
  const value = work();
  return { seconds: (performance.now() - from) / 1_000, value };
}

/** Both split the same profit: the loop in whole numbers, the analysis in decimals. */
function differences({ profit, meta, trades }: ReturnType<typeof analysed>, bare: Bare, fills: number) {
  const wrong: string[] = [];
  if (profit.residual !== "0") wrong.push(`the split misses ${profit.residual}`);
  if (meta.fills !== fills) wrong.push(`${meta.fills} fills of ${fills} were counted`);
  if (trades.count !== bare.trips) wrong.push(`${trades.count} round trips, and ${bare.trips} by the bare loop`);
  const half = (Number(market.tickSize) * Number(market.lotSize)) / 2;
  const fees = bare.fees / 1_000_000;
  const same = (name: string, ours: string, theirs: number) => {
    if (Math.abs(Number(ours) - theirs) > 1e-6) wrong.push(`${name} is ${ours}, and ${theirs} by the bare loop`);
  };
  same("the change of equity", profit.equityChange, bare.equityChange * half - fees);
  same("the spread", profit.spread, bare.spread * half);
  same("the fees", profit.fees, fees);
  for (const [at, { adverse, horizonMs }] of profit.selection.entries())
    same(`adverse selection after ${horizonMs} ms`, adverse, (bare.adverse[at] ?? 0) * half);
  return wrong;
}

function analysed(log: readonly (Event | Command)[]) {
  const analyst = createAnalyst({ instruments: [market], capital: "10000" });
  for (const each of log)
    if ("at" in each) analyst.event(each);
    else analyst.command(each);
  return analyst.analysis({ run: "bench", mode: "backtest" });
}

function talliedOf(log: readonly (Event | Command)[]): string {
  const tally = createTally({ instruments: [market] });
  for (const each of log)
    if ("at" in each) tally.event(each);
    else tally.command(each);
  return tally.figures().causes.equityChange.toFixed();
}

/** A maker in a market that wanders: a book for every ten fills, each order filled in two parts. */
function logOf(fills: number): readonly (Event | Command)[] {
  const log: (Event | Command)[] = [];
  const chance = random(1);
  let [now, seq, mid, trade] = [1_763_640_000_000, 0, 15_000, 0];
  const event = (news: News) => log.push({ ...news, at: millis(now), venueAt: millis(now - 3), seq: ++seq });
  for (let order = 1; order <= fills / 2; order++) {
    now += chance.whole(20, 200);
    if (order % 5 === 1) {
      mid += chance.whole(-2, 2);
      const level = (price: number) => [[ticks(price), lots(100)] as const];
      event({ type: "book.reset", instrument: market.id, bids: level(mid - 1), asks: level(mid + 1) });
    }
    const side = chance.next() < 0.5 ? "buy" : "sell";
    const price = ticks(side === "buy" ? mid - 1 : mid + 1);
    const id = clientId(0x100_0000 + order);
    const slot = `maker/${side}.${order % 4}`;
    log.push({
      type: "order.place",
      clientId: id,
      instrument: market.id,
      slot,
      side,
      price,
      size: lots(20),
      tif: "gtx",
      reduceOnly: false,
    });
    event({ type: "order.accepted", clientId: id, venueOrderId: `v${order}` });
    for (const total of [10, 20])
      event({
        type: "order.filled",
        clientId: id,
        venueOrderId: `v${order}`,
        tradeId: String(++trade),
        instrument: market.id,
        side,
        price,
        size: lots(10),
        total: lots(total),
        fee: decimal(`0.00${1_500 + (order % 977)}`),
        feeAsset: "USDC",
        liquidity: "maker",
      });
  }
  return log;
}
