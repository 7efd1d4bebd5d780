// Values with which each strategy trades on the sandbox: what a form begins with.

/** By strategy; those that are missing here are not started from a form. */
export const formExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  maker: {
    instrument: "backpack:SOL_USDC_PERP",
    spreadPct: 0.2,
    quantity: 0.5,
    maxOrders: 3,
    intervalMs: 5_000,
    maxPosition: 6,
    positionThreshold: 2,
    inventorySkew: 0.5,
    stopLoss: 25,
  },
  grid: {
    instrument: "backpack:ETH_USDC",
    interval: 40,
    cells: 3,
    perCell: 50,
    takeProfitPct: 0.4,
    maxPosition: 1_000,
    maxLossPct: 5,
    dailyLoss: 200,
  },
  ladder: {
    instrument: "backpack:BTC_USDC",
    totalAmount: 1_000,
    orderCount: 9,
    maxDropPct: 7,
    incrementPct: 50,
    takeProfitPct: 0.2,
    onMaxDrop: "alert",
  },
  hedge: {
    lead: "backpack:ASTER_USDC_PERP",
    hedge: "aster-futures:ASTERUSDT",
    quantity: 10,
    offsetPct: 0.2,
    betweenLegsMs: 60_000,
    cycleMs: 60_000,
    minEdgePct: 0.01,
  },
  "dual-hedge": {
    long: "backpack:SOL_USDC_PERP",
    short: "backpack-2:SOL_USDC_PERP",
    amount: 100,
    holdMs: 30_000,
    cycles: 10,
  },
  single: { instrument: "backpack:SOL_USDC_PERP", amount: 100, ageMs: 10_000 },
};
