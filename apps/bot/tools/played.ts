// A door that plays what a bot has sent, at a pace of its own: what a page costs its browser, with no bot beside it.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** The address of the page, and of the bot's own endpoints. */
export interface Address {
  readonly page: string;
  readonly stream: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a bot has sent. */
export interface Played {
  /** By path: what a page asks for once. */
  readonly answers: ReadonlyMap<string, string>;
  /** Of its stream, each as it came. */
  readonly events: readonly string[];
}

/** Where it is played. */
export interface PlayedDoor {
  /** Of the page, with a token that is as good as any. */
  readonly page: string;
  close(): void;
}

const built = join(import.meta.dirname, "../../dashboard/dist");
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const isFrame = (event: string) => event.startsWith("event: frame");

/** Listens for so long. @throws Error where the bot says nothing */
export async function recordOf({ page, stream, headers }: Address, ms: number): Promise<Played> {
  const { origin } = new URL(page);
  const own = new URL(stream).pathname.replace(/\/stream$/, "");
  const answers = new Map<string, string>();
  for (const path of ["/api/hello", "/api/bots", `${own}/history`])
    answers.set(path, await (await fetch(`${origin}${path}`, { headers })).text());
  const over = AbortSignal.timeout(ms);
  let text = "";
  try {
    const { body } = await fetch(stream, { headers, signal: over });
    for await (const chunk of (body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()))
      text += chunk;
  } catch (error) {
    if (!over.aborted) throw error;
  }
  const events = text.split("\n\n").slice(0, -1); // the last one is cut off
  if (!events.some(isFrame)) throw new Error("no frame has come");
  return { answers, events };
}

/** Plays the record from its beginning for each page, and again when it is over. @param everyMs - from frame to frame */
export async function openPlayed({ answers, events }: Played, everyMs: number): Promise<PlayedDoor> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://door").pathname;
    const answer = answers.get(path);
    if (answer !== undefined) {
      response.setHeader("Content-Type", "application/json").end(answer);
    } else if (path.endsWith("/stream")) {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      let [at, due] = [0, performance.now()];
      let timer: ReturnType<typeof setTimeout> | undefined;
      const next = () => {
        for (let event = ""; !isFrame(event); at += 1) {
          event = events[at % events.length] ?? "";
          response.write(`${event}\n\n`);
        }
        due += everyMs;
        timer = setTimeout(next, Math.max(0, due - performance.now()));
      };
      next();
      response.once("close", () => clearTimeout(timer));
    } else {
      const file = join(built, path === "/" ? "index.html" : path);
      const isThere = file.startsWith(built) && existsSync(file);
      response.writeHead(isThere ? 200 : 404, { "Content-Type": types[extname(file)] ?? "text/plain" });
      response.end(isThere ? readFileSync(file) : "");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // of a TCP server that listens
  return {
    page: `http://127.0.0.1:${port}/#${"x".repeat(43)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
