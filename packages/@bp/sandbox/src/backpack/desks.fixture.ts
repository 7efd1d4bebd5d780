// For the tests of the desks: a house without a server, whose time only a test moves, and the law that money keeps.
import { type Millis, millis } from "@bp/core";
import { createExchange } from "@bp/sim";
import { Big } from "big.js";
import { expect } from "vitest";
import { runExchange } from "../run.ts";
import type { Stage } from "../trial.fixture.ts";
import { defaultAccounts } from "./accounts.ts";
import type { WithdrawalRules } from "./desks/funds.ts";
import { type BackpackHouse, createBackpackHouse } from "./house.ts";
import { createStage, perp, spot } from "./trial.fixture.ts";

export interface Bare {
  readonly house: BackpackHouse;
  readonly stage: Stage;
  pass(ms: number): void;
}

const start: Millis = millis(Date.UTC(2026, 8, 1, 9, 30));

/** Both books as in `play`, with deep levels behind, and marks. */
export function openBare(rules: WithdrawalRules = {}): Bare {
  const stage = createStage();
  const exchange = createExchange({ start, accounts: defaultAccounts, market: stage.source });
  const running = runExchange(
    exchange,
    { speed: 1, warmupMs: 0, wall: start },
    0,
    () => false,
    (error) => {
      throw error;
    },
  );
  const house = createBackpackHouse(running.house, defaultAccounts, rules);
  for (const { id } of [spot, perp]) {
    stage.offer(id, "buy", 9896, 2_000_000);
    stage.offer(id, "sell", 9897, 2_000_000);
    stage.take(id, "buy", 9897, 10);
  }
  stage.hands.mark(perp.id, 9896, 9896);
  const pass = (ms: number) => {
    exchange.advance(millis(exchange.now() + ms));
    house.agenda.run(exchange.now());
  };
  pass(1);
  return { house, stage, pass };
}

/** What is in the world by asset: in wallets and the till, less what came from outside; the same before and after anything. */
export function worldOf({ exchange, till }: BackpackHouse): ReadonlyMap<string, string> {
  return new Map(
    exchange.ledger().map(({ asset, accounts, others, house, deposits }) => {
      expect(new Big(accounts).plus(others).plus(house).toFixed(), asset).toBe(new Big(deposits).toFixed());
      return [asset, new Big(deposits).plus(till.held(asset)).minus(till.brought(asset)).toFixed()] as const;
    }),
  );
}
