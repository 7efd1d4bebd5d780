// Keys that may withdraw do not trade real money unless a person says so.
import { BpError, isBpError } from "@bp/core";
import type { BotConfig } from "./config/index.ts";
import { rightsText } from "./stage/rights.ts";
import type { Stage } from "./stage/stage.ts";

/** What to do about a key that may withdraw. */
export const withdrawHint =
  "a thief of it takes all: make one without withdrawals at the venue, or say --allow-withdraw-key";

/**
 * Looks at the keys of a live stage, where the venue tells about them. Who only cannot tell is told to the person and goes on.
 *
 * @throws BpError `config/conflict` for a key that may withdraw, one that may not trade and one that has ended
 */
export async function checkRights(
  { allowWithdrawKey = false }: Pick<BotConfig, "allowWithdrawKey">,
  stage: Stage,
  tell: (line: string) => void,
): Promise<void> {
  if (stage.place !== "live") return;
  for (const { id } of stage.venues) {
    const rights = await stage.rights?.(id).catch((error: unknown) => {
      if (!isBpError(error)) throw error;
      tell(`${id}: what the key may do could not be read: ${error.message}`);
      return undefined;
    });
    if (rights === undefined) continue;
    const { withdraw, trade, until, untold } = rights;
    if (trade === false)
      throw new BpError("config/conflict", {
        what: `the key of ${id} may not trade there`,
        hint: "allow it at the venue, or use another one",
      });
    if (until !== undefined && until <= stage.clock.now())
      throw new BpError("config/conflict", {
        what: `the key of ${id} has ended (${rightsText(rights)})`,
        hint: "make a new one",
      });
    if (withdraw === true && !allowWithdrawKey)
      throw new BpError("config/conflict", { what: `the key of ${id} may withdraw`, hint: withdrawHint });
    if (withdraw === true) tell(`${id}: the key may withdraw, as --allow-withdraw-key allows`);
    else if (untold !== "") tell(`${id}: ${untold}`);
  }
}
