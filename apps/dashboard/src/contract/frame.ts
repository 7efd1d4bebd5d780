// What is true now of one bot: the picture that is sent up to thirty times a second.

/** Exact decimal text, as a venue writes it. */
export type Text = string;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Moment = number;

/** One bot now. What is not known is left out, and never shown as zero. */
export interface Frame {
  /** When it was made, by the bot's clock. */
  readonly at: Moment;
  /** The number of the last event that is in it. */
  readonly seq: number;
  readonly run: RunNow;
  readonly markets: readonly MarketNow[];
  readonly accounts: readonly AccountNow[];
  readonly strategies: readonly StrategyNow[];
  readonly pairs: readonly PairNow[];
  readonly money: MoneyNow;
  readonly loop: LoopNow;
  /** What a person should look at, the gravest first. */
  readonly warnings: readonly Warning[];
}

/** Where a run is in its life. */
export type RunState = "starting" | "running" | "paused" | "stopping" | "halted" | "ended";

/** The run. */
export interface RunNow {
  readonly id: string;
  readonly place: "sandbox" | "paper" | "live" | "memory";
  readonly state: RunState;
  /** Why it is halted, stopping or over, in plain words. */
  readonly why?: string;
  /** Whether its exchange outlives it. Then a kill marks its accounts, and nothing trades there until a person resumes them. */
  readonly lasts: boolean;
  readonly resumed: boolean;
  /** When this process began with it, by the bot's clock. */
  readonly began: Moment;
  /** Now, by the market's clock, which runs `speed` times as fast. */
  readonly marketNow: Moment;
  readonly speed: number;
  readonly seed?: number;
  /** A line about where this is. */
  readonly about: string;
  /** `maker`, or several: `maker+hedge`. */
  readonly strategy: string;
  /** The same by the names that their user gave them. */
  readonly name: string;
  readonly version: string;
  /** Whether its journal can be read: decisions, history before this start, reports. */
  readonly hasJournal: boolean;
  /** Exit code, once it has ended. */
  readonly code?: number;
}

/** Price and size. */
export type LevelNow = readonly [price: Text, size: Text];

/** One market. */
export interface MarketNow {
  /** `backpack:SOL_USDC_PERP` */
  readonly id: string;
  readonly venue: string;
  readonly symbol: string;
  readonly kind: "spot" | "perp";
  readonly base: string;
  readonly quote: string;
  readonly tickSize: Text;
  readonly lotSize: Text;
  /** Fractions of notional; a rebate is negative. */
  readonly makerFee: Text;
  readonly takerFee: Text;
  /** Whether the book can be trusted: nothing quotes from one that cannot. */
  readonly bookIsValid: boolean;
  /** When what it shows was true at the latest; 0 before the first time. */
  readonly bookAt: Moment;
  /** Best first, at most 15 a side. */
  readonly bids: readonly LevelNow[];
  readonly asks: readonly LevelNow[];
  readonly last?: Text;
  readonly mark?: Text;
  readonly index?: Text;
  /** Fraction of notional for each interval; positive: longs pay. */
  readonly fundingRate?: number;
  readonly fundingAt?: Moment;
  readonly fundingIntervalMs?: number;
  /** What all strategies of the bot hold; left out: unknown. */
  readonly position?: PositionNow;
  /** What the account holds beyond that, base; left out of spot, where balances say what there is. */
  readonly external?: Text;
  /** Own orders that may be at the venue. */
  readonly orders: readonly OrderNow[];
}

/** What is held in a market. */
export interface PositionNow {
  /** Signed, base. */
  readonly size: Text;
  /** Average price; left out when flat. */
  readonly entry?: Text;
  /** Quote, at the mark. */
  readonly unrealized?: Text;
  readonly realized: Text;
  readonly fees: Text;
  readonly funding: Text;
  /** Estimated; left out where it cannot be. */
  readonly liquidation?: Text;
}

/** An own order. */
export interface OrderNow {
  readonly clientId: number;
  /** `strategy/slot` */
  readonly slot: string;
  readonly side: "buy" | "sell";
  readonly price: Text;
  readonly size: Text;
  readonly filled: Text;
  /** `unknown`: nobody can tell whether it stands, and the venue is being asked. */
  readonly state: "placing" | "open" | "cancelling" | "unknown";
  readonly placedAt: Moment;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** What stands before it at its price, base: an estimate from what was there when it came and what has traded since. */
  readonly ahead?: Text;
}

/** One account at one venue. */
export interface AccountNow {
  /** `backpack`, `backpack-2`, `aster-futures` … */
  readonly venue: string;
  /** What tells it apart from others; never a key. */
  readonly name: string;
  readonly market: LinkNow;
  readonly account: LinkNow;
  readonly balances: readonly { readonly asset: string; readonly total: Text; readonly free: Text }[];
  /** The venue's clock minus ours, ms. */
  readonly skewMs?: number;
  /** How far that may be off, ms. */
  readonly skewUncertaintyMs?: number;
  readonly budgets: readonly BudgetNow[];
}

/** A stream, or all of its kind. */
export interface LinkNow {
  readonly state: "up" | "down" | "opening";
  /** Since when it has this state. */
  readonly since: Moment;
  /** Of one that is down. */
  readonly why?: string;
  /** How often it was lost in this run. */
  readonly lost: number;
}

/** One purse of the rate budget. */
export interface BudgetNow {
  readonly host: string;
  /** What it counts: `weight`, `orders`. */
  readonly counts: string;
  readonly perMs: number;
  readonly used: number;
  readonly capacity: number;
  /** What each lane could send now. */
  readonly lanes: readonly { readonly lane: string; readonly free: number }[];
  /** Nothing goes out for so long, ms: the venue said so. */
  readonly pausedMs: number;
}

