// `bot data …`: what is in recorded files, whether it can be used, one file out of many, and histories of the venues.
import type { Tape } from "@bp/core";
import { checkText, type ReadTape, readTape, writeTape } from "@bp/data";
import { invalid } from "../config/complaint.ts";
import { type CacheState, cacheFolder, cacheState } from "../data/cache.ts";
import { checkOutput } from "../data/output.ts";
import { fileLines, optionsOf } from "../data/reading.ts";
import { readKept } from "../data/tape.ts";
import { bytesText, wholeText } from "../data/ticker.ts";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";

export { checkData } from "../data/check.ts";
export { downloadData } from "../data/command.ts";

type Flags = Readonly<Record<string, unknown>>;

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
