// What an endpoint of Backpack has beside the general kind: the name that is signed in place of its path.
import type { CallOptions, Endpoint as GeneralEndpoint } from "@bp/adapter";

/** Names that are signed in place of the path. The batch is signed as `orderExecute` too. */
export type Instruction =
  | "accountQuery"
  | "accountUpdate"
  | "convertDust"
  | "maxBorrowQuantity"
  | "maxOrderQuantity"
  | "maxWithdrawalQuantity"
  | "balanceQuery"
  | "collateralQuery"
  | "depositQueryAll"
  | "depositAddressQuery"
  | "withdrawalQueryAll"
  | "withdraw"
  | "borrowLendPositionQuery"
  | "borrowLendExecute"
  | "positionQuery"
  | "orderQuery"
  | "orderExecute"
  | "orderCancel"
  | "orderQueryAll"
  | "orderCancelAll"
  | "rfqQuery"
  | "rfqSubmit"
  | "quoteSubmit"
  | "quoteAccept"
  | "rfqRefresh"
  | "rfqCancel"
  | "strategyQuery"
  | "strategyCreate"
  | "strategyCancel"
  | "strategyQueryAll"
  | "strategyCancelAll"
  | "vaultMint"
  | "vaultRedeemRequest"
  | "vaultRedeemCancel"
  | "vaultPendingRedeemsQuery"
  | "vaultNavQuery"
  | "borrowHistoryQueryAll"
  | "borrowPositionHistoryQueryAll"
  | "interestHistoryQueryAll"
  | "dustHistoryQueryAll"
  | "fillHistoryQueryAll"
  | "fundingHistoryQueryAll"
  | "orderHistoryQueryAll"
  | "positionHistoryQueryAll"
  | "settlementHistoryQueryAll"
  | "strategyHistoryQueryAll"
  | "rfqHistoryQueryAll"
  | "quoteHistoryQueryAll"
  | "rfqFillHistoryQueryAll"
  | "quoteFillHistoryQueryAll"
  | "issueTwoFactorToken"
  | "vaultMintHistoryQueryAll"
  | "vaultRedeemHistoryQueryAll";

/** One call of the REST interface. `P` is `undefined` where there are no parameters. */
export interface Endpoint<P, A> extends GeneralEndpoint<P, A> {
  /** Given where the request is signed. A key that `params` does not know would spoil the signature. */
  readonly instruction?: Instruction;
  /** Candles and old trades have a budget of their own at the venue: 30 a minute. */
  readonly slow?: boolean;
  /** Where the venue takes the number of a broker in a header. */
  readonly broker?: boolean;
  /** Moves money out of the account or makes that easier: only for clients that were made with `withdrawals: "allowed"`. */
  readonly guarded?: boolean;
}

/** Whoever sends a request and reads its answer. */
export type Call = <P, A>(endpoint: Endpoint<P, A>, params: P, options?: CallOptions) => Promise<A>;
