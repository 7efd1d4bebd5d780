// The whole contract, in the order of its numbers.
import type { ContractCase } from "./case.ts";
import { accountCases } from "./cases/account.ts";
import { brokenCases } from "./cases/broken.ts";
import { cancelCases } from "./cases/cancels.ts";
import { handCases } from "./cases/hand.ts";
import { marketCases } from "./cases/markets.ts";
import { orderCases } from "./cases/orders.ts";
import { refusalCases } from "./cases/refusals.ts";
import { unknownCases } from "./cases/unknown.ts";

/** Every case that a venue of this house is held to. */
export const contractCases: readonly ContractCase[] = [
  ...marketCases,
  ...accountCases,
  ...orderCases,
  ...refusalCases,
  ...cancelCases,
  ...unknownCases,
  ...brokenCases,
  ...handCases,
];
