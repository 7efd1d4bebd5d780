// The exchange: accounts and markets behind one door, and time that moves only when told to.
import { BpError, decimal, type Instrument, lots, type Millis, millis } from "@bp/core";
import { createAccount, feesOf, pay, walletOf } from "./account.ts";
import type { Exchange, ExchangeOptions, LedgerLine, MarketHands } from "./contract.ts";
import { accountOf, book, type Floor, marketOf, say, tell } from "./floor.ts";
import { payFunding, setMark, stampAfter } from "./funding.ts";
import { liquidateIfDue } from "./liquidation.ts";
import { marginOf, positionOf } from "./margin.ts";
import { bookOf, createMarket } from "./market.ts";
import { printsOnly } from "./models/queue.ts";
import { fraction, money, none, text } from "./money.ts";
import { ended, pictureOf } from "./order.ts";
import { settle, withdraw } from "./settle.ts";
import type { Market } from "./state.ts";
import { printTape, setLevel } from "./tape.ts";
import { cancel, cancelAnonymous, execute, find, place, placeAnonymous } from "./trading.ts";

/**
 * An exchange in memory. Pure: the same options and the same calls give the same facts.
 *
 * Order numbers are one sequence, given to anonymous orders too. Within one operation facts come in this order: what
 * happened to the order (accepted, then print and fills alternating, then its end), positions, balances, depth.
 *
 * @throws BpError `sim/bad-market` for two accounts or markets of one name, or options that cannot be
 */
