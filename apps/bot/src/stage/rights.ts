// What a venue tells about the rights of a key: whether it may withdraw, and until when it is good.
import { masked, plain } from "@bp/core";

/** The rights of a key, as far as the venue tells. */
export interface Rights {
  /** `undefined`: the venue does not tell. */
  readonly withdraw: boolean | undefined;
  /** Whether it may trade the markets that the account is for; `undefined`: not told. */
  readonly trade: boolean | undefined;
  /** When it ends, ms; `undefined`: never, or not told. */
  readonly until: number | undefined;
  /** Whether only addresses of a list may use it; `undefined`: not told. */
  readonly bound: boolean | undefined;
  /** Why something is not told, for a person; empty where all of it is. */
  readonly untold: string;
}

/** Nothing is told. @param untold - why, and where a person can look */
export const untoldRights = (untold: string): Rights => ({
  withdraw: undefined,
  trade: undefined,
  until: undefined,
  bound: undefined,
  untold,
});

/** An agent as Aster lists it. */
export interface ListedAgent {
  readonly agentAddress: string;
  readonly canWithdraw: boolean | null;
  readonly canSpotTrade: boolean | null;
  readonly canPerpTrade: boolean | null;
  readonly expired: number | null;
  readonly ipWhitelist: string | null;
}

/** The rights of an agent out of the list of all agents of its user. @param signer - its address */
export function rightsOfAgent(agents: readonly ListedAgent[], signer: string, product: "futures" | "spot"): Rights {
  const own = agents.find(({ agentAddress }) => agentAddress.toLowerCase() === signer.toLowerCase());
  if (own === undefined) return untoldRights("Aster's list of agents does not have this one");
  const { canWithdraw, canSpotTrade, canPerpTrade, expired, ipWhitelist } = own;
  return {
    withdraw: canWithdraw ?? undefined,
    trade: (product === "futures" ? canPerpTrade : canSpotTrade) ?? undefined,
    until: expired ?? undefined,
    bound: ipWhitelist === null ? undefined : ipWhitelist.trim() !== "",
    untold: canWithdraw === null ? "Aster's list of agents does not say whether this one may withdraw" : "",
  };
}

/** In one line. */
export function rightsText({ withdraw, trade, until, bound, untold }: Rights): string {
  const said = [
    withdraw === undefined ? "" : withdraw ? "MAY WITHDRAW" : "may not withdraw",
    trade === false ? "may not trade here" : "",
    until === undefined ? "" : `good until ${dayOf(until)}`,
    bound === undefined ? "" : bound ? "bound to listed addresses" : "usable from any address",
    untold,
  ];
  return masked(plain(said.filter((each) => each !== "").join(", ")));
}

const lastDay = Date.UTC(9999, 11, 31);
const dayOf = (at: number) => (at > lastDay ? "the end of days" : new Date(at).toISOString().slice(0, 10));
