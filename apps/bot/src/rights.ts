// Keys that may withdraw do not trade real money unless a person says so.
import { BpError, isBpError, type VenueId } from "@bp/core";
import type { BotConfig } from "./config/index.ts";
import { type Rights, rightsText } from "./stage/rights.ts";
import type { Stage } from "./stage/stage.ts";

/** What to do about a key that may withdraw. */
export const withdrawHint =
  "a thief of it takes all: make one without withdrawals at the venue, or say --allow-withdraw-key";

/** How long a venue is given before it is asked again, ms: three questions in all. */
const pausesMs = [1_000, 3_000] as const;

/** What is asked of a stage. */
export type RightsStage = Pick<Stage, "place" | "venues" | "clock" | "rights">;

/** Who waits for it. */
export interface RightsAsk {
  /** Ends it at once, as if there were nothing to say. */
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

/**
 * Looks at the keys of a live stage, where the venue tells about them. A venue that tells nothing by its nature is told to the
 * person and goes on; one that tells and did not answer is asked again, and then nothing begins: its silence is no "may not".
 *
 * @throws BpError `config/conflict` for a key that may withdraw, one that may not trade and one that has ended; what the venue threw
 *   last where it did not answer
 */
export async function checkRights(
  { allowWithdrawKey = false }: Pick<BotConfig, "allowWithdrawKey">,
  stage: RightsStage,
  { stop, tell }: RightsAsk,
): Promise<void> {
  if (stage.place !== "live") return;
  for (const { id } of stage.venues) {
    const rights = await rightsAt(id, stage, stop).catch((error: unknown) => {
      if (!isBpError(error)) throw error;
      const unread = `${id}: what the key may do could not be read`;
      tell(
        allowWithdrawKey
          ? `${unread}, and --allow-withdraw-key goes on: ${error.message}`
          : `${unread}, so nothing is begun: try again, or make sure at the venue that it may not withdraw and say --allow-withdraw-key`,
      );
      if (!allowWithdrawKey) throw error;
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

/** @returns `undefined` also when `stop` aborts. @throws BpError as the last question does */
async function rightsAt(
  venue: VenueId,
  { clock, rights }: RightsStage,
  stop: AbortSignal,
): Promise<Rights | undefined> {
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    else stop.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const asked = () => (stop.aborted ? undefined : Promise.race([stopped, rights?.(venue)])); // what is still on its way is not waited for
  for (const ms of pausesMs)
    try {
      return await asked();
    } catch (error) {
      if (!isBpError(error)) throw error;
      await clock.sleep(ms, stop);
    }
  return asked();
}
