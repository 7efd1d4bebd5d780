// What Backpack's endpoints and streams share beside the exchange: its accounts with their keys, and the venue's desks.
import type { AccountSketch } from "@bp/sim";
import type { House } from "../house.ts";
import { enrol, type Member } from "./accounts.ts";
import { createFundsDesk, type FundsDesk, type WithdrawalRules } from "./desks/funds.ts";
import { createLendingDesk, type LendingDesk } from "./desks/lending.ts";
import { createPastPositions, type PastPositions } from "./desks/pastPositions.ts";
import { createProceeds } from "./desks/proceeds.ts";
import { createRfqDesk, type RfqDesk } from "./desks/rfq.ts";
import { startQuoter } from "./desks/rfqQuoter.ts";
import { createSettlementBook, type SettlementBook } from "./desks/settlements.ts";
import { createSpotMargin, type SpotMargin } from "./desks/spotMargin.ts";
import { createStrategyDesk, type StrategyDesk } from "./desks/strategies.ts";
import { createTill, type Till } from "./desks/till.ts";
import { createVault, type Vault } from "./desks/vault.ts";
import { createNoteBook, type NoteBook } from "./notes.ts";
import { placeNoted } from "./placing.ts";
import { createPositionBook, type PositionBook } from "./positions.ts";

export interface BackpackHouse extends House {
  readonly members: readonly Member[];
  readonly positions: PositionBook;
  readonly notes: NoteBook;
  readonly till: Till;
  readonly lending: LendingDesk;
  readonly spotMargin: SpotMargin;
  readonly rfq: RfqDesk;
  readonly strategies: StrategyDesk;
  readonly vault: Vault;
  readonly funds: FundsDesk;
  readonly settlements: SettlementBook;
  readonly pastPositions: PastPositions;
  member(apiKey: string): Member | undefined;
}

/** Opens every desk. They hear the facts in the order of their making, and before the streams do. */
export function createBackpackHouse(
  house: House,
  sketches: readonly AccountSketch[],
  withdrawals: WithdrawalRules = {},
): BackpackHouse {
  const { exchange } = house;
  const members = enrol(sketches);
  const byKey = new Map(members.map((member) => [member.apiKey, member]));
  const positions = createPositionBook();
  const notes = createNoteBook();
  const till = createTill(exchange);
  const lending = createLendingDesk(house, till);
  const settlements = createSettlementBook(house, positions);
  const pastPositions = createPastPositions(house, positions);
  const spotMargin = createSpotMargin(house, till, lending);
  const rfq = createRfqDesk(house, till, spotMargin);
  const strategies = createStrategyDesk(
    house,
    (orderId) => notes.of(orderId).strategyId,
    (member, request, note) => placeNoted(backpack, member, request, note),
  );
  const backpack: BackpackHouse = {
    ...house,
    members,
    positions,
    notes,
    till,
    lending,
    spotMargin,
    rfq,
    strategies,
    vault: createVault(house, till, lending),
    funds: createFundsDesk(house, till, withdrawals),
    settlements,
    pastPositions,
    member: (apiKey) => byKey.get(apiKey),
  };
  const proceeds = createProceeds(backpack);
  exchange.listen((fact) => {
    notes.hear(fact);
    positions.hear(fact);
    pastPositions.hear(fact);
    settlements.hear(fact);
    strategies.hear(fact);
    proceeds(fact);
  });
  startQuoter(house, rfq);
  return backpack;
}