/** One strategy. */
export interface StrategyNow {
  readonly name: string;
  readonly use: string;
  /** Why it has nothing more to do. */
  readonly done?: string;
  /** What it has to say to a person. */
  readonly remarks: readonly { readonly topic: string; readonly say: string; readonly alert: boolean }[];
  /** What should be true now, and what became of each wish. */
  readonly wishes: readonly WishNow[];
  /** Why it wishes nothing, where it does. */
  readonly idle?: string;
  readonly view: SystemView;
}

/** A wish, and the rule that binds it. */
export interface WishNow {
  /** Without the strategy's name. */
  readonly slot: string;
  readonly market: string;
  readonly kind: "quote" | "hold";
  readonly side?: "buy" | "sell";
  readonly price: Text;
  /** Base; of a hold the position, signed. */
  readonly size: Text;
  /** `works`: it is true, or on its way; the others are not placed, or smaller, for the reason given. */
  readonly outcome: "works" | "trimmed" | "waits" | "refused" | "unknown" | "held";
  /** The rule that binds it. */
  readonly rule?: string;
  /** In plain words. */
  readonly why?: string;
}

/** Two markets that hedge each other. */
export interface PairNow {
  readonly lead: string;
  readonly hedge: string;
  /** Signed base that is not hedged; left out: unknown. */
  readonly debt?: Text;
  /** Quote, at the mark. */
  readonly notional?: Text;
  /** Since when; left out while it is hedged. */
  readonly since?: Moment;
  readonly maxNakedMs: number;
  /** Unhedged quote × seconds so far. */
  readonly nakedSeconds: number;
  /** The largest unhedged notional so far, quote. */
  readonly worst: Text;
}

/** What it has earned, and where that came from. Quote. */
export interface MoneyNow {
  readonly quote: string;
  /** What the accounts have gained by it: realized + unrealized − fees + feeDrift + funding. */
  readonly net: Text;
  readonly realized: Text;
  readonly unrealized: Text;
  readonly fees: Text;
  /** By how much coins that fees have taken were booked above (negative: below) what they are worth now. Left out: none were taken. */
  readonly feeDrift?: Text;
  readonly funding: Text;
  readonly volume: Text;
  readonly fills: number;
  /** What 10,000 of volume cost; negative: it earned that. */
  readonly costPer10k?: Text;
  /** 0 to 1. */
  readonly makerShare?: number;
  /** The deepest fall of `net` below its best so far, and the fall now. */
  readonly maxDrawdown: Text;
  readonly drawdown: Text;
  /** Earned by resting, before the market answered. */
  readonly spread: Text;
  /** Of the notional, in hundredths of a percent, after each horizon; positive is good. */
  readonly markouts: readonly { readonly horizonMs: number; readonly bps?: number; readonly fills: number }[];
  /** Share of the run with a bid and an ask, 0 to 1. */
  readonly quotedBoth?: number;
  readonly orders: {
    readonly placed: number;
    readonly cancelled: number;
    readonly rejected: number;
    readonly unknown: number;
  };
}

/** How the loop does. */
export interface LoopNow {
  /** Of the last minute. */
  readonly eventsPerSecond: number;
  /** From an event to its commands, microseconds, of the last thousand. */
  readonly stepP50Us: number;
  readonly stepP99Us: number;
  /** The longest the event loop was late in the last minute, ms. */
  readonly lateMs: number;
  /** The same, of the worst hundredth of all moments of the running minute, ms. */
  readonly lateP99Ms?: number;
  /** It cannot be written as fast as it fills: nothing new is placed. */
  readonly journalSlow: boolean;
}

/** Something to look at. */
export interface Warning {
  /** `halted`, `naked`, `link`, `unknown-order`, `stale-book`, `skew`, `budget`, `journal`, `drawdown` … */
  readonly topic: string;
  readonly level: "warn" | "alert";
  readonly say: string;
  /** By the market's clock. */
  readonly since?: Moment;
}

/**
 * A strategy in its system's own terms. Words that a page translates are keys (`grid.cells`, `phase.leg1`); where it has no
 * translation of one, it shows the key's last part.
 */
export interface SystemView {
  /** The strategy: `maker`, `grid`, `ladder`, `hedge`, `dual-hedge`, `single`, or another. */
  readonly kind: string;
  /** Where it is in its cycle. */
  readonly phases?: {
    readonly steps: readonly string[];
    readonly now: string;
    readonly since?: Moment;
    readonly until?: Moment;
  };
  readonly facts: readonly ViewFact[];
  /** Prices that mean something to it: drawn into chart and ladder. */
  readonly levels: readonly ViewLevel[];
  /** Cells, rungs, cycles. */
  readonly tables: readonly ViewTable[];
}

/** A figure with a name. */
export interface ViewFact {
  readonly label: string;
  readonly value: Text;
  readonly unit?: string;
  readonly tone?: "good" | "bad" | "warn";
}

/** A price that means something. */
export interface ViewLevel {
  readonly market: string;
  readonly price: Text;
  /** `fair`, `cost`, `break-even`, `take-profit`, `stop-loss`, `liquidation`, `cell`, `rung`, `anchor`, `target` … */
  readonly role: string;
  readonly label: string;
}

/** Rows of one kind. */
export interface ViewTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ViewCell[])[];
}

/** Text, or a key that a page translates, with a tone. */
export type ViewCell = Text | { readonly say: string; readonly tone?: "good" | "bad" | "warn" | "quiet" };
