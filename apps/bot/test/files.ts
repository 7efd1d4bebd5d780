// Configuration files of tests, and what is read from them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBpError } from "@bp/core";
import type { BotConfig } from "../src/config/index.ts";
import { readBotConfig } from "../src/config/index.ts";

const root = join(import.meta.dirname, "../../..");

/** The path of a file under `examples/`. */
export const example = (name: string): string => join(root, "examples", name);

/** A folder for files of one test file. */
export interface Folder {
  /** Writes a file and answers its path. */
  file(name: string, content: string): string;
  remove(): void;
}

/** Makes one. */
export function layFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "bp-config-"));
  return {
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads a file with an environment that holds nothing else. */
export function read(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<BotConfig> {
  return readBotConfig({ file, flags, env });
}

/** The complaint about it; fails where there is none, or one that is not of the configuration. */
export async function complaint(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    await read(file, flags, env);
  } catch (error) {
    if (isBpError(error) && error.code.startsWith("config/")) return error.message;
    throw error;
  }
  throw new Error("it was read without a complaint");
}
