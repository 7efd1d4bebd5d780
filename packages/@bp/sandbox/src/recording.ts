// The file of a recorded market, read as a tape under names that Backpack's wire can spell.
import { statSync } from "node:fs";
import { BpError, type Instrument, isBpError, type Tape, venueOf } from "@bp/core";
import type { ReadTape } from "@bp/data";

/** A recorded market. */
export interface Recording {
  readonly tape: Tape;
  /** Where it is cut; what came before can be played. */
  readonly cut: BpError | undefined;
  /** What a person should know of it. */
  readonly warnings: readonly string[];
}

/**
 * Reads any file that `readTape` of `@bp/data` reads. All of it is in memory afterwards, 34 bytes a row.
 *
 * @throws BpError `config/unreadable` if there is no such file, `sim/bad-recording` with the line that cannot be read,
 *   `data/*` for a file that holds no market
 */
export async function readRecording(file: string): Promise<Recording> {
  checkFile(file);
  const { readTape } = await import("@bp/data"); // what is not asked for is not even loaded
  const read = await readTape([file]).catch((error: unknown) => {
    throw inOurWords(file, error);
  });
  const { tape, report } = read;
  if (report.markets.every(({ levels, candles }) => levels + candles === 0))
    throw new BpError("data/no-market", { file, hint: "it has neither a book nor candles: nobody could trade there" });
  const names: string[] = [];
  const instruments = renamed(file, tape.instruments, names);
  return {
    tape: { ...tape, instruments },
    cut: cutOf(file, read),
    warnings: [...read.warnings, ...tape.lacks, ...names],
  };
}

/** @throws BpError `config/unreadable` for what is no file: it is read more than once, which a pipe cannot be */
function checkFile(file: string): void {
  let why: string | undefined;
  try {
    if (!statSync(file).isFile()) why = "it is no file";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    why = code === "ENOENT" ? "there is no such file" : code;
  }
  if (why !== undefined) throw new BpError("config/unreadable", { file, why });
}

/** Lines that cannot be read end a recording: nothing here can be told to leave them out. */
function inOurWords(file: string, error: unknown): unknown {
  const bad = (line: number, why: string) => new BpError("sim/bad-recording", { file, line, why }, { cause: error });
  if (isBpError(error, "data/bad-line")) return bad(error.context.line, error.context.why);
  if (isBpError(error, "data/damaged") && error.context.line !== undefined)
    return bad(error.context.line, error.context.why);
  if (isBpError(error, "data/unknown-format")) {
    const { found, why } = error.context;
    return bad(1, `it is of no known format: ${found}; ${why}`);
  }
  return error;
}

function cutOf(file: string, { files }: ReadTape): BpError | undefined {
  const cut = files.find((each) => each.cut);
  if (cut === undefined) return undefined;
  const why = "it is cut there; `bot data import` makes a whole file of what comes before";
  return new BpError("sim/bad-recording", { file, line: cut.lines + 1, why });
}

/** Markets of other exchanges in Backpack's spelling. @param said - is told of each */
function renamed(file: string, instruments: readonly Instrument[], said: string[]): readonly Instrument[] {
  const found = instruments.map((each): Instrument => {
    if (venueOf(each.id) === "backpack") return each;
    const id = `backpack:${each.base}_${each.quote}${each.kind === "perp" ? "_PERP" : ""}` as const;
    said.push(`${each.id} plays as ${id}`);
    return { ...each, id };
  });
  const twice = found.find(({ id }, at) => found.findIndex((each) => each.id === id) !== at);
  if (twice === undefined) return found;
  throw new BpError("data/no-market", {
    file,
    hint: `two of its markets would play as ${twice.id}: record them apart`,
  });
}
