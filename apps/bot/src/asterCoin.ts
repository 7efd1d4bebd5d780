// Whether the exchanges that we run ourselves have to list Aster's coin: only where somebody trades it, since more markets cost time.
import type { StrategyConfig } from "./config/botConfig.ts";

/** Whether one of the strategies trades the coin, on whatever venue. */
export function tradesAsterCoin(strategies: readonly Pick<StrategyConfig, "params">[]): boolean {
  return strategies.some(({ params }) => JSON.stringify(params).includes(":ASTER_USDC"));
}
