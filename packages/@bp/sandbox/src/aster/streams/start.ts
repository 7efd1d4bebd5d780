// Everything that speaks on the sockets of one service.
import type { Hub } from "../../hub.ts";
import type { AsterHouse } from "../house.ts";
import { startMarketStreams } from "./market.ts";
import { startUserStreams } from "./user.ts";

/** Starts telling; returns the way to stop. */
export function startStreams(house: AsterHouse, hub: Hub): () => void {
  const stops = [startMarketStreams(house, hub), startUserStreams(house, hub)];
  return () => {
    for (const stop of stops) stop();
  };
}
