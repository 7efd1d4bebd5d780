// What a step has to say beyond its commands.

/** Why something was not done, or was found: for the log, the console and the replay. */
export interface Note {
  /** The rule, the strategy, or the part of the engine; `alert` and `halt` are for a person to look at now. */
  readonly rule: string;
  /** In plain words. */
  readonly why: string;
}
