// Who may log in: names with fixed, public test keys, so that a README, a test and a stranger's program can write them down.
import { createHash } from "node:crypto";
import { createEd25519Pair } from "@bp/signing";
import type { AccountSketch } from "@bp/sim";

/** A login of the sandbox. The keys open nothing anywhere else: they are derived from the name and printed in the README. */
export interface SandboxAccount {
  readonly name: string;
  /** Base64 of the 32-byte public key, as the venue writes it. */
  readonly apiKey: string;
  /** Base64 of the 32-byte seed, as the venue writes it. Public and worthless. */
  readonly secret: string;
}

/** What the venue keeps about an account beside its orders and its money. */
export interface Member extends SandboxAccount {
  readonly userId: number;
  /** Fractions; `undefined`: the instrument's. */
  readonly fees: { readonly maker: string; readonly taker: string } | undefined;
  readonly settings: Settings;
}

/** What PATCH account can change. */
interface Settings {
  autoBorrowSettlements: boolean;
  autoLend: boolean;
  autoRepayBorrows: boolean;
  /** Decimal text. */
  leverageLimit: string;
}

/** The accounts of a sandbox that was not told otherwise: enough money of every kind for every default market. */
export const defaultAccounts: readonly AccountSketch[] = ["alice", "bob", "carol"].map((name) => ({
  name,
  balances: { USDC: "100000", SOL: "500", BTC: "2", ETH: "30" },
}));

/**
 * The fixed test keys of a name: the seed is SHA-256 of `bp-sandbox:` and the name.
 *
 * @example
 * const { apiKey, secret } = testKeys("alice"); // the same on every machine, for ever
 */
export function testKeys(name: string): SandboxAccount {
  const { apiKey, secret } = createEd25519Pair(createHash("sha256").update(`bp-sandbox:${name}`).digest());
  return { name, apiKey, secret: secret.reveal() };
}

/** Gives each account its keys, its number and its settings. */
export function enrol(sketches: readonly AccountSketch[]): readonly Member[] {
  return sketches.map((sketch, at) => ({
    ...testKeys(sketch.name),
    userId: 1_813_870 + at,
    fees: sketch.fees,
    settings: {
      autoBorrowSettlements: true,
      autoLend: false,
      autoRepayBorrows: true,
      leverageLimit: String(sketch.leverage ?? 10),
    },
  }));
}
