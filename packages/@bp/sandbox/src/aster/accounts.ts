// Who may log in to the Aster services: names with fixed, public test keys, for both generations of credentials.
import { createHash } from "node:crypto";
import { createAgent } from "@bp/signing";
import { createNonces, type Nonces } from "./nonces.ts";

/** A login of the sandbox. The keys open nothing anywhere else: they are derived from the name and printed in the README. */
export interface AsterAccount {
  readonly name: string;
  /** V1: two times 64 hex digits. Public and worthless. */
  readonly hmac: { readonly key: string; readonly secret: string };
  /** V3: an agent of the main wallet. Public and worthless. */
  readonly agent: { readonly user: string; readonly signer: string; readonly privateKey: string };
  /** V3: the main wallet itself, for programs that sign with it. Public and worthless. */
  readonly wallet: { readonly address: string; readonly privateKey: string };
}

/** What a service keeps about an account beside its orders and its money. */
export interface Member extends AsterAccount {
  readonly accountId: number;
  /** What `balance` calls it. */
  readonly alias: string;
  readonly nonces: Nonces;
  stpMode: StpMode;
  /** Who may sign for it. */
  readonly agents: Agent[];
  /** Client ids of transfers, so that none is made twice. */
  readonly transfers: Set<string>;
  /** Market-maker protection by symbol, as it was set. */
  readonly protections: Map<string, Readonly<Record<string, unknown>>>;
}

/** An agent of a main wallet, as `agent` lists it. */
interface Agent {
  readonly agentAddress: string;
  readonly agentName: string;
  readonly ipWhitelist: string;
  /** ms */
  readonly expired: number;
  readonly source: string;
  readonly canRead: boolean;
  readonly canSpotTrade: boolean;
  readonly canPerpTrade: boolean;
  readonly canWithdraw: boolean;
}

export const stpModes = ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"] as const;
export type StpMode = (typeof stpModes)[number];

/**
 * The fixed test keys of a name: SHA-256 of `aster-sandbox:`, the name and what it is for.
 *
 * @example
 * const { hmac, agent } = asterKeys("alice"); // the same on every machine, for ever
 */
export function asterKeys(name: string): AsterAccount {
  const seed = (use: string) => createHash("sha256").update(`aster-sandbox:${name}:${use}`);
  const wallet = createAgent(seed("wallet").digest());
  const agent = createAgent(seed("agent").digest());
  return {
    name,
    hmac: { key: seed("key").digest("hex"), secret: seed("secret").digest("hex") },
    agent: { user: wallet.address, signer: agent.address, privateKey: agent.privateKey.reveal() },
    wallet: { address: wallet.address, privateKey: wallet.privateKey.reveal() },
  };
}

/** Gives each account its keys, its number and its settings. */
export function enrol(names: readonly string[]): readonly Member[] {
  return names.map((name, at) => {
    const keys = asterKeys(name);
    return {
      ...keys,
      accountId: 4_271_100 + at,
      alias: createHash("sha256").update(`aster-alias:${name}`).digest("base64url").replace(/[-_]/g, "x").slice(0, 4),
      nonces: createNonces(),
      stpMode: "EXPIRE_TAKER",
      agents: [
        {
          agentAddress: keys.agent.signer,
          agentName: name,
          ipWhitelist: "",
          expired: 4_102_444_800_000,
          source: "web",
          canRead: true,
          canSpotTrade: true,
          canPerpTrade: true,
          canWithdraw: false,
        },
      ],
      transfers: new Set(),
      protections: new Map(),
    };
  });
}
