// What a group of measurements is: contenders that do the same work, measured in one run, and what is expected of ours.

/** Ours, the fastest possible here, a cheap part of the work alone, what a user would take instead, or only worth knowing. */
export type Role = "ours" | "limit" | "floor" | "peer" | "note";

/** What a figure must be: against the figure of another contender of the same rounds, or by itself. */
export interface Goal {
  /** Name of the other contender; left out: the figure itself, in its unit. */
  readonly against?: string;
  /** Exactly one of the two. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One contender, measured. */
export interface Figure {
  readonly contender: string;
  readonly role: Role;
  /** One value a round; contenders of a group that are compared have the same rounds. */
  readonly rounds: readonly number[];
  readonly goals?: readonly Goal[];
  /** Other than the report's. */
  readonly unit?: string;
}

/** What a group found. */
export interface Report {
  readonly unit: string;
  readonly figures: readonly Figure[];
  /** What else was seen, a sentence each. */
  readonly facts: readonly string[];
  /** Wrong answers, a sentence each: then the figures mean nothing, and the run fails. */
  readonly wrong: readonly string[];
}

/** How long a person wants to wait. */
export interface Options {
  readonly rounds: number;
  /** Less of everything: to see that it works, not to believe the figures. */
  readonly quick: boolean;
  /** Of the demo. */
  readonly minutes: number;
}

export interface Group {
  /** What one value counts. */
  readonly about: string;
  run(options: Options): Promise<Report>;
}
