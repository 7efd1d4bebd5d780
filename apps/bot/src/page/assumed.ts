// What stands between a run of a stage and a real market: nothing of a live one, models of any other.
import type { RunMeta } from "@bp/report";

/** Models and what they cannot show, a sentence each. */
export interface Assumed {
  readonly models: readonly string[];
  readonly lacks: readonly string[];
}

const noMover = "our orders move no market: nobody answers to them";

/** Those of a stage; a backtest tells its own. */
export function assumedBy(mode: RunMeta["mode"]): Assumed {
  switch (mode) {
    case "paper":
      return {
        models: [
          "market: the venue's own, as it was when it reached us",
          "queue: prints; what was displayed when our order arrived stands in front of it until prints have used it up",
          "latency: drawn: 20 ms and an exponential 15 ms more, each way",
        ],
        lacks: [noMover, "size that we took is back with the next change of its level"],
      };
    case "sandbox":
    case "memory":
      return {
        models: [
          "market: of the sandbox, generated from the seed, or a recording",
          "fills: by the sandbox exchange's own matching, price then time",
        ],
        lacks: ["the traders of a generated market are made up: profit here says nothing of profit there", noMover],
      };
    case "backtest":
    case "live":
      return { models: [], lacks: [] };
  }
}
