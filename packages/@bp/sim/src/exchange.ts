// The exchange: accounts and markets behind one door, and time that moves only when told to.
import { BpError, decimal, type Instrument, type InstrumentId, lots, type Millis } from "@bp/core";
import { createAccount, feesOf, leverageOf, pay, walletOf } from "./account.ts";
import { amend } from "./amend.ts";
import type { Exchange, ExchangeOptions, LedgerLine, MarginBracket, MarketHands, RowHands } from "./contract.ts";
import { accountOf, book, type Floor, marketOf, say, tell } from "./floor.ts";
import { payFunding, setMark, stampAfter } from "./funding.ts";
import { addMargin } from "./isolated.ts";
import { liquidateIfDue } from "./liquidation.ts";
import { covers, marginOf } from "./margin.ts";
import { bookOf, createMarket, isTouched, setLost, touch } from "./market.ts";
import { createMatcher } from "./matching.ts";
import { printsOnly } from "./models/queue.ts";
import { fraction, money, none, text } from "./money.ts";
import { netOf, restingOf } from "./net.ts";
import { ended, pictureOf } from "./order.ts";
import { positionOf } from "./positions.ts";
import { refuseChange } from "./refuse.ts";
import { setLeverage, setMarginType, setMultiAssets, setPositionMode } from "./settings.ts";
import { print, settle, withdraw } from "./settle.ts";
import type { Account, Market, Worth } from "./state.ts";
import { othersAt } from "./tape/hollow.ts";
import { createRecordedBook } from "./tape/recordedBook.ts";
import { cancel, cancelAnonymous, execute, find, place, placeAnonymous } from "./trading.ts";
import { fireDue, placeWaiting } from "./triggers.ts";

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
    addMarket(floor, instrument, options.brackets?.[instrument.id]);
  }
  const stamps = nextStamps(floor);
  source.attach(handsOf(floor));
  tell(floor);

  let stamp = soonest(stamps); // the next funding
  let acting: Millis | undefined; // when the source acts next

  /** When something happens next; `Infinity`: never. */
  const upcoming = (): number => {
    const waiting = floor.waiting[0];
    acting = source.nextAt();
    const first = waiting === undefined ? Infinity : waiting.liveAt + floor.rules.takerDelayMs;
    const second = acting ?? Infinity;
    return Math.min(first, second, stamp);
  };
  /** Does what is due at a moment: of equal ones waiting orders first, then the market, then funding. */
  const happen = (at: number): void => {
    const waiting = floor.waiting[0];
    if (waiting !== undefined && waiting.liveAt + floor.rules.takerDelayMs === at) runWaiting(floor);
    else if (acting === at) source.act();
    else {
      runFunding(floor, stamps);
      stamp = soonest(stamps);
    }
  };

  const exchange: Exchange = {
    get instruments() {
      return [...floor.markets.values()].map((market) => market.instrument);
    },
    accounts: floor.accounts.map((account) => account.name),
    now: () => floor.now,
    nextAt: () => {
      const at = upcoming();
      return at === Infinity ? undefined : (Math.max(at, floor.now) as Millis); // of whole moments
    },
    advance: (to) => {
      for (;;) {
        const at = upcoming();
        if (at === Infinity || at > to) break;
        if (at > floor.now) floor.now = at as Millis; // of whole moments
        floor.acting = true;
        try {
          happen(at);
        } finally {
          floor.acting = false;
          finish(floor); // what happened before a source failed, happened
        }
      }
      if (to > floor.now) floor.now = to;
    },
    listen: (listener, { positions = true } = {}) => {
      floor.listeners.add(listener);
      if (positions) floor.positionsFor.add(listener);
      return () => {
        floor.listeners.delete(listener);
        floor.positionsFor.delete(listener);
      };
    },
    place: (name, request) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(request.instrument);
      if (market === undefined)
        return { ok: false, refusal: "unknown-instrument", text: `Invalid market ${request.instrument}` };
      const waits = request.trigger !== undefined || request.trailing !== undefined;
      const result = (waits ? placeWaiting : place)(floor, account, market, request);
      finish(floor);
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
    amend: (name, which, change) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(which.instrument);
      if (market === undefined)
        return { ok: false, refusal: "unknown-instrument", text: `Invalid market ${which.instrument}` };
      const result = amend(floor, market, find(account, market, which), change);
      finish(floor);
      return result;
    },
    cancelAll: (name, id, which) => {
      const account = accountOf(floor, name);
      const market = marketOf(floor, id);
      if (market.instrument.state === "closed") return [];
      const orders = [...account.open.values()].filter(
        (order) =>
          order.market === market && (which === undefined || (order.wait === undefined) === (which === "resting")),
      );
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
    fills: (name, id) => {
      const all = accountOf(floor, name).fills.oldestFirst();
      return id === undefined ? all : all.filter((fill) => fill.instrument === id);
    },
    balances: (name) =>
      [...accountOf(floor, name).wallets.values()].map(({ asset, total, locked }) => ({
        asset,
        total: text(total),
        locked: text(locked),
      })),
    positions: (name) => {
      const account = accountOf(floor, name);
      return account.holdings.flatMap((holding) => (holding.position.size === 0 ? [] : [positionOf(account, holding)]));
    },
    margin: (name, asset) => {
      const account = accountOf(floor, name);
      const { equity, initial, maintenance, available } = marginOf(account, asset ?? settlementOf(floor, account));
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
      return { ...feesOf(account, marketOf(floor, id).instrument), leverage: leverageOf(account, marketOf(floor, id)) };
    },
    setLeverage: (name, leverage, id) => {
      const account = accountOf(floor, name);
      const market = id === undefined ? undefined : floor.markets.get(id);
      if (id !== undefined && market === undefined) return unknown(id);
      return setLeverage(account, leverage, market, floor.rules.maxLeverage);
    },
    positionMode: (name) => accountOf(floor, name).mode,
    setPositionMode: (name, mode) => setPositionMode(accountOf(floor, name), mode),
    marginType: (name, id) => (accountOf(floor, name).isolated.has(marketOf(floor, id)) ? "isolated" : "cross"),
    setMarginType: (name, id, type) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(id);
      return market === undefined ? unknown(id) : setMarginType(account, market, type);
    },
    addIsolated: (name, id, amount, side) => {
      const account = accountOf(floor, name);
      const market = floor.markets.get(id);
      if (market === undefined) return unknown(id);
      const result = addMargin(account, market, account.held[side ?? "net"].get(market), money(decimal(amount)));
      finish(floor);
      return result;
    },
    multiAssets: (name) => accountOf(floor, name).multiAssets,
    setMultiAssets: (name, on) => setMultiAssets(accountOf(floor, name), on),
    transfer: (from, to, asset, amount) => {
      const [giver, taker] = [accountOf(floor, from), accountOf(floor, to)];
      const value = money(decimal(amount));
      if (!value.gt(none) || !covers(giver, asset, value)) return false;
      pay(giver, asset, value.times(-1));
      pay(taker, asset, value);
      finish(floor);
      return true;
    },
    ledger: () => ledgerOf(floor),
  };
  return exchange;
}

