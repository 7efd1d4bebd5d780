// Names of log files: a file of somebody else's must not make the bot write where programs read.
import { normalize } from "node:path";
import type { LogConfig } from "./botConfig.ts";
import { invalid, shown } from "./complaint.ts";

/** @param nameOf - how a value is called in complaints. @throws BpError `config/invalid` for a name that leaves the folder, or is hidden */
export function checkedLogs(logs: LogConfig | undefined, nameOf: (to: string) => string): LogConfig | undefined {
  if (logs === undefined) return undefined;
  for (const key of ["file", "errorFile"] as const) {
    const name = logs[key];
    if (name === undefined || isName(name)) continue;
    throw invalid(nameOf(`logs.${key}`), shown(name), "the name of a file in the folder of the logs, not a hidden one");
  }
  return logs;
}

function isName(name: string): boolean {
  const parts = normalize(name).split(/[/\\]/);
  return parts.at(-1) !== "" && parts.every((each) => !each.startsWith(".")) && !/\p{Cc}/u.test(name);
}
