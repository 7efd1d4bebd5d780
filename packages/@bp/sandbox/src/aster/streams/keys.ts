// Listen keys: one an account and service, good for an hour, prolonged on demand.
import { createHash } from "node:crypto";

export interface ListenKeys {
  /** Makes the account's key or prolongs the one it has. */
  open(account: string): string;
  /** False when the account has none (any more). */
  prolong(account: string): boolean;
  close(account: string): void;
  /** The account of a key that is good now. */
  account(key: string): string | undefined;
  /** The account's key, good or just over. */
  current(account: string): string | undefined;
  /** Accounts whose key has run out since the last time this was asked. */
  expired(): readonly string[];
}

/**
 * @param service - the same account has another key at the other one
 * @param lifeMs - wall time for which a key is good
 */
export function createKeys(service: string, lifeMs: number): ListenKeys {
  const keys = new Map<string, { readonly key: string; until: number; told: boolean }>();
  let made = 0;
  const now = () => performance.now();
  const good = (account: string) => {
    const found = keys.get(account);
    return found !== undefined && now() < found.until ? found : undefined;
  };
  return {
    open: (account) => {
      const found = good(account);
      if (found !== undefined) {
        found.until = now() + lifeMs;
        return found.key;
      }
      made += 1;
      const key = createHash("sha256")
        .update(`listen ${service} ${account} ${made} ${performance.timeOrigin}`)
        .digest("hex");
      keys.set(account, { key, until: now() + lifeMs, told: false });
      return key;
    },
    prolong: (account) => {
      const found = good(account);
      if (found !== undefined) found.until = now() + lifeMs;
      return found !== undefined;
    },
    close: (account) => void keys.delete(account),
    account: (key) => {
      for (const [account, entry] of keys) if (entry.key === key && good(account) !== undefined) return account;
      return undefined;
    },
    current: (account) => keys.get(account)?.key,
    expired: () => {
      const over: string[] = [];
      for (const [account, entry] of keys)
        if (!entry.told && now() >= entry.until) {
          entry.told = true;
          over.push(account);
        }
      return over;
    },
  };
}
