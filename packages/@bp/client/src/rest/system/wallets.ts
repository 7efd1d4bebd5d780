// GET /api/v1/wallets: the venue's own wallets.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/** A wallet of the venue. */
export const walletAnswer = z.object({
  blockchain: z.string(), // an open list
  address: z.string(),
});
/** A wallet of the venue itself. */
export type Wallet = z.infer<typeof walletAnswer>;
const walletsAnswer = z.array(walletAnswer);

/**
 * `GET /api/v1/wallets`, public: the venue's own wallets, for whoever wants to see its reserves.
 *
 * @see https://docs.backpack.exchange/#tag/System/operation/get_wallets
 */
export const wallets: Endpoint<undefined, Wallet[]> = {
  method: "GET",
  path: "/api/v1/wallets",
  answer: walletsAnswer,
  lane: "read",
};
