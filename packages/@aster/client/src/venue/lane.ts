// Which share of the request budget an order may use.
import type { CallOptions } from "@bp/adapter";
import type { PlaceOrder } from "@bp/core";

/** What takes at once works off an exposure that should not be there: quotes must not use up its requests. */
export function laneOf({ tif }: PlaceOrder): CallOptions {
  return tif === "ioc" || tif === "fok" ? { lane: "hedge" } : {};
}
