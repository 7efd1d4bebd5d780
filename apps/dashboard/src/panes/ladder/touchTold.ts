// What lies between the sides of a book, for who listens to it.
import type { MarketNow } from "../../contract/index.ts";
import { number, price } from "../format.ts";
import type { PaneWords } from "../words/en.ts";
import { touchNow } from "./touch.ts";

/** All that is drawn there, each with its name. */
export function touchTold(market: MarketNow, words: PaneWords): string {
  const { tickSize, kind, last, mark } = market;
  const { mid, spread, spreadBps, crossed } = touchNow(market);
  return [
    `${words["ladder.mid"]} ${price(mid, tickSize)}`,
    `${words["ladder.spread"]} ${number(spread)}`,
    `${number(spreadBps)} bps`,
    ...(crossed ? [words["ladder.crossed"]] : []),
    `${words["ladder.last"]} ${price(last, tickSize)}`,
    ...(kind === "spot" ? [] : [`${words["ladder.mark"]} ${price(mark, tickSize)}`]),
  ].join(", ");
}
