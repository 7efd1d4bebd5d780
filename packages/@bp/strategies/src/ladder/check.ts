// What a ladder's configuration must earn or lose, worked out before anything is sent.
import { Big, bigToDecimal, type Instrument } from "@bp/core";
import type { Finding } from "../finding.ts";
import type { LadderParams } from "./params.ts";
import { infeasible, rungsOf } from "./rungs.ts";

/**
 * Checks a configuration against the fees and filters of its market. No findings: it is well.
 *
 * @param price - in ticks, above 0: the price at the start
 */
export function checkLadder(params: LadderParams, instrument: Instrument, price: number): readonly Finding[] {
  const findings: Finding[] = [];
  const small = infeasible(params, instrument, price);
  if (small !== undefined) findings.push({ level: "refuse", code: "too-small", say: small });
  const missing = params.orderCount - rungsOf(params, instrument, price).length;
  if (small === undefined && missing > 0)
    findings.push({
      level: "warn",
      code: "left-out",
      say: `${missing} of ${params.orderCount} rungs are less than the market takes and are left out`,
    });
  const { maker, taker } = instrument.fees;
  // A spot buy pays its fee out of the base, of which less is then there to sell.
  const paid = instrument.kind === "spot" ? new Big(1).div(new Big(1).minus(maker)) : new Big(maker).plus(1);
  const even = paid.div(new Big(1).minus(taker)).minus(1).times(100).round(6);
  if (params.tpMode === "gross" && even.gt(params.takeProfitPct))
    findings.push({
      level: "refuse",
      code: "negative-edge",
      say: `a gross profit of ${params.takeProfitPct} % is less than the fees of both sides (${bigToDecimal(even)} %): each cycle loses`,
    });
  return findings;
}