function createFloor(options: ExchangeOptions): Floor {
  const collateral = collateralOf(options);
  const accounts = options.accounts.map((sketch, index) => createAccount(sketch, index, collateral, options.remembers));
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
      maxWaitingOrders: options.maxWaitingOrders ?? 100,
      maxLeverage: options.maxLeverage ?? 50,
      takerDelayMs: options.takerDelayMs ?? 0,
      marketImpact: options.marketImpact ?? 0.01,
      liquidationFee,
      queue: options.queue ?? printsOnly,
    },
    orders: 0,
    others: new Map(),
    waiting: [],
    due: [],
    books: { others: new Map(), house: new Map(), deposits: new Map() },
    changed: new Set(),
    outbox: [],
    listeners: new Set(),
    positionsFor: new Set(),
    telling: false,
    acting: false,
  };
  for (const account of accounts)
    for (const wallet of account.wallets.values()) book(floor.books.deposits, wallet.asset, wallet.total);
  return floor;
}

function collateralOf({ collateral }: ExchangeOptions): ReadonlyMap<string, Worth> {
  return new Map(
    Object.entries(collateral ?? {}).map(([asset, { weight, price }]) => {
      if (!(weight >= 0 && weight <= 1 && price > 0))
        throw new BpError("sim/bad-market", { why: `collateral ${asset}: weight ${weight}, price ${price}` });
      return [asset, { weight: money(weight), price: money(price) }];
    }),
  );
}

/** What margin is asked for when nobody says which. */
function settlementOf(floor: Floor, account: Account): string {
  const [holding] = account.holdings;
  if (holding !== undefined) return holding.market.instrument.quote;
  const markets = [...floor.markets.values()];
  return (markets.find(({ instrument }) => instrument.kind === "perp") ?? markets[0])?.instrument.quote ?? "USDC";
}

function unknown(id: string) {
  return refuseChange("unknown-instrument", `Invalid market ${id}`);
}

/** Ends an operation: orders whose trigger it met fire, then everybody hears of all of it. */
function finish(floor: Floor): void {
  if (floor.due.length > 0) fireDue(floor);
  tell(floor);
}

