// Prices that mean something, as lines across the chart: own quotes, what the position cost, liquidation, a system's levels.
import type { MarketNow, StrategyNow, Text } from "../../contract/index.ts";
import { canonical, forDrawing, minus, plus } from "../decimal.ts";

/** A line. Two with one key are the same line. */
export interface PriceLine {
  readonly key: string;
  readonly price: number;
  /** `buy` and `sell` are own orders; the others as a system names its levels. */
  readonly role: string;
  /** A key that is translated, or text. */
  readonly label: string;
  /** What is written behind the label. */
  readonly size?: Text;
}

/** Lines of one market; of own orders those at one price are one line. A level that an own line shows already is left out. */
export function priceLines(market: MarketNow, strategies: readonly Pick<StrategyNow, "view">[]): readonly PriceLine[] {
  const lines = new Map<string, PriceLine>();
  const shown = new Set<Text>();
  for (const { side, price, size, filled } of market.orders) {
    const key = `${side} ${canonical(price)}`;
    const rest = plus(lines.get(key)?.size ?? "0", minus(size, filled)) ?? size;
    lines.set(key, { key, price: forDrawing(price), role: side, label: `level.${side}`, size: rest });
    shown.add(canonical(price));
  }
  const put = (role: string, label: string, price: Text) => {
    const key = `${role} ${canonical(price)}`;
    if (!lines.has(key)) lines.set(key, { key, price: forDrawing(price), role, label });
  };
  const { entry, liquidation } = market.position ?? {};
  if (liquidation !== undefined) put("liquidation", "level.liquidation", liquidation);
  for (const { view } of strategies)
    for (const { market: id, price, role, label } of view.levels)
      if (id === market.id && !(isOrder(role) && shown.has(canonical(price)))) put(role, label, price);
  const costs = [...lines.values()].some(({ role }) => role === "cost");
  if (entry !== undefined && !costs) put("cost", "level.cost", entry);
  return [...lines.values()].filter(({ price }) => price > 0);
}

const isOrder = (role: string): boolean => role === "quote" || role === "rung" || role === "target";
