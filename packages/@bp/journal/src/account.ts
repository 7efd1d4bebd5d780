// One writer per account on this machine, whatever journals the bots keep.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { BpError } from "@bp/core";
import { guarded } from "./fault.ts";
import { makeFolder } from "./folder.ts";
import { hold, type Lock, lockName } from "./lock.ts";

/** Who trades an account. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** `undefined`: it has not begun. */
  readonly run: string | undefined;
  /** When it took the account, ms. */
  readonly since: number;
}

/** An account that is ours alone. */
export interface AccountLock extends Lock {
  /** Says which run trades it, for whoever is refused. */
  tell(run: string): void;
}

/**
 * Takes an account for this process alone, until it is released or the process ends, however it ends: the operating system
 * holds the lock (`account-<hash>.lock`), as that of a journal. Who has it stands beside it, for the message only.
 *
 * @param folder - of the state that all bots of this user share; made if need be
 * @param account - tells accounts apart; never a key
 * @param label - how a person calls it
 * @throws BpError `journal/account-locked` while another process has it, `journal/write` if the folder cannot be written
 */
export function claimAccount(folder: string, account: string, label: string): AccountLock {
  const path = join(folder, `account-${lockName(account)}`);
  makeFolder(path, folder);
  const lock = guarded(`${path}.lock`, "write", () => hold(`${path}.lock`));
  if (lock === undefined)
    throw new BpError("journal/account-locked", { account: label, owner: holderText(holderIn(`${path}.json`)) });
  const since = Date.now();
  const tell = (run: string | undefined) => {
    const draft = `${path}.${process.pid}.draft`;
    writeFileSync(draft, JSON.stringify({ label, pid: process.pid, host: hostname(), run, since }));
    renameSync(draft, `${path}.json`); // whole or not at all
  };
  try {
    guarded(`${path}.json`, "write", () => tell(undefined));
  } catch (error) {
    lock.release();
    throw error;
  }
  return { ...lock, tell: (run) => guarded(`${path}.json`, "write", () => tell(run)) };
}

/** Who has it, for a person. @param holder - `undefined`: it has not written its name yet */
export function holderText(holder: Holder | undefined): string {
  if (holder === undefined) return "another process";
  const { pid, host, run, since } = holder;
  const here = host === hostname();
  const who = here && pid === process.pid ? "this very process" : `process ${pid}${here ? "" : ` on ${host}`}`;
  return `${who}${run === undefined ? "" : `, run ${run}`}, since ${new Date(since).toISOString()}`;
}

function holderIn(file: string): Holder | undefined {
  try {
    const { pid, host, run, since } = JSON.parse(readFileSync(file, "utf8")) as Holder; // written by `tell`
    return { pid, host, run, since };
  } catch {
    return undefined; // only the message is poorer
  }
}
