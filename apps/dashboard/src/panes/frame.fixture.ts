// Frames for the tests of the panes: one market with everything known, and parts to change.
import type { Frame, MarketNow, OrderNow } from "../contract/index.ts";

/** 2026-03-01T12:00:00Z */
export const noon = Date.UTC(2026, 2, 1, 12);

/** A resting buy of 2 at 150.10. */
export const anOrder = (more: Partial<OrderNow> = {}): OrderNow => ({
  clientId: 7,
  slot: "maker/bid",
  side: "buy",
  price: "150.10",
  size: "2",
  filled: "0.5",
  state: "open",
  placedAt: noon - 4_000,
  postOnly: true,
  reduceOnly: false,
  ahead: "3.2",
  ...more,
});

/** A perpetual in which 1.5 is held. */
export const aMarket = (more: Partial<MarketNow> = {}): MarketNow => ({
  id: "backpack:SOL_USDC_PERP",
  venue: "backpack",
  symbol: "SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
  makerFee: "0.0002",
  takerFee: "0.0005",
  bookIsValid: true,
  bookAt: noon - 300,
  bids: [
    ["150.10", "12"],
    ["150.09", "30"],
  ],
  asks: [
    ["150.12", "8"],
    ["150.13", "25"],
  ],
  last: "150.11",
  mark: "150.11",
  index: "150.10",
  fundingRate: 0.0001,
  fundingAt: noon + 3_600_000,
  position: {
    size: "1.5",
    entry: "149.90",
    unrealized: "0.315",
    realized: "1.2",
    fees: "0.4",
    funding: "-0.02",
    liquidation: "91.40",
  },
  external: "0",
  orders: [
    anOrder(),
    anOrder({ clientId: 8, slot: "maker/ask", side: "sell", price: "150.13", filled: "0", ahead: "20" }),
  ],
  ...more,
});

/** A frame of a run that does well. */
export const aFrame = (more: Partial<Frame> = {}): Frame => ({
  at: noon,
  seq: 4_012,
  run: {
    id: "run-1",
    place: "sandbox",
    state: "running",
    lasts: true,
    resumed: false,
    began: noon - 600_000,
    marketNow: noon,
    speed: 1,
    about: "sandbox",
    strategy: "maker",
    name: "maker",
    version: "0.1.0",
    hasJournal: true,
  },
  markets: [aMarket()],
  accounts: [],
  strategies: [],
  pairs: [],
  money: {
    quote: "USDC",
    net: "1.095",
    realized: "1.2",
    unrealized: "0.315",
    fees: "0.4",
    funding: "-0.02",
    volume: "8200",
    fills: 41,
    costPer10k: "-1.335",
    makerShare: 0.98,
    maxDrawdown: "0.9",
    drawdown: "0.1",
    spread: "2.4",
    markouts: [
      { horizonMs: 1_000, bps: 0.4, fills: 41 },
      { horizonMs: 10_000, bps: -0.9, fills: 38 },
      { horizonMs: 60_000, fills: 0 },
    ],
    quotedBoth: 0.93,
    orders: { placed: 300, cancelled: 250, rejected: 2, unknown: 0 },
  },
  loop: { eventsPerSecond: 41, stepP50Us: 38, stepP99Us: 210, lateMs: 3, journalSlow: false },
  warnings: [],
  ...more,
});
