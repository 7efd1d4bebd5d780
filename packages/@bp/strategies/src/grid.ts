// A grid on one instrument: cells that buy at their floor and sell each lot a little above its cost.
import { Big, type Event, gridsOf, lots, type Strategy, sizeToBig, type View, venueOf } from "@bp/core";
import { adopted } from "./grid/adopt.ts";
import { armed } from "./grid/arming.ts";
import { audited } from "./grid/audit.ts";
import { watched } from "./grid/bars.ts";
import { forgiven, weighed } from "./grid/equity.ts";
import { filled, onDay } from "./grid/fills.ts";
import { aimed } from "./grid/lots.ts";
import { type GridMemory, loopMs, nothingYet } from "./grid/memory.ts";
import { type GridParams, gridParams } from "./grid/params.ts";
import { wished } from "./grid/quotes.ts";
import { laid, shifted } from "./grid/shift.ts";
import { lotsWorth } from "./grid/sizing.ts";
import { remarksOn } from "./grid/status.ts";
import { stopped } from "./grid/stops.ts";
import { type Market, marketNow, markNow } from "./grid/touch.ts";

/**
 * Buys in cells and sells in the same cells.
 *
 * A cell opens while the price is above its floor: a post-only bid at the floor. What it fills rests for sale at once, at
 * `takeProfitPct` above its own cost, which nothing but the cell's own trades ever changes. A partial fill is sold while the
 * rest is still bid for. Orders of other cells are left alone. The lattice stays where it is until the price has been
 * beyond it by `shiftMarginPct` for `shiftAfterMs`, and then only empty cells move. New orders come one at a time, `paceMs`
 * apart; a sale answers its fill at once.
 *
 * Only own inventory is sold: a fee paid in base is not there to sell, and what is left of it stays with its cell until it
 * makes a whole lot. Largest position, the day's realised loss, the largest loss, stops of single lots and smaller orders
 * after losses are looked at on every beat and own trade, whatever the pace. While the book, the position or the link is
 * unknown, nothing is opened.
 */
export const grid: Strategy<GridParams, GridMemory> = {
  name: "grid",
  params: gridParams,
  changeable: ({ infinite }) => (infinite ? free : [...free, "perCell"]), // an infinite grid's stock is made of it
  adopt: adopted,
  instruments: (params) => [params.instrument],
  start: nothingYet,
  remember: (memory, event, view, params) => {
    const market = marketNow(view, params);
    const told = heard(memory, event, view, params);
    if (market === undefined || view.position(params.instrument) === undefined) return unopened(told);
    if (told === memory && isQuiet(memory, event, market)) return memory;
    const begun = told.anchor === undefined ? begin(told, view, params, market) : told;
    if (begun.anchor === undefined) return begun;
    const judged = stopped(risked(begun, event, view, params, market), view, params, market);
    if (judged.over !== undefined) return looked(quiet(judged), market);
    const placed = wished(
      armed(shifted(judged, view, params, market.price), view, params, market),
      view,
      params,
      market,
    );
    return looked(event.type === "timer.fired" ? audited(placed, view, params) : placed, market);
  },
  want: (view, memory, params) => {
    if (memory.over !== undefined) return nothing;
    const { hold, quotes } = memory;
    if (marketNow(view, params) === undefined) return exitsOf(memory);
    return hold === undefined ? quotes : [hold, ...quotes];
  },
  remarks: remarksOn,
  ends: (_, { over }) => (over === undefined ? undefined : { kind: "halt", why: over }),
};

const nothing: readonly never[] = [];

/** The lattice, its side and what fees are paid in are what cells and lots are made of: they stay. */
const free = [
  "takeProfitPct",
  "trailing",
  "compound",
  "maxPosition",
  "stopLossPct",
  "dailyLoss",
  "maxLossPct",
  "paceMs",
  "shiftMarginPct",
  "shiftAfterMs",
  "sizeFactors",
  "volatility",
  "auditMs",
  "slippagePct",
  "staleMs",
] as const satisfies readonly (keyof GridParams)[];

