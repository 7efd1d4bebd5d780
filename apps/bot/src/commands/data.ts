// `bot data …`: what is in recorded files, whether it can be used, one file out of many, and histories of the venues.
import { isBpError, type Tape } from "@bp/core";
import { checkText, type FileReport, type ReadOptions, type ReadTape, readTape, writeTape } from "@bp/data";
import { systemClock } from "@bp/transport";
import { invalid, wordOf } from "../config/complaint.ts";
import { type CacheState, cacheFolder, cacheState } from "../data/cache.ts";
import { checkOutput } from "../data/output.ts";
import { readKept } from "../data/tape.ts";
import { bytesText, wholeText } from "../data/ticker.ts";
import { castsOf, momentOf } from "../data/values.ts";
import { type ExitCode, exit } from "../exit.ts";
import { messageOf } from "../failures.ts";
import { fromHere } from "../paths.ts";

export { downloadData } from "../data/command.ts";

type Flags = Readonly<Record<string, unknown>>;

/**
 * What is in the files and what is wrong with it. 1: a run would refuse them, or books cross, rows cannot be, or come in no order of
 * time; gaps, what is missing and ends that are cut are told, and runs over them say so.
 *
 * @throws BpError, which makes 2 of it, for files that are not there, of no known format, or not to be read together
 */
export async function checkData(files: readonly string[], flags: Flags): Promise<ExitCode> {
  const { read, refused } = await readAnyhow(files, flags);
  if (read === undefined) {
    process.stdout.write(
      flags["json"] === true
        ? `${JSON.stringify({ usable: false, refused, files: [] }, undefined, 2)}\n`
        : `! refused: ${refused}\nnot usable\n`,
    );
    return exit.failed;
  }
  const { report } = read;
  const isWrong =
    refused !== undefined ||
    report.foreign + report.outOfOrder > 0 ||
    report.markets.some(({ crossed, impossible }) => crossed + impossible > 0);
  const about = read.files.map(({ warnings, ...each }) => ({ ...each, warnings }));
  if (flags["json"] === true)
    process.stdout.write(`${JSON.stringify({ usable: !isWrong, refused, files: about, ...report }, undefined, 2)}\n`);
  else {
    const lines = [
      ...read.files.flatMap(fileLines),
      checkText(report, read.warnings.length > 0),
      ...(refused === undefined ? [] : [`! refused: ${refused}`]),
      isWrong ? "not usable as it is" : "usable",
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  }
  return isWrong ? exit.failed : exit.done;
}

/** What is in the files, and whether a run over them will have to read them. */
export async function dataInfo(files: readonly string[], flags: Flags): Promise<ExitCode> {
  const read = await readKept(files.map(fromHere), optionsOf(flags), flags);
  const { tape, report } = read;
  const cache = { ...cacheState(cacheFolder()), used: read.cache ?? null };
  const { instruments, rows, digest, lacks } = tape;
  if (flags["json"] === true) {
    const { span, markets, messages } = report;
    process.stdout.write(
      `${JSON.stringify({ files: read.files, instruments, span, rows, messages, digest, lacks, markets, cache }, undefined, 2)}\n`,
    );
    return exit.done;
  }
  const lines = [
    ...read.files.flatMap(fileLines),
    ...instruments.map(({ id, tickSize, lotSize, kind }) => `${id}: ${kind}, tick ${tickSize}, lot ${lotSize}`),
    checkText(report, read.warnings.length > 0),
    cacheLine(cache),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return exit.done;
}

function cacheLine({ folder, tapes, bytes, used }: CacheState & { readonly used: ReadTape["cache"] | null }): string {
  const size = `${wholeText(tapes)} tapes, ${bytesText(bytes)}`;
  if (used === null) return `cache: not used; ${folder} has ${size}`;
  return `cache: ${used === "found" ? "opened from" : "kept from now on in"} ${folder}, ${size}`;
}

/** Makes one tape of the files. A tape that is there already stays as it is until the new one is whole. */
export async function importData(files: readonly string[], flags: Flags): Promise<ExitCode> {
  const { out } = flags;
  if (typeof out !== "string" || out.trim() === "")
    throw invalid("--out", "nothing", "the file to write, for example sol.bpt");
  const file = fromHere(out);
  const inputs = files.map(fromHere);
  const force = flags["force"] === true;
  checkOutput(file, inputs, force);
  const { tape, warnings } = await readTape(inputs, optionsOf(flags));
  checkOutput(file, inputs, force); // reading takes a while: another may have written there
  writeTape(file, tape);
  const found = summaryOf(file, tape);
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  process.stdout.write(
    flags["json"] === true
      ? `${JSON.stringify({ ...found, warnings }, undefined, 2)}\n`
      : `${file}: ${wholeText(tape.rows)} rows of ${found.markets.join(", ")}, digest ${tape.digest}\n`,
  );
  return exit.done;
}

const summaryOf = (file: string, { rows, digest, instruments, lacks }: Tape) => ({
  file,
  rows,
  digest,
  markets: instruments.map(({ id }) => id),
  lacks,
});

function optionsOf(flags: Flags): Omit<ReadOptions, "cacheDir"> {
  const now = systemClock.now();
  const from = momentOf("--from", flags["from"], now);
  const to = momentOf("--to", flags["to"], now);
  if (from !== undefined && to !== undefined && from >= to)
    throw invalid("--to", wordOf(flags["to"]), "a moment after --from");
  const { onBad } = flags;
  return {
    as: castsOf(flags["as"]),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(onBad === "count" || onBad === "throw" ? { onBad } : {}),
  };
}

/**
 * Reads files that a run would refuse too, and says why it would; no `read` where nothing is left of them.
 *
 * @throws BpError where it is not told what they are
 */
async function readAnyhow(
  files: readonly string[],
  flags: Flags,
): Promise<{ readonly read: ReadTape | undefined; readonly refused: string | undefined }> {
  const named = files.map(fromHere);
  const options = optionsOf(flags);
  try {
    return { read: await readTape(named, options), refused: undefined };
  } catch (error) {
    if (!isBpError(error, "data/bad-line") && !isBpError(error, "data/damaged")) throw error;
    const refused = messageOf(error);
    const left = readTape(named, { ...options, onBad: "count" });
    return { read: await left.catch(nothingLeft), refused };
  }
}

function nothingLeft(error: unknown): undefined {
  if (!isBpError(error)) throw error;
}

const fileLines = ({ file, format, lines, warnings }: FileReport): readonly string[] => [
  `${file}: ${format}, ${wholeText(lines)} lines`,
  ...warnings.map((each) => `! ${each}`),
];
