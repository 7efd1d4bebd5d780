// What must be right before a run may begin, in the order in which it is looked at.
import { BpError, type Instrument } from "@bp/core";
import { type JournalStore, openJournal } from "@bp/journal";
import { checksOf } from "./checks.ts";
import type { BotConfig } from "./config/index.ts";
import { allowed, type Consent } from "./consent.ts";
import { type OpeningOptions, resumable } from "./opening.ts";
import type { Operator } from "./operator.ts";
import { fromHere } from "./paths.ts";
import { checkPreparation, prepareAccounts, sellOffOf } from "./prepare.ts";
import { type Cooked, recipeOf } from "./recipe.ts";
import { checkRights } from "./rights.ts";
import { marketsAt, type Stage } from "./stage/stage.ts";
import { type HeldAccounts, holdAccounts } from "./store/accounts.ts";
import { storeOf } from "./store/store.ts";
import { checkSummary } from "./summary.ts";
import { instrumentNamed, marketsOf } from "./wire-up.ts";

const warn = (line: string): void => void process.stderr.write(`${line}\n`);

/** What may begin: its accounts are ours alone, and prepared. */
export interface Ready extends Cooked {
  readonly store: JournalStore;
  readonly held: HeldAccounts;
}

/**
 * Everything that must be right before the first order: markets, sizes, a journal, accounts that no other bot trades, what is
 * held already, a person's yes with real money, leverage and orders that are in the way.
 *
 * @returns `undefined` when a person said no
 * @throws BpError `config/*` for what must not begin, `journal/account-locked` while another bot trades on one of the accounts
 */
export async function readyFor(
  config: BotConfig,
  stage: Stage,
  operator: Operator,
  say: (line: string) => void,
): Promise<Ready | undefined> {
  const { ends: stop } = operator;
  const address = storeOf(config);
  if (address !== undefined && config.journal === ":memory:")
    throw new BpError("config/conflict", {
      what: "a store without a journal",
      hint: "what is shipped is the journal: leave out --disable-db, or the store",
    });
  for (const warning of stage.warnings ?? []) warn(`warning: ${warning}`);
  const known = await marketsAt(stage, stop);
  const cooked = recipeOf(config, known);
  checkPreparation(config, known);
  const checks = await checksOf(config, stage, cooked.instruments, cooked.recipe);
  const [refusal] = checks.refusals;
  if (refusal !== undefined) throw refusal;
  for (const warning of checks.warnings) warn(`warning: ${warning}`);
  if (config.summary !== undefined) checkSummary(config.summary);
  await checkRights(config, stage, { stop, tell: (line) => warn(`note: ${line}`) });
  if (stop.aborted) return undefined;
  const journal = config.journal === ":memory:" ? ":memory:" : fromHere(config.journal);
  const store = openJournal(journal, { sync: config.journalSync ?? "normal" });
  let held: HeldAccounts | undefined;
  let prepared: Cooked | undefined;
  try {
    held = await holdAccounts({ stage, store: address, operator, tell: warn });
    prepared = await preparedFor({ config, stage, store, known, checks, stop, say }, cooked);
  } finally {
    if (prepared === undefined) {
      store.close();
      await held?.release();
    }
  }
  return prepared === undefined ? undefined : { ...prepared, store, held };
}

/** What a start knows by now. */
interface Starting extends Consent {
  readonly store: JournalStore;
  readonly known: readonly Instrument[];
}

async function preparedFor(starting: Starting, { recipe, instruments }: Cooked): Promise<Cooked | undefined> {
  const { config, stage, store, known, stop } = starting;
  const options: OpeningOptions = { stage, instruments, recipe, resume: config.resume };
  const resumed = resumable(store, options)?.id;
  if (!(await allowed(starting, options, resumed))) return undefined;
  const isReady = await prepareAccounts({ stage, config, resumed: resumed !== undefined, stop, tell: warn });
  if (!isReady) return undefined;
  const sale = resumed === undefined ? await sellOffOf({ stage, config, stop, tell: warn }, known) : undefined;
  if (stop.aborted) return undefined;
  if (sale === undefined) return { recipe, instruments };
  const beside = marketsOf(sale).filter((id) => instruments.every((each) => each.id !== id));
  return {
    recipe: { ...recipe, once: [sale] },
    instruments: [...instruments, ...beside.map((id) => instrumentNamed(known, id))],
  };
}
