// What an endpoint of Backpack has beside the general kind: the name that is signed in place of its path.
import type { CallOptions, Endpoint as GeneralEndpoint } from "@bp/adapter";

/** Names that are signed in place of the path. The batch is signed as `orderExecute` too. */
export type Instruction =
  | "accountQuery"
  | "balanceQuery"
  | "collateralQuery"
  | "positionQuery"
  | "orderQuery"
  | "orderExecute"
  | "orderCancel"
  | "orderQueryAll"
  | "orderCancelAll"
  | "fillHistoryQueryAll"
  | "fundingHistoryQueryAll"
  | "orderHistoryQueryAll";

/** One call of the REST interface. `P` is `undefined` where there are no parameters. */
export interface Endpoint<P, A> extends GeneralEndpoint<P, A> {
  /** Given where the request is signed. A key that `params` does not know would spoil the signature. */
  readonly instruction?: Instruction;
  /** Candles have a budget of their own at the venue: 30 a minute. */
  readonly slow?: boolean;
}

/** Whoever sends a request and reads its answer. */
export type Call = <P, A>(endpoint: Endpoint<P, A>, params: P, options?: CallOptions) => Promise<A>;
