// What the door streams: frames, news, fills, and the other bots.
import type { Frame, Moment, RunState, Text } from "./frame.ts";

/** One message of the stream. Each is a server-sent event of this name with this JSON. */
export type StreamMessage =
  | { readonly event: "frame"; readonly data: Frame }
  /** How old the frame before it was when it was sent, ms: said of one that was not sent at once. */
  | { readonly event: "age"; readonly data: number }
  | { readonly event: "news"; readonly data: readonly News[] }
  | { readonly event: "fills"; readonly data: readonly FillNow[] }
  | { readonly event: "bots"; readonly data: readonly BotNow[] }
  /** The bot goes: no more will come from this process. */
  | { readonly event: "bye"; readonly data: { readonly why: string } };

/** A line of the log. */
export interface News {
  /** Counts up within the process: what a page has seen already. */
  readonly n: number;
  readonly at: Moment;
  /** The event that it came of. */
  readonly seq: number;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly kind: "fill" | "order" | "rule" | "link" | "operator" | "strategy" | "run";
  /** In English. */
  readonly say: string;
  /** The same in simplified Chinese, of whoever has words of his own in it. */
  readonly zh?: string;
  readonly market?: string;
  /** For `decision?at=`: `order:4012`, `fill:…`, `1234`. */
  readonly decision?: string;
}

/** A trade of ours. */
export interface FillNow {
  readonly n: number;
  readonly at: Moment;
  readonly seq: number;
  readonly market: string;
  readonly side: "buy" | "sell";
  readonly price: Text;
  readonly size: Text;
  readonly fee: Text;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
  readonly tradeId: string;
  readonly clientId: number;
  readonly slot: string;
}

/** A bot of this machine and user, as the overview shows it. */
export interface BotNow {
  /** In addresses: `/api/bots/ID/…`. */
  readonly id: string;
  /** Whether it is the one that serves this page. */
  readonly self: boolean;
  readonly role: "bot" | "supervisor";
  readonly pid: number;
  readonly place: string;
  readonly alive: boolean;
  readonly started: Moment;
  /** When its loop last ran; 0: never. */
  readonly beatAt: Moment;
  readonly accounts: readonly { readonly name: string; readonly venue: string }[];
  readonly config?: string;
  readonly run?: string;
  /** Whether its own door answers: then it can be opened and steered. */
  readonly reachable: boolean;
  /** Of one that answers. */
  readonly brief?: Brief;
}

/** A run in one line. */
export interface Brief {
  readonly state: RunState;
  readonly why?: string;
  readonly strategy: string;
  readonly markets: readonly string[];
  readonly quote: string;
  readonly net: Text;
  readonly volume: Text;
  readonly fills: number;
  readonly costPer10k?: Text;
  readonly maxDrawdown: Text;
  /** Unhedged quote, of all pairs; left out where there is none. */
  readonly hedgeDebt?: Text;
  readonly warnings: readonly { readonly level: "warn" | "alert"; readonly say: string }[];
}
