// A real Chromium, driven over its own protocol, to see a page as a reader does. Nothing of it is downloaded: it is on the machine or not.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Where it is; `undefined` where there is none. */
export const chromium: string | undefined = (process.env["PATH"] ?? "")
  .split(delimiter)
  .concat("/usr/bin")
  .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** A tab that has a page. */
export interface Tab {
  /** Errors and warnings of the console, exceptions, and what the page's policy refused. */
  readonly complaints: readonly string[];
  /** Everything that was asked for, the page itself first. */
  readonly requests: readonly string[];
  /** Goes to an address and waits until it has loaded. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page, as JSON. */
  value(expression: string): Promise<unknown>;
  /** Any other call of the protocol. */
  call(method: string, params?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--remote-debugging-port=0",
];

/** Starts it with a profile of its own, and opens a tab. */
export async function openTab(file: string): Promise<Tab> {
  const profile = mkdtempSync(join(tmpdir(), "bp-chromium-"));
  const child = spawn(file, [...flags, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await addressOf(child);
  const targets = (await (await fetch(`http://${new URL(address).host}/json/list`)).json()) as readonly {
    type: string;
    webSocketDebuggerUrl: string;
  }[]; // Chromium's own list
  const target = targets.find(({ type }) => type === "page");
  if (target === undefined) throw new Error("Chromium opened no page");
  const tab = await speak(target.webSocketDebuggerUrl);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await tab.call(`${domain}.enable`);
  return {
    ...tab,
    close: async () => {
      await tab.close();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (data: Buffer) => {
      said += data.toString();
      const found = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Chromium ended: ${said.slice(-500)}`)));
  });
}

async function speak(url: string): Promise<Tab> {
  const socket = new WebSocket(url);
  const complaints: string[] = [];
  const requests: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  let loaded: () => void = () => undefined;
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as Message; // the protocol's own envelope
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    const { params } = message;
    if (message.method === "Page.loadEventFired") loaded();
    else if (message.method === "Runtime.exceptionThrown") complaints.push(JSON.stringify(params));
    else if (message.method === "Log.entryAdded") complaints.push(JSON.stringify(params));
    else if (message.method === "Runtime.consoleAPICalled") complaints.push(JSON.stringify(params));
    else if (message.method === "Network.requestWillBeSent")
      requests.push((params as { request: { url: string } }).request.url);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const call = (method: string, params: object = {}): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    complaints,
    requests,
    call,
    open: async (address) => {
      const ready = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await call("Page.navigate", { url: address });
      await ready;
    },
    value: async (expression) => {
      const { result, exceptionDetails } = (await call("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      })) as { result: { value?: unknown }; exceptionDetails?: unknown };
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    },
    close: async () => {
      const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
      socket.close();
      await closed;
    },
  };
}
