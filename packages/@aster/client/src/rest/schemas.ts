// Everything that describes the REST interface: endpoints as data, schemas and types of what goes out and comes in. Names that both
// services have begin with `Futures` or `Spot`.
import * as futuresAccount from "./futures/account/index.ts";
import * as futuresMarket from "./futures/market/index.ts";
import * as futuresStrategy from "./futures/strategy/index.ts";
import * as futuresStream from "./futures/stream/index.ts";
import * as futuresTrade from "./futures/trade/index.ts";
import * as spotAccount from "./spot/account/index.ts";
import * as spotMarket from "./spot/market/index.ts";
import * as spotStream from "./spot/stream/index.ts";
import * as spotTrade from "./spot/trade/index.ts";

export type { BatchResult } from "../wire/batch.ts";
export type { Time } from "../wire/clock.ts";
export type { Depth } from "../wire/depth.ts";
export type { Done } from "../wire/done.ts";
export {
  isIsolated,
  type KlineInterval,
  klineInterval,
  type Open,
  type OrderStatus,
  type OrderType,
  type TimeInForce,
  type WireSide,
} from "../wire/enums.ts";
export { type CommissionRate, commissionPaid } from "../wire/fees.ts";
export type { Filter } from "../wire/filters.ts";
export type { Kline } from "../wire/kline.ts";
export type { ListenKey, ListenKeyParams, ListenKeyState } from "../wire/listenKey.ts";
export { type FuturesOrder, futuresOrder, type SpotOrder, spotOrder } from "../wire/order.ts";
export type { Skipped } from "../wire/rows.ts";
export type { Strategy, StrategyWithOrders, WhichStrategy } from "../wire/strategy.ts";
export type { BookTicker, DayTicker, PriceTicker } from "../wire/ticker.ts";
export type { AggTrade, FuturesTrade, SpotTrade } from "../wire/trade.ts";
export type { TransferParams, Transferred } from "../wire/transfer.ts";
export type { CandleParams } from "./candles.ts";
export {
  type AdlQuantile as FuturesAdlQuantile,
  adlQuantileAnswer as futuresAdlQuantileAnswer,
} from "./futures/account/adlQuantile.ts";
export { type Agent as FuturesAgent, agentAnswer as futuresAgentAnswer } from "./futures/account/agents.ts";
export type { AnnouncementParams as FuturesAnnouncementParams } from "./futures/account/announcement.ts";
export {
  type Announcement as FuturesAnnouncement,
  type Announcements as FuturesAnnouncements,
  type AnnouncementsParams as FuturesAnnouncementsParams,
  announcementAnswer as futuresAnnouncementAnswer,
  announcementsAnswer as futuresAnnouncementsAnswer,
} from "./futures/account/announcements.ts";
export { type Balance as FuturesBalance, balanceAnswer as futuresBalanceAnswer } from "./futures/account/balance.ts";
export { type Builder as FuturesBuilder, builderAnswer as futuresBuilderAnswer } from "./futures/account/builders.ts";
export {
  type ChangePositionMarginParams as FuturesChangePositionMarginParams,
  type PositionMargin as FuturesPositionMargin,
  positionMarginAnswer as futuresPositionMarginAnswer,
} from "./futures/account/changePositionMargin.ts";
export {
  type Account as FuturesAccount,
  accountAnswer as futuresAccountAnswer,
  accountAsset as futuresAccountAsset,
  accountPosition as futuresAccountPosition,
} from "./futures/account/get.ts";
export {
  type Income as FuturesIncome,
  type IncomeParams as FuturesIncomeParams,
  incomeAnswer as futuresIncomeAnswer,
} from "./futures/account/income.ts";
export {
  type LeverageBracket as FuturesLeverageBracket,
  leverageBracketAnswer as futuresLeverageBracketAnswer,
} from "./futures/account/leverageBracket.ts";
export { type Mmp as FuturesMmp, mmpAnswer as futuresMmpAnswer } from "./futures/account/mmp.ts";
export {
  type MultiAssetsMargin as FuturesMultiAssetsMargin,
  multiAssetsMarginAnswer as futuresMultiAssetsMarginAnswer,
} from "./futures/account/multiAssetsMargin.ts";
export {
  type PositionMarginChange as FuturesPositionMarginChange,
  type PositionMarginHistoryParams as FuturesPositionMarginHistoryParams,
  positionMarginChange as futuresPositionMarginChange,
} from "./futures/account/positionMarginHistory.ts";
export {
  type PositionMode as FuturesPositionMode,
  positionModeAnswer as futuresPositionModeAnswer,
} from "./futures/account/positionMode.ts";
export {
  type PositionRisk as FuturesPositionRisk,
  positionRiskAnswer as futuresPositionRiskAnswer,
} from "./futures/account/positionRisk.ts";
export {
  type Remaining as FuturesRemaining,
  type RemainingParams as FuturesRemainingParams,
  remainingAnswer as futuresRemainingAnswer,
} from "./futures/account/remainingOpenableNotionalValue.ts";
export {
  type Leverage as FuturesLeverage,
  leverageAnswer as futuresLeverageAnswer,
  type SetLeverageParams as FuturesSetLeverageParams,
} from "./futures/account/setLeverage.ts";
export type { SetMarginTypeParams as FuturesSetMarginTypeParams } from "./futures/account/setMarginType.ts";
export type { SetMmpParams as FuturesSetMmpParams } from "./futures/account/setMmp.ts";
export type { SetMultiAssetsMarginParams as FuturesSetMultiAssetsMarginParams } from "./futures/account/setMultiAssetsMargin.ts";
export type { SetPositionModeParams as FuturesSetPositionModeParams } from "./futures/account/setPositionMode.ts";
export type { SetStpModeParams as FuturesSetStpModeParams } from "./futures/account/setStpMode.ts";
export { type StpMode as FuturesStpMode, stpModeAnswer as futuresStpModeAnswer } from "./futures/account/stpMode.ts";
export type { ContinuousKlinesParams as FuturesContinuousKlinesParams } from "./futures/market/continuousKlines.ts";
export type { DepthParams as FuturesDepthParams } from "./futures/market/depth.ts";
export {
  type ExchangeInfo as FuturesExchangeInfo,
  exchangeInfoAnswer as futuresExchangeInfoAnswer,
  type FuturesSymbol,
  futuresSymbol,
} from "./futures/market/exchangeInfo.ts";
export {
  type FundingInfo as FuturesFundingInfo,
  fundingInfoAnswer as futuresFundingInfoAnswer,
} from "./futures/market/fundingInfo.ts";
export {
  type FundingRate as FuturesFundingRate,
  type FundingRateParams as FuturesFundingRateParams,
  fundingRateAnswer as futuresFundingRateAnswer,
} from "./futures/market/fundingRate.ts";
export type { IndexPriceKlinesParams as FuturesIndexPriceKlinesParams } from "./futures/market/indexPriceKlines.ts";
export {
  type IndexReferences as FuturesIndexReferences,
  indexReferencesAnswer as futuresIndexReferencesAnswer,
} from "./futures/market/indexReferences.ts";
export {
  type PremiumIndex as FuturesPremiumIndex,
  premiumIndexAnswer as futuresPremiumIndexAnswer,
} from "./futures/market/premiumIndex.ts";
export {
  type Chase as FuturesChase,
  type ChaseParams as FuturesChaseParams,
  chaseAnswer as futuresChaseAnswer,
} from "./futures/strategy/chase.ts";
export type { PlaceStrategyParams as FuturesPlaceStrategyParams } from "./futures/strategy/placeStrategy.ts";
export type { UpdateStrategyParams as FuturesUpdateStrategyParams } from "./futures/strategy/updateStrategy.ts";
export type { AllOrdersParams as FuturesAllOrdersParams } from "./futures/trade/allOrders.ts";
export type { Cancelled as FuturesCancelled } from "./futures/trade/cancel.ts";
export type { CancelBatchParams as FuturesCancelBatchParams } from "./futures/trade/cancelBatch.ts";
export {
  type Countdown as FuturesCountdown,
  type CountdownParams as FuturesCountdownParams,
  countdownAnswer as futuresCountdownAnswer,
} from "./futures/trade/countdownCancelAll.ts";
export type { ForceOrdersParams as FuturesForceOrdersParams } from "./futures/trade/forceOrders.ts";
export type { ModifyParams as FuturesModifyParams } from "./futures/trade/modify.ts";
export type { NoopOutcome as FuturesNoopOutcome, NoopParams as FuturesNoopParams } from "./futures/trade/noop.ts";
export type { PlaceParams as FuturesPlaceParams } from "./futures/trade/place.ts";
export type { PlaceBatchParams as FuturesPlaceBatchParams } from "./futures/trade/placeBatch.ts";
export {
  type UserTrade as FuturesUserTrade,
  type UserTradesParams as FuturesUserTradesParams,
  userTradeAnswer as futuresUserTradeAnswer,
} from "./futures/trade/userTrades.ts";
export type { OfSymbol, OfSymbolOrAll, WhichOrder } from "./params.ts";
export { type Account as SpotAccount, accountAnswer as spotAccountAnswer } from "./spot/account/get.ts";
export {
  type Transaction as SpotTransaction,
  type TransactionHistoryParams as SpotTransactionHistoryParams,
  transactionAnswer as spotTransactionAnswer,
} from "./spot/account/transactionHistory.ts";
export {
  type EstimateFee as SpotEstimateFee,
  type EstimateFeeParams as SpotEstimateFeeParams,
  estimateFeeAnswer as spotEstimateFeeAnswer,
} from "./spot/account/withdrawEstimateFee.ts";
export type { DepthParams as SpotDepthParams } from "./spot/market/depth.ts";
export {
  type ExchangeInfo as SpotExchangeInfo,
  exchangeInfoAnswer as spotExchangeInfoAnswer,
  type SpotSymbol,
  spotSymbol,
} from "./spot/market/exchangeInfo.ts";
export type { AllOrdersParams as SpotAllOrdersParams } from "./spot/trade/allOrders.ts";
export type { SpotCancelled } from "./spot/trade/cancel.ts";
export type { CancelAllParams as SpotCancelAllParams } from "./spot/trade/cancelAll.ts";
export type { NoopOutcome as SpotNoopOutcome, NoopParams as SpotNoopParams } from "./spot/trade/noop.ts";
export type { PlaceParams as SpotPlaceParams } from "./spot/trade/place.ts";
export {
  type UserTrade as SpotUserTrade,
  type UserTradesParams as SpotUserTradesParams,
  userTradeAnswer as spotUserTradeAnswer,
} from "./spot/trade/userTrades.ts";
export type { AggParams, OlderParams, RecentParams } from "./trades.ts";

/** All endpoints by service and group, as data: method, paths, security, cost, schemas. */
export const endpoints = {
  futures: {
    market: futuresMarket,
    trade: futuresTrade,
    account: futuresAccount,
    strategy: futuresStrategy,
    stream: futuresStream,
  },
  spot: { market: spotMarket, trade: spotTrade, account: spotAccount, stream: spotStream },
};
