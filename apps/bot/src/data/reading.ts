// What commands that read files are told on the command line, and how they tell of a file.
import type { FileReport, ReadOptions } from "@bp/data";
import { systemClock } from "@bp/transport";
import { invalid, wordOf } from "../config/complaint.ts";
import { wholeText } from "./ticker.ts";
import { castsOf, momentOf } from "./values.ts";

/** `--as`, `--from`, `--to` and `--on-bad`. @throws BpError `config/invalid` */
export function optionsOf(flags: Readonly<Record<string, unknown>>): Omit<ReadOptions, "cacheDir"> {
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

/** A file's own lines; those that begin with `!` want a look. */
export const fileLines = ({ file, format, lines, warnings }: FileReport): readonly string[] => [
  `${file}: ${format}, ${wholeText(lines)} lines`,
  ...warnings.map((each) => `! ${each}`),
];
