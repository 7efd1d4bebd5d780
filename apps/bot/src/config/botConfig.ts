// What a run is configured to be, whatever it was read from: our own file, the file of one of the five systems, or flags.
import type { InstrumentId, VenueId } from "@bp/core";
import type { Limits } from "../limits.ts";
import type { Source } from "./finding.ts";

/** Where a secret is kept. The secret itself is never part of a configuration. */
export type SecretRef =
  | { readonly env: string }
  /** A file that only its owner may read (0600). */
  | { readonly file: string }
  | { readonly keyring: string }
  /** It stood in the user's own file or flag: held outside of the configuration under this name, never shown. */
  | { readonly given: string };

/** One account at one exchange. Its key in `accounts` is the venue's id: `backpack`, `backpack-2`, `aster-futures`, `aster-spot`. */
export interface AccountConfig {
  /** Left out where nothing real is traded. */
  readonly key?: SecretRef | undefined;
  readonly secret?: SecretRef | undefined;
  /** Aster V3: an agent's key instead of key and secret. */
  readonly agent?: { readonly user?: string; readonly signer: string; readonly privateKey: SecretRef } | undefined;
  readonly restUrl?: string | undefined;
  readonly wsUrl?: string | undefined;
  readonly proxy?: string | undefined;
  /** Instead of `proxy` where its address holds a password; see `proxyOf`. */
  readonly proxySecret?: SecretRef | undefined;
  /** How long a signed request is good, ms. */
  readonly windowMs?: number | undefined;
  /** Name of a sandbox account; default: alice, then bob, then carol. */
  readonly sandboxAccount?: string | undefined;
}

/** One strategy at work. */
export interface StrategyConfig {
  /** Unique in the run; orders and figures carry it. Default: `use`. */
  readonly name: string;
  /** A strategy of `@bp/strategies` by name. */
  readonly use: string;
  /** In the words of its schema, not checked against the market yet. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** What is done to accounts before the first order. Each is named to the person with what else it touches. */
export interface Preparation {
  /** Leverage of the account (Backpack: the whole account) or of the market (Aster). */
  readonly leverage?: Readonly<Record<InstrumentId, number>> | undefined;
  /** Also when positions in other markets would be touched; default: refuse live, warn elsewhere. */
  readonly allowLeverageForAll?: boolean | undefined;
  /** Markets whose resting orders are all cancelled, the user's own too, before a new run (not when one is resumed). */
  readonly clearOrders?: readonly InstrumentId[] | undefined;
  /** Sells coins of the user's that are worth at least `minValue` quote; only what `consent` names. */
  readonly sellOff?:
    | { readonly venue: VenueId; readonly minValue: string; readonly consent: readonly string[] }
    | undefined;
}

/** Log files, in a folder of their own. */
export interface LogConfig {
  readonly folder: string;
  /** Name of the main file, `{date}` stands for the day. */
  readonly file: string;
  /** Warnings and errors once more, in a file of their own. */
  readonly errorFile?: string | undefined;
  readonly level: "debug" | "info" | "warn" | "error";
  /** Rolls over at this size; `undefined`: by the day only. */
  readonly maxBytes?: number | undefined;
  readonly keep: number;
}

/** A checked configuration. */
export interface BotConfig {
  /** Whose words the screens speak: the system that the file or the flags came from. */
  readonly system: "single" | "dual-hedge" | "ladder" | "maker" | "hedge" | "grid" | "own";
  /** The file it was read from; `undefined`: flags only. */
  readonly file: string | undefined;
  readonly place: "sandbox" | "paper" | "live" | "memory";
  readonly accounts: Readonly<Record<VenueId, AccountConfig>>;
  readonly strategies: readonly StrategyConfig[];
  /** What of the limits the person has set; the rest follows from the strategies and their markets. */
  readonly limits: Partial<Limits>;
  readonly prepare: Preparation;
  /** Default: `refuse` live, `adopt` elsewhere. */
  readonly existing: "refuse" | "adopt" | "ignore" | "flatten" | undefined;
  readonly allowNegativeEdge: boolean;
  /** Whether a key that may withdraw may trade real money. Default: no. */
  readonly allowWithdrawKey?: boolean | undefined;
  readonly yes: boolean;
  /** Seconds of the stage's clock, may be beyond 2^31 ms; `undefined`: until it is stopped. */
  readonly durationSeconds: number | undefined;
  readonly sandbox: {
    readonly seed: number;
    readonly speed: number;
    /** A recording. */
    readonly market: string | undefined;
  };
  /** `:memory:` keeps nothing. */
  readonly journal: string;
  /** A PostgreSQL database that gets a copy of the journal: its address with the password. */
  readonly store?: SecretRef | undefined;
  /** A commit to the journal that takes longer stops quoting, in ms; default 2,000. */
  readonly journalSlowMs?: number | undefined;
  /** Whether each commit to the journal waits for the disk; default `normal`: it survives the death of the process, not a power cut. */
  readonly journalSync?: "normal" | "full" | undefined;
  readonly resume: boolean;
  /** Whether today's and all earlier runs' totals are shown beside the run's own: S2's database, off by default there alone. */
  readonly database: boolean;
  readonly json: boolean;
  readonly summary: string | undefined;
  /** A file whose presence kills the run and its accounts. */
  readonly killFile?: string | undefined;
  readonly lang: "en" | "zh";
  readonly logs: LogConfig | undefined;
  /** How often the screen is shown, in seconds. */
  readonly screenSeconds: number;
  /** What a person should know about how this was read: mapped, ignored and refused keys. */
  readonly notices: readonly string[];
  /** Who said which value, for complaints of later; see `sourceAt`. */
  readonly sources?: readonly Source[] | undefined;
}