function addMarket(floor: Floor, instrument: Instrument, brackets: readonly MarginBracket[] | undefined): void {
  const matcher = createMatcher((slot, tag, price, size, rest) => {
    const { taker } = market;
    if (taker === undefined) return; // nothing trades outside of a match
    const maker = market.orders[slot];
    if (maker === undefined && rest === 0 && tag > 0) floor.others.delete(tag);
    settle(floor, market, taker, maker, tag > 0 ? tag : ++floor.orders, price, size);
  });
  const recorded = createRecordedBook({
    matcher,
    queue: floor.rules.queue,
    touched: (side, price) => {
      if (!isTouched(market)) floor.changed.add(market);
      touch(market, side, price);
    },
    fill: (side, slot, size) => {
      if (market.recordedTaker === 0) market.recordedTaker = ++floor.orders;
      market.taker = { side, number: market.recordedTaker, order: undefined, penalty: undefined };
      matcher.fill(slot, size);
      market.taker = undefined;
    },
    gone: (tag) => void floor.others.delete(tag),
  });
  const market: Market = createMarket(instrument, brackets, matcher, recorded);
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

function soonest(stamps: ReadonlyMap<Market, Millis>): number {
  return Math.min(Infinity, ...stamps.values());
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

/** A market in the hands of a recording. */
function rowsOf(floor: Floor, market: Market): RowHands {
  const { recorded, matcher } = market;
  return {
    get bid() {
      return matcher.bid;
    },
    get ask() {
      return matcher.ask;
    },
    level: (side, price, size) => {
      market.recordedTaker = 0;
      recorded.level(side, price, size);
    },
    tryLevel: (side, price, size) => {
      market.recordedTaker = 0;
      return recorded.tryLevel(side, price, size);
    },
    levelAt: (price) => othersAt(matcher, price),
    hollow: (side, price, size) => {
      const level = market.hollow[side];
      level.price = price;
      level.size = size;
    },
    below: (price) => matcher.below(price),
    above: (price) => matcher.above(price),
    print: (price, size, taker) => {
      const number = ++floor.orders;
      const resting = ++floor.orders;
      market.recordedTaker = number;
      const open = recorded.print(price, size, taker);
      if (open > 0) print(floor, market, price, open, taker, number, resting);
    },
    lost: (isLost) => {
      if (market.lost === isLost) return;
      setLost(market, isLost);
      floor.changed.add(market);
    },
  };
}

/** What a market source may do. Facts are told when its act is over, in order. */
function handsOf(floor: Floor): MarketHands {
  const rows = new Map([...floor.markets.values()].map((market) => [market, rowsOf(floor, market)]));
  const at = (id: InstrumentId): RowHands => {
    const market = marketOf(floor, id);
    const found = rows.get(market) ?? rowsOf(floor, market);
    rows.set(market, found);
    return found;
  };
  return {
    now: () => floor.now,
    book: (id, depth = Infinity) => bookOf(marketOf(floor, id), depth, floor.now),
    place: (request) => {
      const number = placeAnonymous(floor, marketOf(floor, request.instrument), request);
      if (!floor.acting) finish(floor); // one depth fact for all changes of an act
      return number === undefined ? undefined : String(number);
    },
    cancel: (id) => {
      cancelAnonymous(floor, Number(id));
      if (!floor.acting) finish(floor);
    },
    rest: (id) => {
      const found = floor.others.get(Number(id));
      if (found === undefined || found.market.matcher.tagOf(found.slot) !== Number(id)) return lots(0);
      return lots(found.market.matcher.sizeOf(found.slot));
    },
    level: (id, side, price, size) => {
      at(id).level(side === "bid" ? "buy" : "sell", price, size);
      if (!floor.acting) finish(floor);
    },
    print: (id, price, size, taker) => {
      at(id).print(price, size, taker);
      if (!floor.acting) finish(floor);
    },
    mark: (id, mark, index, funding) => {
      setMark(floor, marketOf(floor, id), mark, index, funding);
      if (floor.due.length > 0) fireDue(floor); // a stop comes before a liquidation
      for (const account of floor.accounts) liquidateIfDue(floor, account);
      if (!floor.acting) finish(floor);
    },
    rows: at,
    net: (id) => netOf(floor, marketOf(floor, id)),
    resting: (id) => restingOf(floor, marketOf(floor, id)),
  };
}

function ledgerOf(floor: Floor): readonly LedgerLine[] {
  const { others, house, deposits } = floor.books;
  const assets = new Set([...deposits.keys(), ...others.keys(), ...house.keys()]);
  return [...assets].toSorted().map((asset) => {
    let accounts = none;
    for (const account of floor.accounts) {
      accounts = accounts.plus(account.wallets.get(asset)?.total ?? none);
      for (const { market, isolated } of account.holdings)
        if (market.instrument.quote === asset) accounts = accounts.plus(isolated);
    }
    return {
      asset,
      accounts: text(accounts),
      others: text(others.get(asset) ?? none),
      house: text(house.get(asset) ?? none),
      deposits: text(deposits.get(asset) ?? none),
    };
  });
}
