// For the test of all endpoints: what each is asked, after what, and which sample its answer has to match.
import type { Scene } from "./scene.fixture.ts";

/** One endpoint of the client. */
export interface Row {
  /** `group.endpoint`. */
  readonly name: string;
  /** Brings about what the call needs; gives its parameters. */
  readonly ask: (scene: Scene) => unknown;
  /** A file in `fixtures/`, or whether an answer without one is good. */
  readonly answer: string | ((value: unknown) => boolean);
  /** Who asks; default: alice. */
  readonly by?: "bob";
}

const row = (name: string, answer: Row["answer"], ask: Row["ask"] = () => undefined, by?: "bob"): Row =>
  by === undefined ? { name, answer, ask } : { name, answer, ask, by };

const spot = "SOL_USDC";
const perp = "SOL_USDC_PERP";
const rfqSymbol = "SOL_USDC_RFQ";
const none = (value: unknown) => value === undefined;
const bid = { symbol: spot, side: "Bid", orderType: "Limit", price: "90", quantity: "1", postOnly: true } as const;
const slices = {
  strategyType: "Scheduled",
  symbol: spot,
  side: "Bid",
  quantity: "10",
  duration: 3_600_000,
  interval: 60_000,
} as const;
const request = { symbol: rfqSymbol, side: "Bid", quantity: "10", executionMode: "AwaitAccept" } as const;
const prices = { bidPrice: "98.9", askPrice: "99" } as const;
const address = "4h5Rw1tD6S1uqQ6cXbG5cYQeB3tHk2mYx3k9Qw8aXv7z";
const second = { withdrawalDelayHours: 24, twoFactorToken: "123456" } as const;
const hour = 3_600_000;

const quoted = async ({ alice, bob }: Scene) => {
  const { rfqId } = await alice.rest.rfq.submit({ ...request, clientId: 7 });
  const { quoteId } = await bob.rest.rfq.quote({ rfqId, ...prices, clientId: 8 });
  return { rfqId, quoteId };
};
const traded = async (scene: Scene) => {
  const ids = await quoted(scene);
  await scene.alice.rest.rfq.accept(ids);
  return ids;
};
const lent = ({ alice }: Scene) => alice.rest.borrowLend.execute({ symbol: "USDC", side: "Lend", quantity: "100" });
const held = ({ alice }: Scene) =>
  alice.rest.orders.place({ symbol: perp, side: "Bid", orderType: "Market", quantity: "1" });
const flat = async (scene: Scene) => {
  await held(scene);
  await scene.alice.rest.orders.place({ symbol: perp, side: "Ask", orderType: "Market", quantity: "1" });
};
const minted = ({ alice }: Scene) => alice.rest.vaults.mint({ vaultId: 1, symbol: "USDC", quantity: "100" });
const asked = async (scene: Scene) => {
  await minted(scene);
  await scene.alice.rest.vaults.redeem({ vaultId: 1 });
};
const dusty = ({ sandbox }: Scene) => {
  const free = sandbox.exchange.balances("alice").find(({ asset }) => asset === "SOL")?.total ?? "0";
  sandbox.exchange.credit("alice", "SOL", `-${free}`);
  sandbox.exchange.credit("alice", "SOL", "0.0004");
};
const after = (what: (scene: Scene) => unknown, params?: unknown) => async (scene: Scene) => {
  await what(scene);
  return params;
};
const borrow = Buffer.from(JSON.stringify({ symbol: "SOL", side: "Borrow", quantity: "10" })).toString("base64");

