// What the venue says when something went wrong, on REST and on the socket.
import * as z from "zod";

/** Body of a refused call. Codes are an open list. Some answers are plain text or HTML instead. */
export const errorBody = z.object({ code: z.string(), message: z.string().nullish() });
/** What a refused call says: a code such as `INVALID_ORDER`, and a message for people. */
export type ErrorBody = z.infer<typeof errorBody>;

/** Frame on the socket; it does not say which stream is meant. 4003: invalid signature, 4006: invalid stream. */
export const errorFrame = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  error: z.object({ code: z.union([z.number(), z.string()]), message: z.string().nullish() }),
});
/** What the socket says of a refused subscription. */
export type ErrorFrame = z.infer<typeof errorFrame>;
