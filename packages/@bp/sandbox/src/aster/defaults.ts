// What the Aster services of a sandbox start with: money, leverage tables, what assets count as collateral.
import type { Instrument } from "@bp/core";
import type { AccountSketch, Collateral } from "@bp/sim";
import type { Bracket, Service } from "./house.ts";

const names = ["alice", "bob", "carol"];

/** Enough money of every kind for every default market. */
export const defaultAsterAccounts = (service: Service): readonly AccountSketch[] =>
  names.map((name) =>
    service === "futures"
      ? { name, balances: { USDT: "100000", BTC: "0", ETH: "0", ASTER: "0" }, leverage: 20 }
      : { name, balances: { USDT: "100000", BTC: "2", ETH: "30", SOL: "500", ASTER: "50000" } },
  );

/** In multi-assets mode. Prices are what the generated markets begin with; the exchange counts by them all the time. */
export const collateral: Readonly<Record<string, Collateral>> = {
  USDT: { weight: 1, price: 1 },
  BTC: { weight: 0.95, price: 60_000 },
  ETH: { weight: 0.95, price: 2500 },
  ASTER: { weight: 0.8, price: 1.72 },
};

/** Cap in quote, largest leverage, maintenance rate. */
type Step = readonly [cap: number, leverage: number, rate: number];

const majors: readonly Step[] = [
  [50_000, 125, 0.004],
  [250_000, 100, 0.005],
  [1_000_000, 50, 0.01],
  [10_000_000, 20, 0.025],
  [20_000_000, 10, 0.05],
  [50_000_000, 5, 0.1],
  [100_000_000, 4, 0.125],
  [200_000_000, 3, 0.15],
  [300_000_000, 2, 0.25],
  [500_000_000, 1, 0.5],
];
const others: readonly Step[] = [
  [10_000, 75, 0.0065],
  [50_000, 50, 0.01],
  [250_000, 20, 0.025],
  [1_000_000, 10, 0.05],
  [2_000_000, 5, 0.1],
  [5_000_000, 4, 0.125],
  [10_000_000, 2, 0.25],
  [20_000_000, 1, 0.5],
];

/** The leverage table of a market. `cum` makes the maintenance requirement continuous. */
export function bracketsFor({ base }: Instrument): readonly Bracket[] {
  let floor = 0;
  let cum = 0;
  let before = 0;
  return (base === "BTC" || base === "ETH" ? majors : others).map(([cap, leverage, rate]) => {
    cum += floor * (rate - before);
    const bracket = { floor, cap, rate, cum: Math.round(cum * 1e8) / 1e8, leverage };
    floor = cap;
    before = rate;
    return bracket;
  });
}
