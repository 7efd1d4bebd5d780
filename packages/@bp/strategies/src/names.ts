// Strategies by the name that a configuration gives them.
import { type AnyStrategy, BpError } from "@bp/core";
import { dualHedge } from "./dualHedge.ts";
import { grid } from "./grid.ts";
import { hedge } from "./hedge.ts";
import { ladder } from "./ladder.ts";
import { maker } from "./maker.ts";
import { sellOff } from "./sellOff.ts";
import { single } from "./single.ts";

/** All strategies by name. */
export const strategies: Readonly<Record<string, AnyStrategy>> = {
  "dual-hedge": dualHedge,
  grid,
  hedge,
  ladder,
  maker,
  "sell-off": sellOff,
  single,
};

/**
 * The strategy of a name.
 *
 * @throws BpError `config/invalid` for a name that is not known; the message lists those that are
 */
export function strategyNamed(name: string): AnyStrategy {
  const found = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (found !== undefined) return found;
  const expected = `one of ${Object.keys(strategies).join(", ")}`;
  throw new BpError("config/invalid", { path: "strategy", found: JSON.stringify(name), expected });
}