export function createExchange(options: ExchangeOptions): Exchange {
  const floor = createFloor(options);
  const { market: source } = options;
  for (const instrument of source.instruments) {
    if (floor.markets.has(instrument.id))
      throw new BpError("sim/bad-market", { why: `${instrument.id} is listed twice` });
    addMarket(floor, instrument);
  }
  const stamps = nextStamps(floor);
  source.attach(handsOf(floor));
  tell(floor);

  /** What comes first: 0 waiting orders, 1 the market, 2 funding; -1 nothing. */
  const upcoming = (): { readonly at: number; readonly what: number } => {
    const waiting = floor.waiting[0];
    let at = waiting === undefined ? Infinity : waiting.createdAt + floor.rules.takerDelayMs;
    let what = waiting === undefined ? -1 : 0;
    const acting = source.nextAt();
    if (acting !== undefined && acting < at) {
      at = acting;
      what = 1;
    }
    for (const stamp of stamps.values())
      if (stamp < at) {
        at = stamp;
        what = 2;
      }
    return { at, what };
  };

  const exchange: Exchange = {
    get instruments() {
      return [...floor.markets.values()].map((market) => market.instrument);
    },
    accounts: floor.accounts.map((account) => account.name),
    now: () => floor.now,
    nextAt: () => {
      const { at, what } = upcoming();
      return what < 0 ? undefined : millis(Math.max(at, floor.now));
    },
    advance: (to) => {
      for (;;) {
        const { at, what } = upcoming();
        if (what < 0 || at > to) break;
        if (at > floor.now) floor.now = millis(at);
        floor.acting = true;
        try {
          if (what === 0) runWaiting(floor);
          else if (what === 1) source.act();
          else runFunding(floor, stamps);
        } finally {
          floor.acting = false;
          tell(floor); // what happened before a source failed, happened
        }
      }
      if (to > floor.now) floor.now = to;
    },
    listen: (listener) => {
      floor.listeners.add(listener);
      return () => void floor.listeners.delete(listener);
    },
    place: (name, request) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(request.instrument);
      if (market === undefined)
        return { ok: false, refusal: "unknown-instrument", text: `Invalid market ${request.instrument}` };
      const result = place(floor, account, market, request);
      tell(floor);
      return result;
    },
    cancel: (name, which) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(which.instrument);
      if (market === undefined)
        return { ok: false, refusal: "unknown-instrument", text: `Invalid market ${which.instrument}` };
      const result = cancel(floor, market, find(account, market, which));
      tell(floor);
      return result;
    },
    cancelAll: (name, id) => {
      const account = accountOf(floor, name);
      const market = marketOf(floor, id);
      if (market.instrument.state === "closed") return [];
      const orders = [...account.open.values()].filter((order) => order.market === market);
      for (const order of orders) withdraw(floor, order);
      tell(floor);
      return orders.map(pictureOf);
    },
    order: (name, which) => {
      const order = find(accountOf(floor, name), marketOf(floor, which.instrument), which);
      return order === undefined ? undefined : pictureOf(order);
    },
    openOrders: (name, id) =>
      [...accountOf(floor, name).open.values()]
        .filter((order) => id === undefined || order.market.id === id)
        .map(pictureOf),
    orderHistory: (name, id) => {
      const account = accountOf(floor, name);
      const all = [...[...account.open.values()].toReversed().map(pictureOf), ...account.ended.newestFirst()];
      return all
        .filter((order) => id === undefined || order.instrument === id)
        .toSorted((a, b) => Number(b.id) - Number(a.id))
        .slice(0, 10_000);
    },
    fills: (name, id) =>
      accountOf(floor, name)
        .fills.oldestFirst()
        .filter((fill) => id === undefined || fill.instrument === id),
    balances: (name) =>
      [...accountOf(floor, name).wallets.values()].map(({ asset, total, locked }) => ({
        asset,
        total: text(total),
        locked: text(locked),
      })),
    positions: (name) =>
      [...accountOf(floor, name).holdings.values()].filter((holding) => holding.position.size !== 0).map(positionOf),
    margin: (name) => {
      const { equity, initial, maintenance, available } = marginOf(accountOf(floor, name));
      return {
        equity: text(equity),
        initial: text(initial),
        maintenance: text(maintenance),
        available: text(available),
      };
    },
    fundingPayments: (name) => accountOf(floor, name).payments.oldestFirst(),
    book: (id, depth = Infinity) => bookOf(marketOf(floor, id), depth, floor.now),
    trades: (id) => marketOf(floor, id).trades.newestFirst(),
    mark: (id) => marketOf(floor, id).mark,
    setInstrument: (instrument) => {
      const market = marketOf(floor, instrument.id);
      const { tickSize, lotSize } = market.instrument;
      if (tickSize !== instrument.tickSize || lotSize !== instrument.lotSize)
        throw new BpError("sim/bad-market", { why: `${instrument.id} cannot change its tick or lot while it is open` });
      market.instrument = instrument;
      say(floor, { at: floor.now, type: "instrument", instrument });
      tell(floor);
    },
    credit: (name, asset, amount) => {
      const account = accountOf(floor, name);
      const value = money(decimal(amount));
      if (walletOf(account, asset).total.plus(value).lt(0))
        throw new BpError("sim/bad-market", { why: `account ${name} does not have ${amount} ${asset}` });
      pay(account, asset, value);
      book(floor.books.deposits, asset, value);
      tell(floor);
    },
    terms: (name, id) => {
      const account = accountOf(floor, name);
      return { ...feesOf(account, marketOf(floor, id).instrument), leverage: account.leverage };
    },
    setLeverage: (name, leverage) => {
      if (!(leverage >= 1 && leverage <= 50))
        throw new BpError("sim/bad-market", { why: `leverage ${leverage} is not 1 to 50` });
      accountOf(floor, name).leverage = leverage;
    },
    ledger: () => ledgerOf(floor),
  };
  return exchange;
}

function createFloor(options: ExchangeOptions): Floor {
  const accounts = options.accounts.map(createAccount);
  const byName = new Map(accounts.map((account) => [account.name, account]));
  if (byName.size < accounts.length) throw new BpError("sim/bad-market", { why: "two accounts have the same name" });
  const liquidationFee = options.liquidationFee ?? "0.01";
  if (fraction(liquidationFee) === undefined)
    throw new BpError("sim/bad-market", { why: `liquidation fee ${liquidationFee}` });
  const floor: Floor = {
    now: options.start,
    accounts,
    byName,
    markets: new Map(),
    rules: {
      maxOpenOrders: options.maxOpenOrders ?? 200,
      takerDelayMs: options.takerDelayMs ?? 0,
      marketImpact: options.marketImpact ?? 0.01,
      liquidationFee,
      queue: options.queue ?? printsOnly,
    },
    orders: 0,
    others: new Map(),
    waiting: [],
    books: { others: new Map(), house: new Map(), deposits: new Map() },
    changed: new Set(),
    outbox: [],
    listeners: new Set(),
    telling: false,
    acting: false,
  };
  for (const account of accounts)
    for (const wallet of account.wallets.values()) book(floor.books.deposits, wallet.asset, wallet.total);
  return floor;
}