/** Every endpoint, in the order of the client's groups. */
export const rows: readonly Row[] = [
  row("markets.markets", "rest-market-spot", () => ({ marketType: ["SPOT"] })),
  row("markets.market", "rest-market-perp", () => ({ symbol: perp })),
  row("markets.ticker", "rest-ticker", () => ({ symbol: spot })),
  row("markets.tickers", "rest-ticker", () => ({ interval: "1w" })),
  row("markets.depth", "rest-depth", () => ({ symbol: spot, limit: 20 })),
  row("markets.klines", "rest-klines", () => ({
    symbol: spot,
    interval: "1m",
    startTime: Math.floor(Date.now() / 1000) - 600,
  })),
  row("markets.markPrices", "rest-mark-prices", () => ({ symbol: perp })),
  row("markets.openInterest", "rest-open-interest", () => ({ symbol: perp })),
  row("markets.fundingRates", "rest-funding-rates", () => ({ symbol: perp, limit: 2 })),
  row("assets.list", "rest-assets", () => ({ country: "PT" })),
  row("assets.collateral", "rest-collateral-parameters"),
  row("trades.trades", "rest-trades", () => ({ symbol: spot, limit: 2 })),
  row("trades.history", "rest-trades", () => ({ symbol: spot, limit: 1, offset: 0 })),
  row("system.status", "rest-status"),
  row("system.ping", (value) => value === "pong"),
  row("system.time", (value) => /^\d{13}$/.test(String(value))),
  row("system.wallets", "rest-wallets"),
  row("orders.place", "rest-order-limit-new", () => bid),
  row("orders.placeBatch", "rest-orders-batch", () => [bid, { ...bid, quantity: "9000" }]),
  row("orders.get", "rest-order-limit-new", async ({ alice }) => ({
    symbol: spot,
    orderId: (await alice.rest.orders.place(bid)).id,
  })),
  row(
    "orders.open",
    "rest-open-orders",
    after(({ alice }) => alice.rest.orders.place(bid), { marketType: "SPOT" }),
  ),
  row("orders.cancel", "rest-order-limit-cancelled", async ({ alice }) => ({
    symbol: spot,
    orderId: (await alice.rest.orders.place(bid)).id,
  })),
  row(
    "orders.cancelAll",
    "rest-orders-cancelled-all",
    after(({ alice }) => alice.rest.orders.place(bid), { symbol: spot, orderType: "RestingLimitOrder" }),
  ),
  row("account.get", "rest-account"),
  row("account.update", none, () => ({ autoLend: false, leverageLimit: "5" })),
  row("account.convertDust", none, after(dusty, { symbol: "SOL" })),
  row("account.maxBorrow", "rest-limits-borrow", () => ({ symbol: "USDC" })),
  row("account.maxOrder", "rest-limits-order", () => ({ symbol: spot, side: "Bid", price: "98.96", autoBorrow: true })),
  row("account.maxWithdrawal", "rest-limits-withdrawal", () => ({ symbol: "USDC", autoBorrow: false })),
  row("account.issueTwoFactorToken", "rest-user-2fa", () => ({ app: "123456" })),
  row("capital.balances", "rest-capital"),
  row("capital.collateral", "rest-capital-collateral"),
  row("capital.deposits", "rest-deposits", () => ({ from: 0, limit: 50, excludePlatform: true })),
  row("capital.depositAddress", "rest-deposit-address", () => ({ blockchain: "Solana" })),
  row("capital.withdraw", "rest-withdrawal", () => ({
    address,
    blockchain: "Solana",
    quantity: "25.5",
    symbol: "USDC",
  })),
  row(
    "capital.withdrawals",
    "rest-withdrawals",
    after(
      ({ alice }) =>
        alice.rest.capital.withdraw({ address, blockchain: "Solana", quantity: "2", symbol: "SOL", clientId: "wd-1" }),
      { clientId: "wd-1", limit: 5 },
    ),
  ),
  row(
    "capital.withdrawalDelay",
    "rest-withdrawal-delay",
    after(({ alice }) => alice.rest.capital.createWithdrawalDelay(second)),
  ),
  row("capital.createWithdrawalDelay", none, () => second),
  row(
    "capital.updateWithdrawalDelay",
    "rest-withdrawal-delay",
    after(({ alice }) => alice.rest.capital.createWithdrawalDelay(second), { ...second, withdrawalDelayHours: 48 }),
  ),
  row("positions.list", "rest-positions", after(held, { symbol: perp })),
  row("borrowLend.markets", "rest-borrow-lend-markets"),
  row("borrowLend.history", "rest-borrow-lend-market-history", () => ({ interval: "1w", symbol: "USDC" })),
  row("borrowLend.apy", "rest-borrow-lend-apy", () => ({ tierId: 2 })),
  row("borrowLend.positions", "rest-borrow-lend-positions", after(lent)),
  row("borrowLend.execute", none, () => ({ symbol: "USDC", side: "Lend", quantity: "0.10" })),
  row("borrowLend.liquidationPrice", "rest-borrow-lend-liquidation-price", () => ({ borrow })),
  row("history.borrowLend", "rest-history-borrow-lend", after(lent, { type: "Lend", sources: "Manual" })),
  row(
    "history.borrowLendPositions",
    "rest-history-borrow-lend-positions",
    after(lent, { side: "Lend", state: "Open" }),
  ),
  row(
    "history.interest",
    "rest-history-interest",
    after(
      async (scene) => {
        await lent(scene);
        scene.pass(hour);
      },
      { asset: "USDC", source: "BorrowLend" },
    ),
  ),
  row(
    "history.dust",
    "rest-history-dust",
    after(
      async (scene) => {
        dusty(scene);
        await scene.alice.rest.account.convertDust({ symbol: "SOL" });
      },
      { symbol: "SOL" },
    ),
  ),
  row("history.fills", "rest-history-fills", after(held, { symbol: perp, fillType: "User" })),
  row(
    "history.funding",
    "rest-history-funding",
    after(
      async (scene) => {
        await held(scene);
        scene.pass(hour);
      },
      { symbol: perp },
    ),
  ),
  row("history.orders", "rest-history-orders", after(held, { symbol: perp })),
  row("history.positions", "rest-history-position", after(flat, { state: "Closed" })),
  row("history.settlements", "rest-history-settlement", after(held, { source: "TradingFees" })),
  row(
    "history.strategies",
    "rest-history-strategies",
    after(({ alice }) => alice.rest.strategies.create(slices), { symbol: spot }),
  ),
  row("history.rfqs", "rest-history-rfq", after(traded, { status: "Filled", side: "Bid" })),
  row("history.quotes", "rest-history-quote", async (scene) => ({ quoteId: (await quoted(scene)).quoteId }), "bob"),
  row("history.rfqFills", "rest-history-rfq-fill", after(traded, { fillType: "User" })),
  row("history.quoteFills", "rest-history-quote-fill", after(traded, { side: "Ask" }), "bob"),
  row("history.vaultMints", "rest-history-vault-mint", after(minted, { vaultId: 1 })),
  row(
    "history.vaultRedeems",
    "rest-history-vault-redeem",
    after(
      async (scene) => {
        await asked(scene);
        scene.pass(60_000);
      },
      { vaultId: 1 },
    ),
  ),
  row("rfq.submit", "rest-rfq", () => ({ ...request, clientId: 123 })),
  row(
    "rfq.quote",
    "rest-rfq-quote",
    async ({ alice }) => ({ rfqId: (await alice.rest.rfq.submit(request)).rfqId, ...prices, clientId: 123 }),
    "bob",
  ),
  row("rfq.accept", "rest-rfq", quoted),
  row("rfq.refresh", "rest-rfq", async (scene) => ({ rfqId: (await quoted(scene)).rfqId })),
  row("rfq.cancel", "rest-rfq", after(quoted, { clientId: 7 })),
  row("rfq.open", "rest-rfqs-open", async (scene) => ({
    rfqId: (await quoted(scene)).rfqId,
    deferredSettlement: false,
  })),
  row("strategies.create", "rest-strategy", () => ({ ...slices, randomizedIntervalQuantity: true })),
  row(
    "strategies.get",
    "rest-strategy",
    after(({ alice }) => alice.rest.strategies.create({ ...slices, clientStrategyId: 77 }), {
      symbol: spot,
      clientStrategyId: 77,
    }),
  ),
  row("strategies.cancel", "rest-strategy", async ({ alice }) => ({
    symbol: spot,
    strategyId: (await alice.rest.strategies.create(slices)).id,
  })),
  row(
    "strategies.open",
    "rest-strategies",
    after(({ alice }) => alice.rest.strategies.create(slices), { strategyType: "Scheduled" }),
  ),
  row(
    "strategies.cancelAll",
    "rest-strategies",
    after(({ alice }) => alice.rest.strategies.create(slices), { symbol: spot }),
  ),
  row("vaults.list", "rest-vaults"),
  row("vaults.history", "rest-vaults-history", () => ({ interval: "1month", vaultId: 1 })),
  row("vaults.mint", none, () => ({ vaultId: 1, symbol: "USDC", quantity: "100" })),
  row("vaults.redeem", none, after(minted, { vaultId: 1, vaultTokenQuantity: "50.5" })),
  row("vaults.cancelRedeem", none, after(asked, { vaultId: 1 })),
  row("vaults.nav", "rest-vault-nav"),
  row("vaults.pendingRedeems", "rest-vault-redeems-pending", after(asked, { vaultId: 1 })),
  row("prediction.events", "rest-prediction-events", () => ({ tagSlug: "crypto", resolved: false, limit: 10 })),
  row("prediction.tags", "rest-prediction-tags"),
  row("stocks.sessions", "rest-market-sessions"),
  row("stocks.securities", "rest-securities"),
];
