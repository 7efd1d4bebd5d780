// What a person may ask of a run while it goes on: by signals, and by whatever else holds an operator.

/**
 * `pause` empties the wishes until `resume`. The others end the run: `stop` leaves positions, `flatten` closes what is ours,
 * `detach` leaves the orders too and keeps the run resumable, `halt` is the kill switch. `yield` halts too, because somebody else
 * trades the account: nobody has killed it, so no mark keeps it from being started again.
 */
export type Asked = "pause" | "resume" | "stop" | "flatten" | "detach" | "halt" | "yield";

/** How a run is ended. */
export type Ending = Exclude<Asked, "pause" | "resume" | "halt" | "yield">;

/** Whether a wish halts the run: nothing new is placed, and nothing is closed. */
export const halts = (what: Asked | undefined): what is "halt" | "yield" => what === "halt" || what === "yield";

/** Other parameters for a strategy, all of them, as they were shown to the person. */
export interface ChangeAsked {
  /** By its name in the run. */
  readonly strategy: string;
  /** Plain data. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Who asked, for the journal. */
  readonly by: string;
}

/** Takes a change, or says why not. */
export type ChangeTaker = (asked: ChangeAsked) => string | undefined;

/** Hears wishes from anywhere and hands them on. */
export interface Operator {
  /** Aborts with the first wish that ends the run. */
  readonly ends: AbortSignal;
  /** The first wish that ended the run; `undefined` while it may go on. */
  readonly ending: Asked | undefined;
  /** Who had it. */
  readonly endedBy: string | undefined;
  /**
   * Hands a wish on; one to pause or to resume only to a run that goes on.
   *
   * @param by - who asked, for the journal: `SIGINT`, `console`
   * @returns why nothing comes of it, in plain words: the run ends in another way already, or has not begun
   */
  ask(what: Asked, by: string): string | undefined;
  /** Calls back for each wish to come until its answer is called. */
  hear(listener: (what: Asked, by: string) => void): () => void;
  /** Gives a strategy other parameters, at once. Returns why not, in plain words; `undefined`: they hold. */
  change(asked: ChangeAsked): string | undefined;
  /** The run that goes on from now, and takes changes, until its answer is called: it is ending then. */
  takeChanges(taker: ChangeTaker): () => void;
}

/** An operator whom nobody has asked anything yet. */
export function createOperator(): Operator {
  const controller = new AbortController();
  const listeners = new Set<(what: Asked, by: string) => void>();
  let ending: Asked | undefined;
  let endedBy: string | undefined;
  let taker: ChangeTaker | undefined;
  let isOver = false;
  const whyEnding = () => {
    if (ending !== undefined) return `it is ending already (${ending}, asked by ${endedBy ?? "a person"})`;
    return isOver ? "it is ending already" : undefined; // by itself: a rule, the time, a failure
  };
  const whyNoRun = () => whyEnding() ?? (taker === undefined ? "the run has not begun yet" : undefined);
  return {
    ends: controller.signal,
    get ending() {
      return ending;
    },
    get endedBy() {
      return endedBy;
    },
    ask: (what, by) => {
      const steers = what === "pause" || what === "resume";
      const no = steers ? whyNoRun() : whyEnding();
      if (steers && no !== undefined) return no;
      if (ending === undefined && !steers) [ending, endedBy] = [what, by];
      for (const listener of listeners) listener(what, by);
      if (ending !== undefined) controller.abort();
      return halts(what) ? undefined : no; // a kill comes through until the venues are left
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    change: (asked) => whyNoRun() ?? taker?.(asked),
    takeChanges: (taking) => {
      [taker, isOver] = [taking, false];
      return () => {
        if (taker === taking) [taker, isOver] = [undefined, true];
      };
    },
  };
}
