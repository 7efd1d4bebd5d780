// What holds of a grid whatever the market does: lots and position, orders and slots, money and profit.
import { Big, type Instrument, lots, random, sizeToBig } from "@bp/core";
import { floatingAt } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { type Bench, eth, ethPerp, layBench } from "./bench.ts";

const second = 1_000;

/** Everything that is checked when nothing is on its way. */
function check(bench: Bench, market: Instrument, mark: Big, start: Big, budget: Big): void {
  const { cells, core, ledger } = bench.memory();
  const whole = cells.reduce((sum, { lot }) => sum.plus(signed(lot)), signed(core));
  const position = bench.engine.viewOf("grid").position(market.id);
  expect(position).toBeDefined();
  const held = whole.div(market.lotSize);
  expect(held.round(0, held.lt(0) ? 3 : 0).toNumber(), "the lots are the position").toBe(position);

  const exchange = bench.exchange("backpack");
  const slots = exchange
    .openOrders("backpack", market.id)
    .map(({ clientId }) => bench.commands.find((each) => each.type === "order.place" && each.clientId === clientId))
    .flatMap((each) => (each?.type === "order.place" ? [each] : []));
  expect(new Set(slots.map(({ slot }) => slot)).size, "one live order in a slot").toBe(slots.length);

  const worth = new Big(market.tickSize).times(market.lotSize);
  const opening = slots.filter(({ slot, side }) => {
    const cell = cells.find(({ index }) => slot.startsWith(`grid/cell.${index}.`));
    const way = cell?.lot === undefined || cell.lot.size === 0 ? cell?.armed?.way : cell.lot.way;
    return way === undefined || (way === "long") === (side === "buy");
  });
  const rests = exchange.openOrders("backpack", market.id);
  let spent = cells.reduce((sum, cell) => sum.plus(worth.times(cell.spent)), new Big(0)); // of the turns that are open
  for (const { clientId, price } of opening) {
    const order = rests.find((each) => each.clientId === clientId);
    spent = spent.plus(worth.times(price).times((order?.size ?? 0) - (order?.filled ?? 0)));
  }
  expect(spent.lte(budget), `${spent.toFixed()} of ${budget.toFixed()} spent`).toBe(true);

  const grid = ledger.gross.minus(ledger.fees);
  const floating = floatingAt(bench.memory(), mark);
  const moved = wealth(bench, market, mark).minus(start);
  expect(
    moved.minus(grid).minus(floating).abs().lt("1e-9"),
    `${moved.toFixed()} = ${grid.toFixed()} + ${floating.toFixed()}`,
  ).toBe(true);
}

function signed(lot: { readonly way: string; readonly base: Big } | undefined): Big {
  if (lot === undefined) return new Big(0);
  return lot.way === "long" ? lot.base : lot.base.neg();
}

/** What the account is worth, by the exchange's own word. */
function wealth(bench: Bench, market: Instrument, mark: Big): Big {
  const quote = new Big(bench.balance("backpack", "USDC"));
  if (market.kind === "spot") return quote.plus(new Big(bench.balance("backpack", "ETH")).times(mark));
  const position = bench.exchange("backpack").positions("backpack")[0];
  return position === undefined
    ? quote
    : quote.plus(sizeToBig(market, lots(position.size)).times(mark)).minus(position.cost);
}

const kinds: readonly {
  readonly name: string;
  readonly market: Instrument;
  readonly params: Readonly<Record<string, unknown>>;
}[] = [
  { name: "spot", market: eth, params: {} },
  {
    name: "spot, trailing, compound, geometric",
    market: eth,
    params: { trailing: true, compound: true, kind: "geometric", ratioPct: "1" },
  },
  { name: "perp, short, a stop", market: ethPerp, params: { side: "short", stopLossPct: "1.5" } },
  { name: "perp, neutral", market: ethPerp, params: { side: "neutral" } },
  { name: "spot, a stop, inside", market: eth, params: { stopLossPct: "1", entry: "inside" } },
];

describe("S4, laws", () => {
  it.each(kinds.flatMap((kind) => [1, 2, 3].map((seed) => ({ ...kind, seed }))))(
    "$name, seed $seed: lots are the position, one order a slot, the budget holds, and profit is grid and floating",
    ({ market, params, seed }) => {
      const chance = random(seed);
      const perCell = new Big(200);
      const bench = layBench({
        market,
        balances: { USDC: "100000", ETH: "0" },
        params: {
          perCell: perCell.toFixed(),
          cells: 4,
          shiftAfterMs: 20_000,
          dailyLoss: "0",
          paceMs: 1_000,
          ...params,
        },
      });
      const mark = (price: number) => new Big(price).div(100);
      let price = 401_200;
      bench.run(5 * second);
      const start = wealth(bench, market, mark(price));
      for (let step = 0; step < 150; step++) {
        price += Math.round((chance.next() - 0.5) * 8_000);
        if (chance.next() < 0.3) {
          const side = chance.next() < 0.5 ? "sell" : "buy";
          const at = price + (side === "sell" ? -1 : 1) * Math.round(chance.next() * 4_000);
          bench.take(
            market.id,
            side,
            (0.0001 * (1 + Math.floor(chance.next() * 300))).toFixed(4),
            (at / 100).toFixed(2),
          );
        } else bench.price((price / 100).toFixed(2));
        bench.run(Math.round(chance.next() * 8_000));
        if (chance.next() < 0.05) bench.restart(Math.round(chance.next() * 20_000));
        bench.run(4 * second);
        const { bid, ask } = bench.engine.view.book(market.id);
        const now = new Big((bid?.[0] ?? 0) + (ask?.[0] ?? 0)).div(200);
        const earned = params["compound"] === true ? bench.memory().ledger.gross : new Big(0);
        check(bench, market, now, start, perCell.times(4).plus(earned));
      }
      expect(bench.memory().ledger.cycles).toBeGreaterThan(2);
      expect(bench.engine.view.halted).toBeUndefined();
    },
  );

  it.each([1, 2, 3, 4, 5, 6])(
    "with facts late, lost, twice and out of order (seed %i) it ends equal to the venue",
    (seed) => {
      const chance = random(seed);
      const rates = { lose: 0.05, delay: 0.2, delayMs: 2_000, twice: 0.2, reorder: 0.1 };
      const faults = { seed, market: { lose: 0.02 }, account: rates, answers: rates };
      const bench = layBench({
        market: eth,
        balances: { USDC: "100000", ETH: "0" },
        params: { perCell: "200", cells: 4, shiftAfterMs: 20_000, dailyLoss: "0", paceMs: 1_000 },
        seat: { faults },
      });
      bench.run(60 * second);
      const start = new Big("100000");
      let price = 401_200;
      for (let step = 0; step < 100; step++) {
        price += Math.round((chance.next() - 0.5) * 8_000);
        bench.price((price / 100).toFixed(2));
        bench.run(Math.round(chance.next() * 8_000));
      }
      bench.run(200 * second);
      const { bid, ask } = bench.engine.view.book(eth.id);
      check(bench, eth, new Big((bid?.[0] ?? 0) + (ask?.[0] ?? 0)).div(200), start, new Big(800));
      expect(bench.memory().ledger.buys).toBeGreaterThan(2);
      expect(bench.memory().ledger.buys + bench.memory().ledger.sells).toBe(
        bench.exchange("backpack").fills("backpack", eth.id).length,
      );
    },
  );
});
