// A frame to be shown where no bot runs.
import type { Frame } from "dashboard/contract";

/** One of a maker on the sandbox. @param over - what is to be otherwise */
export function frameFixture(over: Partial<Frame> = {}): Frame {
  const at = over.at ?? Date.UTC(2026, 0, 1);
  return {
    at,
    seq: 1,
    run: {
      id: "run-1",
      place: "sandbox",
      state: "running",
      lasts: false,
      resumed: false,
      began: at,
      marketNow: at,
      speed: 1,
      about: "a sandbox",
      strategy: "maker",
      name: "maker",
      version: "0.1.0",
      hasJournal: true,
    },
    markets: [
      {
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
        bookAt: at,
        bids: [["100.00", "5"]],
        asks: [["100.02", "4"]],
        position: { size: "1.5", realized: "3", fees: "-0.1", funding: "0.01" },
        orders: [],
      },
    ],
    accounts: [
      {
        venue: "backpack",
        name: "sandbox/backpack",
        market: { state: "up", since: at, lost: 0 },
        account: { state: "up", since: at, lost: 1 },
        balances: [{ asset: "USDC", total: "1000", free: "900" }],
        skewMs: 12,
        budgets: [
          {
            host: "127.0.0.1",
            counts: "requests",
            perMs: 60_000,
            used: 10,
            capacity: 100,
            lanes: [{ lane: "orders", free: 90 }],
            pausedMs: 0,
          },
        ],
      },
    ],
    strategies: [],
    pairs: [],
    money: {
      quote: "USDC",
      net: "2.5",
      realized: "3",
      unrealized: "-0.5",
      fees: "-0.1",
      funding: "0.01",
      volume: "1000",
      fills: 7,
      maxDrawdown: "1",
      drawdown: "0",
      spread: "1",
      markouts: [{ horizonMs: 1_000, bps: -0.4, fills: 7 }],
      orders: { placed: 9, cancelled: 2, rejected: 0, unknown: 0 },
    },
    loop: { eventsPerSecond: 40, stepP50Us: 100, stepP99Us: 400, lateMs: 2, journalSlow: false },
    warnings: [],
    ...over,
  };
}
