// A door on a free port, and ways to ask it that a browser would not allow.
import { mkdtempSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Door, type DoorOptions, openDoor } from "./open.ts";

/** A door and what it has told. */
export interface OpenedDoor {
  readonly door: Door;
  readonly told: string[];
  readonly folder: string;
}

/** Opens one that the caller closes. */
export async function opened(over: Partial<DoorOptions> = {}): Promise<OpenedDoor> {
  const told: string[] = [];
  const folder = over.folder ?? mkdtempSync(join(tmpdir(), "bp-door-"));
  const tell = (line: string) => void told.push(line);
  const door = await openDoor({ place: { port: 0 }, folder, language: "en", tell, ...over });
  return { door, told, folder };
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as JSON. */
  json(): Readonly<Record<string, unknown>>;
}

/** How to ask. */
export interface Asking {
  readonly method?: string;
  /** Of `Authorization`; left out: the operator's. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks with any header, `Host` and `Origin` too. */
export function asked(
  door: Door,
  path: string,
  { method = "GET", token, headers, body }: Asking = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token ?? door.tokens.operator}`, ...headers };
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request(new URL(path, door.url), { method, headers: { ...json, ...all }, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: text,
          json: () => JSON.parse(text) as Record<string, unknown>, // of the door
        }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Reads a stream until a message of this name, whose data it answers. */
export async function streamed(door: Door, id: string, event: string): Promise<unknown> {
  const answer = await fetch(new URL(`/api/bots/${id}/stream`, door.url), {
    headers: { authorization: `Bearer ${door.tokens.viewer}` },
  });
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part, { stream: true });
    const found = new RegExp(`event: ${event}\\ndata: (.*)\\n\\n`).exec(text);
    if (found !== null) return JSON.parse(found[1] ?? "null"); // which ends the stream too
  }
  return undefined;
}
