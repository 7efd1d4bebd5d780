// The venue's clock, equal in both services.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";

/** The venue's time. */
export const timeAnswer = z.object({ serverTime: wholeNumber }); // ms since 1970
/** The venue's time: `serverTime`, ms since 1970. */
export type Time = z.infer<typeof timeAnswer>;
