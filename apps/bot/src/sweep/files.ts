// Files by what is in them.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { BpError } from "@bp/core";
import { systemCodeOf } from "../failures.ts";
import type { DataFile } from "./spec.ts";

/** The digest of a file. @throws BpError `config/unreadable` */
export async function dataFileOf(file: string): Promise<DataFile> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new BpError("config/unreadable", { file, why: systemCodeOf(error) }, { cause: error });
  }
  return { name: basename(file), sha256: hash.digest("hex") };
}
