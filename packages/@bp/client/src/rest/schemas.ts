// Everything that describes the REST interface: endpoints as data, schemas of what goes out and comes in, their types.
import * as accountGroup from "./account/index.ts";
import * as assetsGroup from "./assets/index.ts";
import * as borrowLendGroup from "./borrowLend/index.ts";
import * as capitalGroup from "./capital/index.ts";
import * as historyGroup from "./history/index.ts";
import * as marketsGroup from "./markets/index.ts";
import * as ordersGroup from "./orders/index.ts";
import * as positionsGroup from "./positions/index.ts";
import * as predictionGroup from "./prediction/index.ts";
import * as rfqGroup from "./rfq/index.ts";
import * as stocksGroup from "./stocks/index.ts";
import * as strategiesGroup from "./strategies/index.ts";
import * as systemGroup from "./system/index.ts";
import * as tradesGroup from "./trades/index.ts";
import * as vaultsGroup from "./vaults/index.ts";

export { type Order, order, type PastOrder, pastOrder } from "../wire/order.ts";
export { type Quote, quoteAnswer, type RequestForQuote, requestForQuote } from "../wire/rfq.ts";
export { type PastStrategy, pastStrategy, type Strategy, strategy } from "../wire/strategy.ts";
export { type VaultRedeem, vaultRedeem } from "../wire/vaultRedeem.ts";
export { type Withdrawal, withdrawal } from "../wire/withdrawal.ts";
export {
  type WithdrawalDelay,
  type WithdrawalDelayParams,
  withdrawalDelayAnswer,
  withdrawalDelayParams,
} from "../wire/withdrawalDelay.ts";
export { type ConvertDustParams, convertDustParams } from "./account/convertDust.ts";
export { type Account, accountAnswer } from "./account/get.ts";
export {
  type TwoFactorParams,
  type TwoFactorToken,
  twoFactorAnswer,
  twoFactorParams,
} from "./account/issueTwoFactorToken.ts";
export { type MaxBorrow, type MaxBorrowParams, maxBorrowAnswer, maxBorrowParams } from "./account/maxBorrow.ts";
export { type MaxOrder, type MaxOrderParams, maxOrderAnswer, maxOrderParams } from "./account/maxOrder.ts";
export {
  type MaxWithdrawal,
  type MaxWithdrawalParams,
  maxWithdrawalAnswer,
  maxWithdrawalParams,
} from "./account/maxWithdrawal.ts";
export { type UpdateAccountParams, updateAccountParams } from "./account/update.ts";
export { type CollateralParameters, collateralParametersAnswer } from "./assets/collateral.ts";
export { type Asset, type AssetsParams, assetAnswer, assetsParams } from "./assets/list.ts";
export { type ApyParams, type ApyRates, apyAnswer, apyParams } from "./borrowLend/apy.ts";
export { type BorrowLendParams, borrowLendParams } from "./borrowLend/execute.ts";
export {
  type BorrowLendHistory,
  type BorrowLendHistoryParams,
  borrowLendHistoryAnswer,
  borrowLendHistoryParams,
} from "./borrowLend/history.ts";
export {
  type LoanLiquidation,
  type LoanLiquidationParams,
  loanLiquidationAnswer,
  loanLiquidationParams,
} from "./borrowLend/liquidationPrice.ts";
export { type BorrowLendMarket, borrowLendMarketAnswer } from "./borrowLend/markets.ts";
export { type BorrowLendPosition, borrowLendPositionAnswer } from "./borrowLend/positions.ts";
export { type Balances, balancesAnswer } from "./capital/balances.ts";
export { type Collateral, collateralAnswer } from "./capital/collateral.ts";
export {
  type DepositAddress,
  type DepositAddressParams,
  depositAddressAnswer,
  depositAddressParams,
} from "./capital/depositAddress.ts";
export { type Deposit, type DepositsParams, depositAnswer, depositsParams } from "./capital/deposits.ts";
export { type WithdrawParams, withdrawParams } from "./capital/withdraw.ts";
export { type WithdrawalsParams, withdrawalsParams } from "./capital/withdrawals.ts";
export type { AllFillsParams } from "./history/allFills.ts";
export {
  type BorrowLendMovement,
  type BorrowLendMovementsParams,
  borrowLendMovementAnswer,
  borrowLendMovementsParams,
} from "./history/borrowLend.ts";
export {
  type PastBorrowLendPosition,
  type PastBorrowLendPositionsParams,
  pastBorrowLendPositionAnswer,
  pastBorrowLendPositionsParams,
} from "./history/borrowLendPositions.ts";
export { type DustConversion, type DustParams, dustAnswer, dustParams } from "./history/dust.ts";
export { type FillsParams, fillAnswer, fillsParams, type PastFill } from "./history/fills.ts";
export { type FundingParams, type FundingPayment, fundingAnswer, fundingParams } from "./history/funding.ts";
export { type InterestParams, type InterestPayment, interestAnswer, interestParams } from "./history/interest.ts";
export { type PastOrdersParams, pastOrdersParams } from "./history/orders.ts";
export {
  type PastPosition,
  type PastPositionsParams,
  pastPositionAnswer,
  pastPositionsParams,
} from "./history/positions.ts";
export { type QuoteFill, type QuoteFillsParams, quoteFillAnswer, quoteFillsParams } from "./history/quoteFills.ts";
export { type PastQuote, type PastQuotesParams, pastQuoteAnswer, pastQuotesParams } from "./history/quotes.ts";
export { type RfqFill, type RfqFillsParams, rfqFillAnswer, rfqFillsParams } from "./history/rfqFills.ts";
export { type PastRfq, type PastRfqsParams, pastRfqAnswer, pastRfqsParams } from "./history/rfqs.ts";
export { type Settlement, type SettlementsParams, settlementAnswer, settlementsParams } from "./history/settlements.ts";
export { type PastStrategiesParams, pastStrategiesParams } from "./history/strategies.ts";
export { type VaultMint, type VaultMintsParams, vaultMintAnswer, vaultMintsParams } from "./history/vaultMints.ts";
export { type VaultRedeemsParams, vaultRedeemsParams } from "./history/vaultRedeems.ts";
export { type Depth, type DepthParams, depthAnswer, depthParams } from "./markets/depth.ts";
export {
  type FundingRate,
  type FundingRatesParams,
  fundingRateAnswer,
  fundingRatesParams,
} from "./markets/fundingRates.ts";
export {
  type Kline,
  type KlineInterval,
  type KlinesParams,
  klineAnswer,
  klineInterval,
  klinesParams,
} from "./markets/klines.ts";
export { type Market, type MarketParams, marketAnswer, marketParams } from "./markets/market.ts";
export { type MarketsParams, marketsAnswer, marketsParams } from "./markets/markets.ts";
export { type MarkPrice, type MarkPricesParams, markPriceAnswer, markPricesParams } from "./markets/markPrices.ts";
export {
  type OpenInterest,
  type OpenInterestParams,
  openInterestAnswer,
  openInterestParams,
} from "./markets/openInterest.ts";
export { type Ticker, type TickerParams, tickerAnswer, tickerParams } from "./markets/ticker.ts";
export { type TickersParams, tickersParams } from "./markets/tickers.ts";
export type { Cancelled } from "./orders/cancel.ts";
export { type CancelAllParams, type CancelledAll, cancelAllParams } from "./orders/cancelAll.ts";
export { type OpenParams, openParams } from "./orders/open.ts";
export { type PlaceParams, placeParams } from "./orders/place.ts";
export {
  type PlaceBatchAnswer,
  type PlaceBatchParams,
  placeBatchAnswer,
  placeBatchParams,
} from "./orders/placeBatch.ts";
export { type WhichOrder, whichOrder } from "./orders/which.ts";
export { type Position, type PositionsParams, positionAnswer, positionsParams } from "./positions/list.ts";
export {
  type PredictionEvent,
  type PredictionEventsParams,
  predictionEventAnswer,
  predictionEventsParams,
} from "./prediction/events.ts";
export { type PredictionTag, predictionTagAnswer } from "./prediction/tags.ts";
export { type AcceptQuoteParams, acceptQuoteParams } from "./rfq/accept.ts";
export { type CancelRfqParams, cancelRfqParams } from "./rfq/cancel.ts";
export { type OpenRfq, type OpenRfqsParams, openRfqAnswer, openRfqsParams } from "./rfq/open.ts";
export { type QuoteParams, quoteParams } from "./rfq/quote.ts";
export { type RefreshRfqParams, refreshRfqParams } from "./rfq/refresh.ts";
export { type SubmitRfqParams, submitRfqParams } from "./rfq/submit.ts";
export { type Security, securityAnswer } from "./stocks/securities.ts";
export { type MarketSession, marketSessionAnswer } from "./stocks/sessions.ts";
export type { CancelledStrategy } from "./strategies/cancel.ts";
export {
  type CancelledStrategies,
  type CancelStrategiesParams,
  cancelStrategiesParams,
} from "./strategies/cancelAll.ts";
export { type CreateStrategyParams, createStrategyParams } from "./strategies/create.ts";
export { type OpenStrategiesParams, openStrategiesParams } from "./strategies/open.ts";
export { type WhichStrategy, whichStrategy } from "./strategies/which.ts";
export { type Status, statusAnswer } from "./system/status.ts";
export { type Wallet, walletAnswer } from "./system/wallets.ts";
export { type PastTradesParams, pastTradesParams } from "./trades/history.ts";
export { type Trade, type TradesParams, tradeAnswer, tradesParams } from "./trades/trades.ts";
export { type CancelRedeemParams, cancelRedeemParams } from "./vaults/cancelRedeem.ts";
export {
  type VaultHistory,
  type VaultHistoryParams,
  vaultHistoryAnswer,
  vaultHistoryParams,
} from "./vaults/history.ts";
export { type Vault, vaultAnswer } from "./vaults/list.ts";
export { type MintParams, mintParams } from "./vaults/mint.ts";
export { type VaultNav, vaultNavAnswer } from "./vaults/nav.ts";
export { type PendingRedeemsParams, pendingRedeemsParams } from "./vaults/pendingRedeems.ts";
export { type RedeemParams, redeemParams } from "./vaults/redeem.ts";

/** All endpoints by group, as data: method, path, instruction, schemas. */
export const endpoints = {
  markets: marketsGroup,
  assets: assetsGroup,
  trades: tradesGroup,
  system: systemGroup,
  orders: ordersGroup,
  account: accountGroup,
  capital: capitalGroup,
  positions: positionsGroup,
  borrowLend: borrowLendGroup,
  history: historyGroup,
  rfq: rfqGroup,
  strategies: strategiesGroup,
  vaults: vaultsGroup,
  prediction: predictionGroup,
  stocks: stocksGroup,
};
