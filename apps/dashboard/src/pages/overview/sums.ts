// What all bots make together, apart by quote and by whether the money is real: they are never added up.
import type { BotNow } from "../../contract/index.ts";
import { plus } from "../../panes/decimal.ts";

/** Together, of one kind of money. */
export interface Sum {
  readonly place: string;
  readonly quote: string;
  readonly bots: number;
  readonly net: string;
  readonly volume: string;
  readonly fills: number;
}

/** Real money first. */
export function sumsOf(bots: readonly Pick<BotNow, "place" | "brief">[]): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const { place, brief } of bots) {
    if (brief === undefined) continue;
    const { quote, net, volume, fills } = brief;
    const key = `${place} ${quote}`;
    const before = sums.get(key) ?? { place, quote, bots: 0, net: "0", volume: "0", fills: 0 };
    sums.set(key, {
      ...before,
      bots: before.bots + 1,
      net: plus(before.net, net) ?? before.net,
      volume: plus(before.volume, volume) ?? before.volume,
      fills: before.fills + fills,
    });
  }
  return [...sums.values()].toSorted((a, b) => Number(b.place === "live") - Number(a.place === "live"));
}

/** How many bots are not in any sum though they may trade: they cannot be asked, or have shown nothing yet. */
export const countUntold = (bots: readonly Pick<BotNow, "role" | "alive" | "brief">[]): number =>
  bots.filter(({ role, alive, brief }) => role === "bot" && alive && brief === undefined).length;
