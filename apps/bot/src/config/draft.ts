// What a reader of one format makes of it, before flags and checks: the configuration as far as it is said.
import type { VenueId } from "@bp/core";
import type { AccountConfig, BotConfig } from "./botConfig.ts";

/** An address that stood in a file under this name. */
export interface NamedAddress {
  /** File and key path, for complaints. */
  readonly name: string;
  readonly venue: VenueId;
  readonly kind: "rest" | "ws";
  readonly url: string;
}

/** Where the two halves of a pair belong. */
export interface KeyNames {
  readonly key: string;
  readonly secret: string;
}

/** A configuration in the making. What is left out takes its default. */
export interface Draft
  extends Partial<Omit<BotConfig, "system" | "file" | "accounts" | "strategies" | "sandbox" | "notices" | "sources">> {
  readonly system: BotConfig["system"];
  /** Without addresses: those are checked first. */
  readonly accounts: Readonly<Record<VenueId, AccountConfig>>;
  readonly strategies: BotConfig["strategies"];
  readonly sandbox?: Partial<BotConfig["sandbox"]>;
  /** Where the keys of an account are looked for, for complaints; left out: the environment. */
  readonly keyNames?: Readonly<Record<VenueId, KeyNames>>;
  readonly addresses?: readonly NamedAddress[];
  /** Hosts that the person allows although they are not the venue's own. */
  readonly allowHosts?: readonly string[];
  /** Why it cannot be traded with real money, and what to do. */
  readonly notLive?: { readonly what: string; readonly hint: string };
}
