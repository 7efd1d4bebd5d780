// The lines of a file, plain or gzip, one after the other, however long it is.
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { BpError } from "@bp/core";

/** How the lines of a file ended. */
export interface LinesEnd {
  /** Why it could not be read to its end: a gzip stream that is cut (its lines are sound so far) or damaged (they may not be). */
  broken: "cut" | "damaged" | undefined;
  /** Whether the last line ends with a newline; without one it may be cut. */
  whole: boolean;
}

const gzip = [0x1f, 0x8b] as const;
const longest = 64 * 1_024 * 1_024;

/**
 * Reads a file line by line. A gzip stream that ends too early gives all of its whole lines first, and then says so in `end`.
 *
 * @param end - told how it ended, once it has
 * @throws BpError `config/unreadable` for a file that cannot be opened, or a line of more than 64 MiB
 */
export async function* linesOf(file: string, end: LinesEnd): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  try {
    for await (const chunk of chunksOf(file, end)) {
      const text = rest + decoder.decode(chunk, { stream: true });
      const lines = text.split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > longest)
        throw new BpError("config/unreadable", { file, why: "it has a line of more than 64 MiB" });
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    if (error instanceof BpError) throw error;
    throw new BpError(
      "config/unreadable",
      { file, why: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  rest += decoder.decode();
  end.whole = rest === "";
  if (rest !== "") yield [rest];
}

async function* chunksOf(file: string, end: LinesEnd): AsyncGenerator<Uint8Array> {
  if (!(await isGzip(file))) {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
    return;
  }
  const raw = createReadStream(file);
  const stream = raw.pipe(createGunzip({ chunkSize: 262_144 }));
  raw.on("error", (error) => stream.destroy(error));
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("Z_")) throw error;
    end.broken = code === "Z_BUF_ERROR" ? "cut" : "damaged";
  } finally {
    raw.destroy(); // also where nobody wants the rest
  }
}

async function isGzip(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1 }) as AsyncIterable<Uint8Array>)
    return chunk[0] === gzip[0] && chunk[1] === gzip[1];
  return false;
}
