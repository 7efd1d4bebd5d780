// A line of the outcome policy: what a venue may answer to a command, and what is then believed. Docs and tests read the same lines.
import type { RejectReason } from "@bp/core";

/**
 * What is sent.
 *
 * `look`: an order in doubt is looked for. `history`: the second half of that look, where the venue's live list shows only what rests.
 * `lists`: fills, orders, positions and balances for a snapshot. `leverage`: the preparation of an account.
 */
export type CommandName = "place" | "cancel" | "look" | "history" | "lists" | "book" | "streams" | "leverage";

/** What is believed after an answer. */
export type Belief =
  /** The order stands. */
  | "accepted"
  /** It never stood, for this reason. */
  | `refused ${RejectReason}`
  /** Nobody knows whether the order stands. */
  | "place unknown"
  /** A number that is in use: it arrived before. Looked for like an unknown one. */
  | "arrived before"
  | "cancelled"
  /** The cancel was taken and is not done yet. */
  | "cancel pending"
  /** Nothing rests under that name: cancelled, expired or filled. */
  | "gone or filled"
  /** Nobody knows whether the cancel was done. */
  | "cancel unknown"
  /** Of a look: nothing was learned. */
  | "nothing learned"
  /** Of a look: not there now, which proves nothing before the window is over. */
  | "not there now"
  /** Of a look: the venue shows the order. */
  | "found"
  /** Of lists: no snapshot; the old one ages and then the account is unknown. */
  | "no snapshot"
  /** Of lists: the venue's truth. */
  | "snapshot"
  /** Of a book: none. */
  | "no book"
  /** Of streams: the frame is not for us, or cannot be read. */
  | "frame dropped"
  /** Of streams: the frame makes no sense here: a snapshot must tell. */
  | "frame doubted"
  /** Of streams: the account's stream is down. */
  | "stream down"
  /** Of a setting: it is not known to be there. */
  | "setting not known"
  /** Of a setting: it will not be there however often it is asked for. */
  | "setting refused"
  /** Of a setting: it is there. */
  | "set";

/** A venue's answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What is said in place of the venue's own answer.
 *
 * `truth`: its own. `silence`: nothing, ever. `cut`: the connection breaks after the request has been read. `refuse`: no connection.
 * `stranger`: its own answer with another order's names. `elsewhere`: its own, of another market.
 */
export type Said = Reply | "truth" | "silence" | "cut" | "stranger" | "elsewhere";

/** One line. */
export interface Row {
  readonly command: CommandName;
  /** As a person reads it. Unique within command and venue. */
  readonly answer: string;
  readonly says: Said;
  readonly believed: Belief;
  /** For whom it is surprising. */
  readonly why?: string;
  /** Silences the host, ms; `usual`: as the general rule says. */
  readonly pauseMs?: number | "usual";
  /** How often the same request goes out, with the same number; default once. Again only after a refusal that says that nothing was done. */
  readonly sent?: number;
  /** Futures or spot alone. */
  readonly only?: "futures" | "spot";
  /** V3 keys alone. */
  readonly scheme?: "v1" | "v3";
}

/** What tables of one venue have beside their lines. */
export interface Policy {
  readonly venue: "backpack" | "aster";
  readonly title: string;
  /** What is special about the venue, a sentence each. */
  readonly notes: readonly string[];
  readonly rows: readonly Row[];
}

/** A page of whatever stands between us and a venue. */
export const page = "<html><head><title>Just a moment</title></head><body>Checking your browser</body></html>";
