// What is wished while a person wants everything of ours closed.
import { type Hold, lots, ticks } from "@bp/core";
import type { World } from "./world.ts";

/**
 * One hold to nothing for each market in which the owner has a position. What a liquidation or another hand took out of it
 * is not closed once more, see `Account.left`.
 *
 * @param cap - how far beyond the touch it may trade, as a fraction; rounded towards the market
 */
export function flattening(world: World, owner: string, cap: number): readonly Hold[] {
  const holds: Hold[] = [];
  for (const [id, instrument] of world.instruments) {
    const size = world.account.left(id, owner);
    const { bidPrice, askPrice } = world.book(id);
    if (instrument.kind === "spot" && size < 0) continue; // coins of the wallet that were sold on purpose are not bought back
    if (Math.abs(size) < instrument.minSize || bidPrice === 0 || askPrice === 0) continue;
    const worst = size > 0 ? Math.ceil(bidPrice * (1 - cap)) : Math.floor(askPrice * (1 + cap));
    holds.push({ kind: "hold", instrument: id, position: lots(0), worst: ticks(worst), why: "flatten" });
  }
  return holds;
}

/** Whether the owner holds nothing that could be closed. What may be gone is believed when it is explained or confirmed. */
export function isFlat({ account, instruments, suspects }: World, owner: string): boolean {
  for (const [id, { kind, minSize }] of instruments) {
    const size = suspects.has(id) ? account.size(id, owner) : account.left(id, owner);
    if (Math.abs(size) >= minSize && (kind === "perp" || size > 0)) return false;
  }
  return true;
}
