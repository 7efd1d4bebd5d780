// What can be asked of the door, and what it answers. All of it below `/api/`, with `Authorization: Bearer TOKEN`.
import type { Moment, Text } from "./frame.ts";
import type { Brief, FillNow, News } from "./stream.ts";

/** `GET /api/hello` */
export interface Hello {
  readonly version: string;
  /** `viewer` may look and not act. */
  readonly role: "operator" | "viewer";
  readonly language: "en" | "zh";
  /** The bot that serves this page, in `/api/bots/ID/…`; left out where the door stands alone. */
  readonly self?: string;
  /** What `bot report RUN` wants behind it to find the runs of the bot here, quoted for a shell; left out: nothing. */
  readonly journalFlag?: string;
}

/** Every refusal: 400, 401, 403, 404, 409, 413, 429, 503. */
export interface Refused {
  readonly error: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Which field it is about. */
  readonly field?: string;
}

/** `GET /api/bots/ID/history`: what the chart begins with; thinned out the older it is. */
export interface History {
  /** Seconds since 1970 by the market's clock (`RunNow.marketNow`), as trades are dated, one a point; the other lists have as many. */
  readonly at: readonly number[];
  readonly net: readonly (number | null)[];
  readonly volume: readonly (number | null)[];
  readonly markets: readonly MarketHistory[];
  readonly fills: readonly FillNow[];
  readonly news: readonly News[];
}

/** One market of it. Quote per base; numbers are for drawing alone. */
export interface MarketHistory {
  readonly market: string;
  readonly mid: readonly (number | null)[];
  readonly bid: readonly (number | null)[];
  readonly ask: readonly (number | null)[];
  /** Base, signed. */
  readonly position: readonly (number | null)[];
}

/**
 * `GET /api/bots/ID/journal?before=SEQ&limit=N&find=TEXT`: newest first; `limit` 1 to 500. A search answers what it has found
 * in two seconds, even nothing, and where to go on. `run=ID`: of a run before.
 */
export interface JournalPage {
  readonly entries: readonly JournalLine[];
  /** For the next page; left out at the beginning of the run. */
  readonly before?: number;
}

/** One entry of the journal. */
export interface JournalLine {
  /** The journal's own number of the line: what `before` takes. */
  readonly seq: number;
  /** The event that it is, or came of: for `decision?at=`. */
  readonly event: number;
  readonly at: Moment;
  /** A fact, a command, a note. */
  readonly dir: "in" | "out" | "note";
  readonly type: string;
  readonly say: string;
}

/** `GET /api/bots/ID/decision?at=order:ID|cancel:ID|fill:TRADE|SEQ|last`: one decision with everything that led to it. */
export interface Decision {
  readonly run: string;
  readonly seq: number;
  readonly at: Moment;
  /** The event, in a line. */
  readonly event: string;
  readonly judged: { readonly done: boolean; readonly why: string };
  readonly books: readonly {
    readonly market: string;
    readonly bid?: Text;
    readonly ask?: Text;
    readonly position?: Text;
    readonly mark?: Text;
  }[];
  readonly orders: readonly { readonly slot: string; readonly text: string; readonly state: string }[];
  readonly strategies: readonly {
    readonly name: string;
    /** `own`, or who speaks for it. */
    readonly voice: string;
    /** JSON, cut where it is long. */
    readonly remembers: string;
    readonly wishes: readonly string[];
  }[];
  readonly hearings: readonly {
    readonly slot: string;
    readonly wish: string;
    readonly outcome: string;
    readonly said: readonly { readonly rule: string; readonly answer: string; readonly why?: string }[];
  }[];
  readonly plan: readonly {
    readonly slot: string;
    readonly action: string;
    readonly text: string;
    readonly why: string;
  }[];
  readonly commands: readonly string[];
  readonly notes: readonly { readonly rule: string; readonly why: string }[];
  /** This program decides otherwise than the run did, from this event on. */
  readonly strayed?: number;
}

/** What a person asks of a bot: `POST /api/bots/ID/ask`. Answered by `Done`. */
export interface Ask {
  /**
   * `halt` is the kill switch: it cancels, closes nothing, and ends the run; where the exchange outlives the bot (`RunNow.lasts`),
   * nothing trades on its accounts until a person resumes them on the command line.
   */
  readonly what: "pause" | "resume" | "stop" | "flatten" | "halt";
}

/** It was handed on. */
export interface Done {
  readonly done: true;
  /** What a person should know of it, in English. */
  readonly say?: string;
}

/** JSON Schema of an object, as zod writes it. */
export type FormSchema = Readonly<Record<string, unknown>>;

