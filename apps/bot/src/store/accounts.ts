// The accounts of a run, taken for this process alone: on this machine, and where there is a store on all that share it.
import { claimAccount, claimInStore, type StoreAddress } from "@bp/journal";
import type { Operator } from "../operator.ts";
import type { Face } from "../session.ts";
import { heldNamesOf } from "../stage/identity.ts";
import type { Stage } from "../stage/stage.ts";
import { stateFolder } from "../state.ts";
import { driver } from "./store.ts";

/** Accounts that nobody else trades. */
export interface HeldAccounts {
  /** Says which run trades them, for whoever is refused. */
  tell(run: string): void;
  release(): Promise<void>;
}

/** What is held, and who is told. */
export interface HoldOptions {
  readonly stage: Pick<Stage, "place" | "accounts" | "venues" | "doors" | "lasts">;
  readonly store: StoreAddress | undefined;
  readonly operator: Operator;
  readonly tell: (line: string) => void;
}

/**
 * Takes them. On an exchange that ends with the bot there is nobody else.
 *
 * A connection to the store that is lost while we trade: the lock of this machine stands, so the run goes on; the lock there is
 * taken again, and if another machine has it by then the run halts.
 *
 * @throws BpError `journal/account-locked` telling who trades one of them, `journal/store` when the store cannot be reached
 */
export async function holdAccounts({ stage, store, operator, tell }: HoldOptions): Promise<HeldAccounts> {
  if (!stage.lasts) return { tell: () => undefined, release: () => Promise.resolve() };
  const claims = stage.accounts.flatMap((own, at) => {
    const door = stage.doors?.[at];
    const label = `${stage.venues[at]?.id ?? ""} (${own})`;
    return (door === undefined ? [own] : heldNamesOf(stage.place, door)).map((account) => ({ account, label }));
  });
  const folder = stateFolder();
  const locks: ReturnType<typeof claimAccount>[] = [];
  const release = () => {
    for (const each of locks) each.release();
  };
  try {
    for (const { account, label } of claims) locks.push(claimAccount(folder, account, label));
    const there =
      store === undefined
        ? undefined
        : await claimInStore({
            store,
            accounts: claims,
            driver,
            onLost: (why) =>
              tell(
                `warning: ${why}; it is not known whether another machine takes the account: this run goes on, and halts if one did`,
              ),
            onWait: (owner) => tell(`the store has not let go of ${owner}, which has ended: waiting for it`),
            onBack: () => tell("the store is back, and the accounts are still ours"),
            onTaken: ({ message }) => {
              tell(`error: ${message}`);
              operator.ask("yield", `the store, because ${message},`);
            },
          });
    return {
      tell: (run) => {
        for (const each of locks) each.tell(run);
        there?.tell(run).catch(() => undefined); // only the message is poorer
      },
      release: async () => {
        release();
        await there?.release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Says which run has the accounts, as soon as it has a name. */
export const telling = (held: HeldAccounts): Face => ({
  begun: ({ run }) => held.tell(run),
  step: () => undefined,
  ending: () => undefined,
  ended: () => undefined,
});
