// Each account: its streams, what it holds, the venue's clock and what may still be sent.
import { bigToDecimal, type Event, type VenueId, type View } from "@bp/core";
import type { AccountNow } from "dashboard/contract";
import type { Stage } from "../../stage/stage.ts";
import type { Links } from "./links.ts";

/** Follows which assets an account has. */
export interface Assets {
  step(event: Event): void;
  of(venue: VenueId): Iterable<string>;
}

/** Follows them from now on. */
export function createAssets(): Assets {
  const assets = new Map<VenueId, Set<string>>();
  const at = (venue: VenueId) => {
    const found = assets.get(venue) ?? new Set<string>();
    assets.set(venue, found);
    return found;
  };
  return {
    step: (event) => {
      if (event.type === "balance.changed") at(event.venue).add(event.asset);
      else if (event.type === "account.snapshot")
        for (const { asset, total } of event.balances) if (Number(total) !== 0) at(event.venue).add(asset);
    },
    of: (venue) => assets.get(venue) ?? [],
  };
}

/** All accounts of a stage, in its order. */
export function accountsNow(stage: Stage, view: View, links: Links, assets: Assets): readonly AccountNow[] {
  return stage.venues.map(({ id }, at): AccountNow => {
    const health = stage.health?.(id);
    const { skewMs, skewUncertaintyMs } = health ?? {};
    return {
      venue: id,
      name: stage.accounts[at] ?? id,
      ...links.of(id),
      balances: [...assets.of(id)].flatMap((asset) => {
        const found = view.balance(id, asset);
        if (found === undefined) return [];
        return [{ asset, total: bigToDecimal(found.total), free: bigToDecimal(found.free) }];
      }),
      ...(skewMs === undefined ? {} : { skewMs }),
      ...(skewUncertaintyMs === undefined ? {} : { skewUncertaintyMs }),
      budgets: health?.budgets ?? [],
    };
  });
}
