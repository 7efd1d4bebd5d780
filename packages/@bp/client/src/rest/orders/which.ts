// Which order is meant: by its id or by ours, never both.

import * as z from "zod";
import { clientIdParam } from "../../wire/clientId.ts";

/** Both ids at once are refused by the venue, or spoil the signature. */
export const whichOrder = z
  .strictObject({
    symbol: z.string().min(1),
    orderId: z.string().min(1).optional(),
    clientId: clientIdParam.optional(),
  })
  .refine(({ orderId, clientId }) => (orderId === undefined) !== (clientId === undefined), {
    message: "expected exactly one of orderId and clientId",
  });
/** One order, by the venue's id or by our `clientId`, with its market. */
export type WhichOrder = z.infer<typeof whichOrder>;
