// What is done beside the thread that serves: whatever reads a journal or opens an exchange takes as long as it takes.
import type { Decision, JournalPage, RunLine, StartAsk, StartPlan } from "dashboard/contract";
import type { DoorAnswer } from "../words.ts";

/** A part of a journal. */
export interface JournalJob {
  readonly kind: "journal";
  readonly file: string;
  readonly run: string;
  /** The journal's own number of the first line that is not wanted; left out: the newest are. */
  readonly before: number | undefined;
  readonly limit: number;
  /** In what is said, whatever its case. */
  readonly find: string;
}

/** One decision. */
export interface DecisionJob {
  readonly kind: "decision";
  readonly file: string;
  readonly run: string;
  /** As `--at` of `bot replay` takes it. */
  readonly at: string;
}

/** Runs of journals. */
export interface RunsJob {
  readonly kind: "runs";
  readonly journals: readonly { readonly bot: string; readonly file: string }[];
}

/** The page of a run. */
export interface ReportJob {
  readonly kind: "report";
  readonly file: string;
  readonly run: string;
  readonly language: "en" | "zh";
}

/** What would be started. */
export interface PlanJob {
  readonly kind: "plan";
  readonly ask: StartAsk;
  readonly language: "en" | "zh";
}

/** One of them. */
export type Job = JournalJob | DecisionJob | RunsJob | ReportJob | PlanJob;

/** What comes of each. */
export interface Results {
  readonly journal: JournalPage;
  readonly decision: Decision;
  readonly runs: { readonly runs: readonly RunLine[] };
  readonly report: { readonly html: string };
  readonly plan: StartPlan;
}

/** From the thread that does it. */
export type Did = DoorAnswer;
