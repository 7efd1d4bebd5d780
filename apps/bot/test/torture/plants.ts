// Twelve faults to be planted in the code, one for each promise: a torture that does not find them proves nothing.

/** A piece of source that is put in another's place. */
export interface Plant {
  /** The promise that it breaks. */
  readonly invariant: number;
  /** In words: the flaw that it stands for. */
  readonly flaw: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** The configuration that is tortured. */
  readonly config: string;
  /** In its environment: what must not be seen. */
  readonly env?: Readonly<Record<string, string>>;
}

/** By promise. */
export const plants: readonly Plant[] = [
  {
    invariant: 1,
    flaw: "a cancel that was sent is taken for one that was done",
    file: "packages/@bp/engine/src/plan.ts",
    from: `if (busy !== undefined) {`,
    to: `if (busy !== undefined && busy.state !== "cancelling") {`,
    config: "examples/own/maker.yaml",
  },
  {
    invariant: 2,
    flaw: "an order without an answer is taken for refused",
    file: "packages/@bp/core/src/order.ts",
    from: `    "order.rejected": "gone",
    "order.doubted": "unknown",
  },
  open: {`,
    to: `    "order.rejected": "gone",
    "order.doubted": "gone",
  },
  open: {`,
    config: "examples/own/grid.yaml",
  },
  {
    invariant: 3,
    flaw: "a hedge goes to the wrong side",
    file: "packages/@bp/strategies/src/hedge/pair.ts",
    from: `tradeTo("hedge", kept === 0 ? -lead :`,
    to: `tradeTo("hedge", kept === 0 ? lead :`,
    config: "examples/own/hedge.yaml",
  },
  {
    invariant: 4,
    flaw: "a book with a gap is believed",
    file: "packages/@bp/engine/src/world.ts",
    from: `        case "book.lost":
          book(event.instrument).lose();`,
    to: `        case "book.lost":`,
    config: "examples/own/maker.yaml",
  },
  {
    invariant: 5,
    flaw: "a limit of the position looks at what is held, and not at what works",
    file: "packages/@bp/risk/src/rules/maxPosition.ts",
    from: `limit - pass.committed(id, pass.side) - (pass.side`,
    to: `limit - (pass.side`,
    config: "apps/bot/test/torture/narrow.yaml",
  },
  {
    invariant: 6,
    flaw: "what closes a position is not sent as reduce-only",
    file: "packages/@bp/engine/src/plan.ts",
    from: `const reduceOnly = reducing && instrument.kind === "perp";`,
    to: `const reduceOnly = false;`,
    config: "examples/own/dual-hedge.yaml",
  },
  {
    invariant: 7,
    flaw: "a limit of orders forgets those that are on their way",
    file: "packages/@bp/risk/src/rules/orderRate.ts",
    from: `return used < orders ?`,
    to: `return used < orders * 3 ?`,
    config: "examples/own/maker.yaml",
  },
  {
    invariant: 8,
    flaw: "after a restart events are counted from one again",
    file: "packages/@bp/engine/src/drive/runner.ts",
    from: `let seq = options.after ?? 0;`,
    to: `let seq = 0;`,
    config: "examples/own/single.yaml",
  },
  {
    invariant: 9,
    flaw: "a trade that is told twice is counted twice",
    file: "packages/@bp/report/src/ledger.ts",
    from: `if (before === "counted") return undefined;`,
    to: ``,
    config: "examples/own/single.yaml",
  },
  {
    invariant: 10,
    flaw: "a kill is only noted down",
    file: "packages/@bp/engine/src/fold.ts",
    from: `if (ask === "halt") {`,
    to: `if (ask === "halt") return note("operator", ask);
    if (ask === "halt") {`,
    config: "examples/own/maker.yaml",
  },
  {
    invariant: 11,
    flaw: "order numbers depend on the process",
    file: "packages/@bp/engine/src/numbers.ts",
    from: `let count = after;`,
    to: `let count = after + Math.floor(Math.random() * 1000);`,
    config: "examples/own/ladder.yaml",
  },
  {
    invariant: 12,
    flaw: "a secret stands in the configuration that a run writes down",
    file: "apps/bot/src/config/secrets.ts",
    from: `return { given: name };`,
    to: `return { given: name, ...{ shown: text } };`,
    config: "apps/bot/test/torture/keys.json",
  },
];
