// Long and short side by side: which position an order belongs to, and whether it can only make that one smaller.
import type { OrderRequest } from "./contract.ts";
import { type Refused, refuse } from "./refuse.ts";
import type { Account, Holding, Market } from "./state.ts";

/** Whether an order never opens: reduce-only, or against the side of hedge mode that it names. */
export function closes(request: Pick<OrderRequest, "side" | "reduceOnly" | "positionSide">): boolean {
  const { side, reduceOnly, positionSide } = request;
  return reduceOnly || (positionSide !== undefined && (positionSide === "long") === (side === "sell"));
}

/** Whether the order names a position in the account's way of counting them. */
export function checkSide(request: OrderRequest, market: Market, account: Account): Refused | undefined {
  const { positionSide, reduceOnly } = request;
  const hedged = account.mode === "hedge" && market.instrument.kind === "perp";
  if (hedged !== (positionSide !== undefined))
    return refuse("position-side", `Order's position side does not match the account's setting: ${account.mode}`);
  if (hedged && reduceOnly) return refuse("bad-request", "Reduce only is not for hedge mode: name the position side");
  return undefined;
}

/** Lots that may be closed by orders of one side; 0 when they would open. */
export function roomOf(holding: Holding, side: OrderRequest["side"]): number {
  const { size } = holding.position;
  return side === "sell" ? Math.max(size, 0) : Math.max(-size, 0);
}