function addMarket(floor: Floor, instrument: Instrument): void {
  const market: Market = createMarket(instrument, (slot, tag, price, size, rest) => {
    const { taker } = market;
    if (taker === undefined) return; // nothing trades outside of a match
    const maker = market.orders[slot];
    if (maker === undefined && rest === 0 && tag > 0) floor.others.delete(tag);
    settle(floor, market, taker, maker, tag > 0 ? tag : ++floor.orders, price, size);
  });
  floor.markets.set(instrument.id, market);
}

function nextStamps(floor: Floor): Map<Market, Millis> {
  const stamps = new Map<Market, Millis>();
  for (const market of floor.markets.values()) {
    const { kind, fundingIntervalMs } = market.instrument;
    if (kind === "perp" && fundingIntervalMs !== undefined)
      stamps.set(market, stampAfter(floor.now, fundingIntervalMs));
  }
  return stamps;
}

function runWaiting(floor: Floor): void {
  const order = floor.waiting.shift();
  if (order === undefined || ended(order)) return;
  const { state } = order.market.instrument;
  if (state === "closed" || state === "cancel-only")
    withdraw(floor, order); // the market closed while it waited
  else execute(floor, order);
}

function runFunding(floor: Floor, stamps: Map<Market, Millis>): void {
  for (const [market, stamp] of stamps) {
    if (stamp > floor.now) continue;
    payFunding(floor, market);
    stamps.set(market, stampAfter(floor.now, market.instrument.fundingIntervalMs ?? 3_600_000));
  }
  for (const account of floor.accounts) liquidateIfDue(floor, account);
}

/** What a market source may do. Facts are told when its act is over, in order. */
function handsOf(floor: Floor): MarketHands {
  return {
    now: () => floor.now,
    book: (id, depth = Infinity) => bookOf(marketOf(floor, id), depth, floor.now),
    place: (request) => {
      const number = placeAnonymous(floor, marketOf(floor, request.instrument), request);
      if (!floor.acting) tell(floor); // one depth fact for all changes of an act
      return number === undefined ? undefined : String(number);
    },
    cancel: (id) => {
      cancelAnonymous(floor, Number(id));
      if (!floor.acting) tell(floor);
    },
    rest: (id) => {
      const found = floor.others.get(Number(id));
      if (found === undefined || found.market.matcher.tagOf(found.slot) !== Number(id)) return lots(0);
      return lots(found.market.matcher.sizeOf(found.slot));
    },
    level: (id, side, price, size) => {
      setLevel(floor, marketOf(floor, id), side === "bid" ? "buy" : "sell", price, size);
      if (!floor.acting) tell(floor);
    },
    print: (id, price, size, taker) => {
      printTape(floor, marketOf(floor, id), price, size, taker);
      if (!floor.acting) tell(floor);
    },
    mark: (id, mark, index, funding) => {
      setMark(floor, marketOf(floor, id), mark, index, funding);
      for (const account of floor.accounts) liquidateIfDue(floor, account);
      if (!floor.acting) tell(floor);
    },
  };
}

function ledgerOf(floor: Floor): readonly LedgerLine[] {
  const { others, house, deposits } = floor.books;
  const assets = new Set([...deposits.keys(), ...others.keys(), ...house.keys()]);
  return [...assets].toSorted().map((asset) => {
    let accounts = none;
    for (const account of floor.accounts) accounts = accounts.plus(account.wallets.get(asset)?.total ?? none);
    return {
      asset,
      accounts: text(accounts),
      others: text(others.get(asset) ?? none),
      house: text(house.get(asset) ?? none),
      deposits: text(deposits.get(asset) ?? none),
    };
  });
}
