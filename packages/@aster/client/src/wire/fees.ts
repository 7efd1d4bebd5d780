// Fees, equal in both services.
import { decimal } from "@bp/adapter";
import type { Decimal } from "@bp/core";
import * as z from "zod";

/** What an account pays on one market. The only truth about fees: the venue's pages differ from each other. */
export const commissionRateAnswer = z.object({
  symbol: z.string(),
  makerCommissionRate: decimal, // a fraction: 0.0002 is 0.02 %
  takerCommissionRate: decimal,
});
/** Fees as fractions of the notional. */
export type CommissionRate = z.infer<typeof commissionRateAnswer>;

/**
 * A commission as a cost, above 0. The venue's documents show it negative on futures, live it was positive; a rebate of the maker
 * programme would have the opposite sign, of whichever is normal (doubtful): with a negative maker rate read the sign yourself.
 */
export const commissionPaid = (commission: Decimal): Decimal => commission.replace(/^-/, "") as Decimal; // still digits
