// What the users of one system see of it, beyond what every run shows: pure text from what its strategy remembers.
import type { Event, Instrument, InstrumentId, View } from "@bp/core";
import type { Note } from "@bp/engine";
import type { Figures } from "@bp/report";

/** The world after one event, as a screen may read it. */
export interface Moment<Params, Memory> {
  /** As the strategy sees it. */
  readonly view: View;
  readonly params: Params;
  readonly memory: Memory;
  /** What it remembered before the event. */
  readonly before: Memory;
  readonly event: Event;
  /** What was said about it. */
  readonly notes: readonly Note[];
  readonly instruments: readonly Instrument[];
  /** When the run began, in ms of its own time. */
  readonly startedAt: number;
  readonly lang: "en" | "zh";
  /** What the configuration sets before the first order; left out: the account's own, which is not known here. */
  readonly leverage?: Readonly<Record<InstrumentId, number>> | undefined;
  /** The counted figures: worked out when they are asked for. */
  figures(): Figures;
}

/** A line for the screen and the log, with its weight. */
export interface Line {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly text: string;
}

/** A line for a file of the system's own. */
export interface FileLine {
  /** Name in the folder of logs, `{date}` stands for the day: `auto_trading_cycle_{date}.log`. */
  readonly file: string;
  readonly text: string;
}

/** The screens of one strategy. Pure; words in the original's language where it has them, `lang` decides for the rest. */
export interface SystemFace<Params, Memory> {
  /** Whether the dashboard is worth showing again: how often, in ms of the run's time; `undefined`: never by itself. */
  readonly everyMs: number | undefined;
  /** What has just happened, oldest first; empty most of the time. Called after every event, so cheap when nothing changed. */
  news(moment: Moment<Params, Memory>): readonly Line[];
  /** The dashboard. */
  panel(moment: Moment<Params, Memory>): readonly string[];
  /** What belongs at the end of the run beside the common report. */
  final(moment: Moment<Params, Memory>): readonly string[];
  /** Lines of files of its own (cycle records, summaries); called after every event. */
  files?(moment: Moment<Params, Memory>): readonly FileLine[];
}
