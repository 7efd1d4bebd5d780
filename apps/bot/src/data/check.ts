// `bot data check`: whether files can be used, and what is wrong with them.
import { isBpError } from "@bp/core";
import { checkTape, checkText, createTapeWriter, isNothingLeft, type ReadTape, readTape } from "@bp/data";
import { type ExitCode, exit } from "../exit.ts";
import { messageOf } from "../failures.ts";
import { fromHere } from "../paths.ts";
import { fileLines, optionsOf } from "./reading.ts";

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
        ? `${JSON.stringify(nothingOf(files, refused), undefined, 2)}\n`
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

/** The same fields as of files of which something is left; of the files themselves the names alone are known. */
const nothingOf = (files: readonly string[], refused: string | undefined) => ({
  usable: false,
  refused,
  files: files.map((each) => ({ file: fromHere(each), warnings: [] })),
  ...checkTape(createTapeWriter([]).finish([])),
  clean: false,
});

/**
 * Reads files that a run would refuse too, and says why it would; no `read` where nothing is left of them.
 *
 * @throws BpError where it is not told what they are, also where that comes out only when lines that cannot be read are passed over
 */
async function readAnyhow(
  files: readonly string[],
  flags: Flags,
): Promise<{ readonly read: ReadTape | undefined; readonly refused: string | undefined }> {
  const named = files.map(fromHere);
  const options = optionsOf(flags);
  try {
    return { read: await readTape(named, options), refused: undefined };
  } catch (first) {
    if (!isBpError(first, "data/bad-line") && !isBpError(first, "data/damaged")) throw first;
    const refused = messageOf(first);
    try {
      return { read: await readTape(named, { ...options, onBad: "count" }), refused };
    } catch (second) {
      const isSame = isBpError(second, "data/unknown-format") && second.context.file === first.context.file;
      if (!isSame && !isNothingLeft(second) && !isBpError(second, "data/damaged")) throw second;
      return { read: undefined, refused };
    }
  }
}
