// The warning before a liquidation.
import { symbolOf } from "@bp/core";
import { Big } from "big.js";
import type { PositionFigures } from "../figures.ts";
import type { AsterHouse } from "../house.ts";
import { eight, exactly } from "../wire/numbers.ts";

/** MARGIN_CALL with every position of the account. */
export function marginCall(
  house: AsterHouse,
  account: string,
  positions: readonly PositionFigures[],
): Record<string, unknown> {
  const usdt = house.exchange.balances(account).find(({ asset }) => asset === "USDT");
  return {
    e: "MARGIN_CALL",
    E: Math.floor(house.times.now()),
    cw: eight(usdt?.total ?? new Big(0)),
    p: positions
      .filter(({ size }) => !size.eq(0))
      .map((of) => ({
        s: symbolOf(of.market.id),
        ps: of.positionSide,
        pa: exactly(of.size),
        mt: of.isolated ? "ISOLATED" : "CROSSED",
        iw: exactly(of.wallet),
        mp: exactly(of.mark.round(8)),
        up: exactly(of.unrealized.round(8)),
        mm: exactly(of.maintenance.round(8)),
      })),
  };
}