/** `GET /api/bots/ID/params` */
export interface ParamsNow {
  readonly strategies: readonly {
    readonly name: string;
    readonly use: string;
    readonly schema: FormSchema;
    readonly values: Readonly<Record<string, unknown>>;
    /** Those that may change while it runs. */
    readonly changeable: readonly string[];
  }[];
}

/** `POST /api/bots/ID/params/plan` */
export interface ParamsAsk {
  readonly strategy: string;
  /** Those that are to change. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a change would do now. Nothing has happened yet. */
export interface ParamsPlan {
  readonly strategy: string;
  readonly values: readonly { readonly key: string; readonly from: string; readonly to: string }[];
  /** Why it cannot be. */
  readonly refused?: { readonly key?: string; readonly why: string; readonly hint?: string };
  readonly keep: readonly PlannedOrder[];
  readonly cancel: readonly PlannedOrder[];
  readonly place: readonly PlannedOrder[];
  /** Wishes that a rule would bind. */
  readonly bound: readonly { readonly slot: string; readonly rule: string; readonly why: string }[];
  readonly warnings: readonly string[];
  /** Goes into `POST /api/bots/ID/params` with the same ask: what is applied is what was shown. */
  readonly digest: string;
}

/** An order of a plan. */
export interface PlannedOrder {
  readonly slot: string;
  readonly market: string;
  readonly side: "buy" | "sell";
  readonly price: Text;
  readonly size: Text;
}

/** `POST /api/bots/ID/params`, answered by `Done`; 409 where the plan is older than what runs. */
export interface ParamsApply extends ParamsAsk {
  readonly digest: string;
}

/** `GET /api/bots/ID/faults`: 404 where there is no sandbox in the bot's process. */
export interface FaultsNow {
  readonly presets: readonly { readonly id: string; readonly venue?: string; readonly seconds: number }[];
  /** Those at work, until when. */
  readonly active: readonly { readonly id: string; readonly venue?: string; readonly until: Moment }[];
}

/** `POST /api/bots/ID/faults`; `DELETE` mends everything. */
export interface FaultAsk {
  readonly id: string;
  readonly venue?: string;
}

/** `GET /api/runs`: of the journals that bots of this user have or had open, as far as they are still there, newest first. */
export interface Runs {
  readonly runs: readonly RunLine[];
}

/**
 * `GET /api/bots/BOT/runs/ID/report-link?language=zh`: the same page at an address of its own that needs no token, opens once and
 * within a minute: for a tab, since a page that was fetched would be bound by the dashboard's own policy and could not draw.
 */
export interface ReportLink {
  readonly path: string;
}

/** A run of a journal. */
export interface RunLine {
  readonly id: string;
  /** Of which journal, also when its bot is gone: for `GET /api/bots/BOT/runs/ID/report?language=zh`, which answers HTML. */
  readonly bot: string;
  readonly place: string;
  readonly strategy: string;
  readonly markets: readonly string[];
  readonly started: Moment;
  readonly ended?: Moment;
  /** A bot that lives has it in hand, or may take it up at once; left out of one that has not ended: it is unfinished. */
  readonly inHand?: boolean;
  readonly brief?: Pick<Brief, "quote" | "net" | "volume" | "fills" | "costPer10k">;
}

/** `GET /api/kills`: accounts on which nothing trades until a person says `bot resume ACCOUNT`. */
export interface Kills {
  readonly kills: readonly {
    readonly account: string;
    readonly venue: string;
    readonly by: string;
    /** 0: not known */
    readonly at: Moment;
  }[];
}

/** `GET /api/strategies`: what can be started from a form. */
export interface Strategies {
  readonly strategies: readonly {
    readonly use: string;
    readonly schema: FormSchema;
    /** What the form begins with: it trades as it is on the sandbox. */
    readonly example: Readonly<Record<string, unknown>>;
  }[];
  readonly places: readonly ("sandbox" | "paper")[];
}

/** `POST /api/start/plan` */
export interface StartAsk {
  readonly use: string;
  readonly name: string;
  readonly place: "sandbox" | "paper";
  readonly values: Readonly<Record<string, unknown>>;
}

/** `POST /api/start` */
export interface StartNow extends StartAsk {
  /** Of this start, so that asking again starts no second bot: 8 to 40 letters, digits and dashes. */
  readonly id?: string;
}

/** What would be started. */
export interface StartPlan {
  /** In the bot's own format: can be kept, and started by hand. */
  readonly yaml: string;
  /** `bot plan` of it, line by line; where it cannot be, why. */
  readonly lines: readonly string[];
  readonly refused?: Refused;
}

/** A new bot of its own process. */
export interface Started {
  readonly bot: string;
  readonly pid: number;
  /** Its configuration was written there. */
  readonly file: string;
}
