// What a plan is made from, and what it says.
import type { AccountSnapshot, Instrument, InstrumentId, PlaceOrder, VenueId, View } from "@bp/core";
import type { BotConfig, StrategyConfig } from "../config/botConfig.ts";
import type { Limits } from "../limits.ts";
import type { Span } from "../needs.ts";
import type { Need, Worst } from "./capital.ts";
import type { Estimate } from "./economics.ts";
import type { Rate } from "./rates.ts";

/** What the plan is made from. */
export interface PlanInput {
  readonly config: Pick<BotConfig, "place">;
  /** With every value of their schemas. */
  readonly strategies: readonly StrategyConfig[];
  /** What each of them may come to hold, by name. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  /** Limits as they will hold, with what follows from the strategies. */
  readonly limits: Limits;
  readonly instruments: readonly Instrument[];
  /** What the engine would send first. */
  readonly orders: readonly PlaceOrder[];
  readonly view: View;
  readonly snapshots: ReadonlyMap<VenueId, AccountSnapshot>;
  /** Markets by strategy, the one that rests first. */
  readonly markets: ReadonlyMap<string, readonly InstrumentId[]>;
  readonly leverage: ReadonlyMap<InstrumentId, number>;
  /** What the checks of the strategies refuse. */
  readonly refusals: readonly string[];
  /** What the economics check of the strategies, the rules and the preparation have to say. */
  readonly warnings: readonly string[];
  readonly resumed: string | undefined;
}

/** One market as it was found. Prices, sizes and money as decimal text. */
export interface PlannedMarket {
  readonly instrument: InstrumentId;
  readonly state: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly minSize: string;
  readonly minNotional: string;
  readonly makerPct: string;
  readonly takerPct: string;
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  readonly mark: string | undefined;
  /** The next stamps as the venue tells them now, ISO times; perpetuals only. */
  readonly fundingAt: readonly string[];
  readonly fundingRatePct: string | undefined;
  /** Base: the smallest order at the price now. */
  readonly smallestOrder: string | undefined;
}

/** One order as it would be sent. */
export interface PlannedOrder {
  readonly instrument: InstrumentId;
  readonly slot: string;
  readonly side: string;
  readonly size: string;
  readonly price: string;
  readonly notional: string;
  readonly how: string;
}

/** The whole plan, as `--json` prints it. */
export interface Plan {
  readonly place: string;
  readonly resumes: string | undefined;
  readonly markets: readonly PlannedMarket[];
  readonly holdings: readonly {
    readonly venue: VenueId;
    readonly asset: string;
    readonly total: string;
    readonly free: string;
  }[];
  /** What is there already and is not ours. */
  readonly foreign: readonly {
    readonly venue: VenueId;
    readonly orders: number;
    readonly positions: readonly string[];
  }[];
  readonly orders: readonly PlannedOrder[];
  readonly needs: readonly Need[];
  readonly worst: readonly Worst[];
  readonly limits: Limits;
  /** What the strategies keep to by themselves, as they were told. */
  readonly protections: readonly { readonly strategy: string; readonly key: string; readonly value: string }[];
  readonly estimates: readonly Estimate[];
  readonly rates: readonly Rate[];
  /** Everything that stands in the way: funds, minimum sizes on either leg, a closed market. */
  readonly conflicts: readonly string[];
  /** Those of them that no money mends: nothing is begun with real money. Funds may be freed, or be collateral in another coin. */
  readonly blocking: readonly string[];
  readonly warnings: readonly string[];
}
