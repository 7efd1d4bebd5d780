// Whether a strategy peeks: what it does before a moment must not depend on what comes after it.
import { BpError, type Command, lastOfMessage, type Millis, millis, type Tape, tapeRow } from "@bp/core";
import { mirroredFrom } from "./mirror.ts";
import { usualModels } from "./models.ts";
import { playedOf } from "./played.ts";
import { type BacktestOptions, createBacktest } from "./run.ts";

/** One moment at which the future was turned upside down. */
export interface Cut {
  readonly at: Millis;
  /** Commands given before it, in both runs. */
  readonly commands: number;
  /** The first one that differs; `undefined`: they are equal. */
  readonly difference:
    | { readonly at: Millis; readonly was: Command | undefined; readonly is: Command | undefined }
    | undefined;
}

/** What came of the check. */
export interface LookAhead {
  /** No command changed with the future. */
  readonly ok: boolean;
  readonly cuts: readonly Cut[];
}

interface Given {
  readonly at: Millis;
  readonly command: Command;
}

/**
 * Runs a strategy again over tapes that are the same up to a moment and turned upside down after it, and compares what it
 * did before that moment: prices, sizes, volumes, rates. A strategy that knows the future in any way, be it by its parameters'
 * preparation, acts otherwise.
 *
 * Candles fill by what they show here, not by their own volume, which is known at their end: an order that was cut by it would
 * look like one that knew it.
 *
 * @param options - as for `backtest`; the engine is made anew for each tape, with that tape. `journal` and `onStep` hear nothing
 * @param cuts - how many moments, spread evenly over the data; 1 to 100
 * @throws BpError `config/invalid` for a number of cuts that cannot be; as `backtest`
 */
export function lookAheadCheck(options: BacktestOptions, cuts = 5): LookAhead {
  if (!Number.isInteger(cuts) || cuts < 1 || cuts > 100)
    throw new BpError("config/invalid", {
      path: "cuts",
      found: String(cuts),
      expected: "a whole number from 1 to 100",
    });
  const { models = usualModels } = options;
  const { tape } = playedOf(options.tape);
  const { journal: _journal, onStep: _onStep, ...rest } = options; // several runs are none of theirs
  const alike = { ...rest, models: { ...models, candles: { ...models.candles, cappedBy: "shown" as const } } };
  const whole = commandsOf({ ...alike, tape }, Infinity);
  const lateMs = mostDelay(tape);
  const found: Cut[] = [];
  for (let nth = 1; nth <= cuts; nth++) {
    const row = startOfMessage(tape, Math.floor((tape.rows * nth) / (cuts + 1)));
    if (row === undefined) continue;
    const at = millis(Math.floor((tape.at[row] ?? 0) - lateMs) - 1);
    const other = commandsOf({ ...alike, tape: mirroredFrom(tape, row) }, at);
    const before = whole.filter((each) => each.at < at);
    found.push({
      at,
      commands: before.length,
      difference: differenceOf(
        before,
        other.filter((each) => each.at < at),
      ),
    });
  }
  return { ok: found.every(({ difference }) => difference === undefined), cuts: found };
}

/** The commands of a run up to a moment. */
function commandsOf(options: BacktestOptions, until: number): readonly Given[] {
  const given: Given[] = [];
  const run = createBacktest({
    ...options,
    onStep: ({ at }, commands) => {
      for (const command of commands) given.push({ at, command });
    },
  });
  while (run.now < until && run.advance(60_000));
  return given;
}

function differenceOf(was: readonly Given[], is: readonly Given[]): Cut["difference"] {
  for (let at = 0; at < Math.max(was.length, is.length); at++) {
    const [one, other] = [was[at], is[at]];
    if (one !== undefined && other !== undefined && one.at === other.at && same(one.command, other.command)) continue;
    return { at: millis(Math.min(one?.at ?? Infinity, other?.at ?? Infinity)), was: one?.command, is: other?.command };
  }
  return undefined;
}

/** Commands are flat. */
function same(a: Command, b: Command): boolean {
  return JSON.stringify(a) === JSON.stringify(b); // made by one piece of code: the same fields in the same order
}

/** How much later than at the venue something was recorded at most, ms. */
function mostDelay({ rows, at, venueAt }: Tape): number {
  let most = 0;
  for (let row = 0; row < rows; row++) most = Math.max(most, (at[row] ?? 0) - (venueAt[row] ?? 0));
  return most;
}

/** The first row of a message at or after a row; not the open of a candle: what it tells of the candle would come too late. */
function startOfMessage({ rows, kinds }: Tape, row: number): number | undefined {
  for (let at = row; at < rows; at++) {
    const starts = at === 0 || (kinds[at - 1] ?? 0) >= lastOfMessage;
    if (starts && ((kinds[at] ?? 0) & 0x7f) !== tapeRow.open) return at;
  }
  return undefined;
}