/** What an event tells beyond the market: own trades, the account, a person. */
function heard(memory: GridMemory, event: Event, view: View, params: GridParams): GridMemory {
  const next = filled(memory, view, params);
  if (event.type === "timer.fired" && view.now - next.loopAt >= loopMs) return { ...next, loopAt: view.now };
  if (event.type === "operator.asked" && event.ask === "resume") return forgiven(next);
  if (event.type !== "account.snapshot" || event.venue !== venueOf(params.instrument)) return next;
  const instrument = view.instrument(params.instrument);
  const { id, kind, quote } = instrument;
  const money = view.balance(event.venue, quote);
  if (kind === "perp" || money === undefined) return next;
  const listed = new Set(event.orders.map(({ clientId }) => clientId));
  let foreign = money.total.minus(money.free);
  for (const order of view.orders(id))
    if (order.side === "buy" && listed.has(order.clientId))
      foreign = foreign.minus(gridsOf(instrument).unit.times(order.price * (order.size - order.filled)));
  if (foreign.lt(0)) foreign = new Big(0);
  return foreign.eq(next.foreign) ? next : { ...next, foreign };
}

/** A fact about the market that moved neither the touch nor the last price. */
function isQuiet({ seen }: GridMemory, event: Event, { bid, ask, price }: Market): boolean {
  if (seen.bid !== bid || seen.ask !== ask || seen.last !== price) return false;
  return event.type === "book.changed" || event.type === "book.reset" || event.type === "trade.printed";
}

/** The lattice around the first price, what is adopted, and the stock that an infinite grid needs. */
function begin(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  const holding = view.holding(params.instrument);
  const instrument = view.instrument(params.instrument);
  if (holding === undefined || view.balance(venueOf(instrument.id), instrument.quote) === undefined) return memory;
  const next = laid(memory, instrument, params, market.price);
  const adopted = lots(Math.abs(holding.size));
  const way = holding.size < 0 ? "short" : "long";
  const lot = { way, base: sizeToBig(instrument, adopted), cost: holding.cost.abs(), size: adopted } as const;
  const core = adopted === 0 ? undefined : aimed(instrument, lot, params, undefined);
  const stock = params.infinite ? lots(lotsWorth(params, instrument, market.price)) : undefined;
  return { ...next, core, stock };
}

/** Equity, the day and the bars, as far as the event can have moved them. */
function risked(memory: GridMemory, event: Event, view: View, params: GridParams, market: Market): GridMemory {
  const price = (market.bid + market.ask) / 2;
  const bars = params.volatility.enabled ? watched(memory.bars, view.now, price, params.volatility) : memory.bars;
  const ledger = onDay(memory.ledger, view.now);
  const next = bars === memory.bars && ledger === memory.ledger ? memory : { ...memory, bars, ledger };
  const { type } = event;
  const isTold = type === "timer.fired" || type === "mark.changed" || type === "params.changed";
  const moves = isTold || view.fills().length > 0;
  if (!moves && next.equity !== undefined) return next;
  return weighed(next, view, params, markNow(view, params, market));
}

/** While the market is unknown only what closes is wished; what opens comes back one by one. */
function unopened(memory: GridMemory): GridMemory {
  const quotes = exitsOf(memory);
  return quotes === memory.quotes && memory.hold === undefined ? memory : { ...memory, quotes, hold: undefined };
}

function exitsOf({ quotes, cells, core }: GridMemory): GridMemory["quotes"] {
  const closes = new Set(
    cells.flatMap(({ index, lot }) =>
      lot === undefined ? [] : [`cell.${index}.${lot.way === "long" ? "sell" : "buy"}`],
    ),
  );
  if (core !== undefined) closes.add(`core.${core.way === "long" ? "sell" : "buy"}`);
  return quotes.every(({ slot }) => closes.has(slot)) ? quotes : quotes.filter(({ slot }) => closes.has(slot));
}

function quiet(memory: GridMemory): GridMemory {
  if (memory.quotes.length === 0 && memory.hold === undefined) return memory;
  return { ...memory, quotes: nothing, hold: undefined };
}

function looked(memory: GridMemory, { bid, ask, price }: Market): GridMemory {
  const { seen } = memory;
  if (seen.bid === bid && seen.ask === ask && seen.last === price) return memory;
  return { ...memory, seen: { bid, ask, last: price } };
}
