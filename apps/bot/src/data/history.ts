// A venue whose histories are downloaded: its markets and its pages, over one client.
import type { Clock, Instrument } from "@bp/core";
import { asterAt } from "../stage/aster.ts";
import { backpackAt } from "../stage/backpack.ts";
import type { Door } from "../stage/door.ts";
import { asterPages } from "./asterPages.ts";
import { backpackPages } from "./backpackPages.ts";
import type { PagesOf } from "./pages.ts";

/** It. */
export interface History {
  markets(signal?: AbortSignal): Promise<readonly Instrument[]>;
  readonly pagesOf: PagesOf;
  close(): Promise<void>;
}

/** Opens it; nothing is sent yet. @throws BpError `config/invalid` for an address that cannot be */
export async function historyAt(door: Door, clock: Clock): Promise<History> {
  const common = { id: door.id, clock, onTrouble: () => {} };
  if (door.id === "backpack") {
    const { backpackVenue } = await import("@bp/client");
    const client = backpackAt(door, clock);
    const venue = backpackVenue({ client, ...common });
    return {
      markets: (signal) => venue.instruments(signal),
      pagesOf: backpackPages(client),
      close: () => client.close(),
    };
  }
  const { asterFuturesVenue, asterSpotVenue } = await import("@aster/client");
  const { aster, service } = asterAt(door, clock);
  const venue =
    service === "futures"
      ? asterFuturesVenue({ client: aster.futures, ...common })
      : asterSpotVenue({ client: aster.spot, ...common });
  return {
    markets: (signal) => venue.instruments(signal),
    pagesOf: asterPages(aster[service].rest.market),
    close: () => aster.close(),
  };
}
