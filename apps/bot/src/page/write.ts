// A result into a file: whole or not at all, and never over another by accident.
import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { BpError } from "@bp/core";
import { systemCodeOf } from "../failures.ts";
import { fromHere } from "../paths.ts";

/**
 * Writes a text into a file, or to stdout where the name is `-`, and says on stderr where it is.
 *
 * @param force - whether a file that is there is replaced
 * @throws BpError `config/conflict` if it is there already, `data/cannot-write` if it cannot be written
 */
export function writeResult(name: string, text: string, force: boolean): void {
  if (name === "-") {
    process.stdout.write(text);
    return;
  }
  const file = fromHere(name);
  const draft = `${file}.${randomUUID()}.new`;
  try {
    const handle = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (force) renameSync(draft, file);
    else placeNew(draft, file);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "EEXIST")
      throw new BpError("config/conflict", {
        what: `${file} is there already`,
        hint: "name another file, or replace it with --force",
      });
    throw new BpError("data/cannot-write", { file, why: code }, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  process.stderr.write(`${file}\n`);
}

/** Fails where the file is there, also if it has come this moment. */
function placeNew(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(systemCodeOf(error))) throw error;
    closeSync(openSync(file, "wx", 0o600)); // a file system without second names
    renameSync(draft, file);
  }
}

/** Where a page goes, and whether it may replace one. */
export interface OutputFlags {
  readonly html: string | undefined;
  readonly force: boolean;
}

/**
 * Reads `--html` and `--force`.
 *
 * @throws BpError `config/conflict` where a page and JSON would both go to stdout, `config/invalid` for a file without a name
 */
export function outputFlags(flags: Readonly<Record<string, unknown>>): OutputFlags {
  const { html } = flags;
  if (html === "")
    throw new BpError("config/invalid", { path: "--html", found: "nothing", expected: "a file, or - for stdout" });
  if (html === "-" && flags["json"] === true)
    throw new BpError("config/conflict", {
      what: "--html - and --json would both write to stdout",
      hint: "give the page a file: --html report.html",
    });
  return { html: typeof html === "string" ? html : undefined, force: flags["force"] === true };
}
