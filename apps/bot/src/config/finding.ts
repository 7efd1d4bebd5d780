// Where each value of a configuration came from, and what became of each key that was found.

/** Who said it; an earlier one wins over a later one. */
export type From = "flag" | "environment" | "file" | "default";

/** One key of what a person wrote, and what became of it. */
export interface Finding {
  /** In the words of its writer: `--spread`, `BACKPACK_KEY`, `trade.quantity`. */
  readonly key: string;
  readonly from: From;
  /** `mapped`: means here what it meant there. `changed`: means something else here. `ignored`, `refused`: has no effect. */
  readonly outcome: "mapped" | "changed" | "ignored" | "refused";
  /** Where it went, as a path in the configuration: `strategies.0.params.spreadPct`. */
  readonly to?: string;
  /** The value as it may be shown. */
  readonly shown: string;
  /** Why it is not simply mapped. */
  readonly why?: string;
  /** A person should be told even though it is mapped. */
  readonly tell?: boolean;
}

/** Where a value of the configuration was written. */
export interface Source {
  /** Path in the configuration: `strategies.0.params.instrument`. */
  readonly to: string;
  /** In the words of its writer: `my.env: TRADING_SYMBOL`, `--symbol`. */
  readonly name: string;
  /** As it was written, and as it may be shown. */
  readonly shown: string;
}

/** What a person is told of it at the start; `undefined`: nothing, it is what was written. */
export function noticeOf({ key, outcome, why, tell }: Finding): string | undefined {
  if (outcome === "mapped" && tell !== true) return undefined;
  const verb = { mapped: "", changed: "", ignored: "ignored: ", refused: "refused: " }[outcome];
  return `${key}: ${verb}${why ?? ""}`;
}
