// Node's modules without an import, so that a bundle for browsers stays clean, and the few things done with files.

/** The members of `node:fs` used here; this package is compiled without Node's types. */
export interface Files {
  mkdirSync(path: string, options: { recursive: boolean; mode: number }): void;
  openSync(path: string, flags: "wx", mode: number): number;
  closeSync(file: number): void;
  readdirSync(path: string): string[];
  unlinkSync(path: string): void;
  rmdirSync(path: string): void;
}

interface Process {
  getBuiltinModule?(name: string): unknown;
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}
const processOf = () => (globalThis as { process?: Process }).process; // Node's, or nothing

/** A module of Node by its name; `undefined` elsewhere. */
export function builtin(name: string): unknown {
  return processOf()?.getBuiltinModule?.(name);
}

/** Folder for what programs of this user keep, outside of any project; `undefined` where there are no files. */
export function stateFolder(): string | undefined {
  const os = builtin("node:os") as { homedir(): string } | undefined; // the module of that name
  if (os === undefined || builtin("node:fs") === undefined) return undefined;
  const { env = {}, platform } = processOf() ?? {};
  const { XDG_STATE_HOME, LOCALAPPDATA } = env;
  if (platform === "win32") return LOCALAPPDATA ?? `${os.homedir()}\\AppData\\Local`;
  return XDG_STATE_HOME?.startsWith("/") ? XDG_STATE_HOME : `${os.homedir()}/.local/state`;
}

/** Creates an empty file. `false` if there was one: of all who try, one creates it. */
export function createOnce(files: Files, file: string): boolean {
  try {
    files.closeSync(files.openSync(file, "wx", 0o600));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Names in a folder; none if there is no such folder. */
export function listed(files: Files, folder: string): string[] {
  return without("ENOENT", () => files.readdirSync(folder)) ?? [];
}

/** Removes a file that may be gone already. */
export function unlink(files: Files, file: string): void {
  without("ENOENT", () => files.unlinkSync(file));
}

/** The system's name of a failure, for example `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function without<T>(code: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (codeOf(error) === code) return undefined;
    throw error;
  }
}
