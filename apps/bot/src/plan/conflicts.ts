// What stands in the way of a plan.
import { Big } from "@bp/core";
import type { Need } from "./capital.ts";
import type { PlanInput } from "./shape.ts";

/** Money that would be needed and is not free. */
export function fundsConflicts(needs: readonly Need[]): readonly string[] {
  const found: string[] = [];
  for (const { venue, asset, needed, free, what } of needs)
    if (free === undefined)
      found.push(
        `${venue} has not told how much ${asset} is free; ${needed} would be ${what === "margin" ? "margin" : what}`,
      );
    else if (new Big(needed).gt(free))
      found.push(
        `${venue}: ${needed} ${asset} would be ${what === "margin" ? "needed as margin" : what}, ${free} is free`,
      );
  return found;
}

/** Markets that cannot be traded as they are. */
export function marketConflicts({ instruments, view }: Pick<PlanInput, "instruments" | "view">): readonly string[] {
  const found: string[] = [];
  for (const instrument of instruments) {
    if (instrument.state !== "open") found.push(`${instrument.id} is ${instrument.state}`);
    const { bid, ask } = view.book(instrument.id);
    if (bid === undefined || ask === undefined)
      found.push(`${instrument.id}: the book is empty on one side, or not known`);
  }
  return found;
}
