// How much margin a position of some size needs.
import { decimal } from "@bp/adapter";
import * as z from "zod";

/** `max(base, factor * sqrt(size))`, fractions; perpetuals and collateral only. An unknown `type` is kept as it came. */
export const marginFunction = z.object({ type: z.string(), base: decimal, factor: decimal }).nullish();
