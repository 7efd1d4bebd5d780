// A real bot on the sandbox with its dashboard, and a real browser before it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium as browserType, type Page } from "playwright-core";
import { chromium } from "../page/browser.ts";

const main = join(import.meta.dirname, "../../src/main.ts");

/** A bot with its door open. */
export interface OpenBot {
  /** With the operator's token. */
  readonly url: string;
  readonly folder: string;
  /** An endpoint of its own below `/api/bots/ID/`. */
  get(path: string): Promise<unknown>;
  /** Ends it as Ctrl+C does. @returns its exit code */
  stop(): Promise<number | null>;
  /** As if the machine took it. */
  kill(): Promise<void>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** Starts one. @param port - 0: any; @param folder - of one before it, to go on with */
export async function openBot(flags: readonly string[] = [], port = 0, folder?: string): Promise<OpenBot> {
  const here = folder ?? mkdtempSync(join(tmpdir(), "bp-dashboard-"));
  const child = spawn(
    process.execPath,
    [
      "--conditions=@bp/source",
      "--disable-warning=ExperimentalWarning",
      main,
      "start",
      "--dashboard",
      String(port),
      ...flags,
    ],
    { cwd: here, env: { ...process.env, BP_STATE: join(here, "state") }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await addressOf(child, ended);
  const { origin, hash } = new URL(url);
  const headers = { Authorization: `Bearer ${hash.slice(1)}` };
  const get = async (path: string): Promise<unknown> => (await fetch(`${origin}/api/${path}`, { headers })).json();
  const { self } = (await get("hello")) as { self: string }; // `Hello`
  return {
    url,
    folder: here,
    ended,
    get: (path) => get(`bots/${self}/${path}`),
    stop: () => {
      child.kill("SIGINT");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Takes what it has left away. */
export function forgetBot({ folder }: OpenBot): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function addressOf(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  let text = "";
  const found = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        if (text.length < 20_000) text += chunk;
        const address = /http:\/\/\S+#\S+/.exec(text)?.[0];
        if (address !== undefined) resolve(address);
      });
  });
  const gone = ended.then(() => {
    throw new Error(`the bot has ended: ${text}`);
  });
  return Promise.race([found, gone]);
}

/** Whether a browser is here; where it must be (`BP_REQUIRE_BROWSER=1`) its lack is a failure. */
export const canBrowse = chromium !== undefined || process.env["BP_REQUIRE_BROWSER"] === "1";

/** Starts a browser. */
export function openBrowser(): Promise<Browser> {
  if (chromium === undefined) throw new Error("there is no Chromium on this machine");
  return browserType.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A page with what it complains of and everything that it asks for. */
export interface Seen {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly hosts: ReadonlySet<string>;
}

/** Opens one. @param width - px */
export async function openPage(browser: Browser, url: string, width = 1_280): Promise<Seen> {
  const page = await browser.newPage({ locale: "en-US", viewport: { width, height: 900 } });
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) hosts.add(new URL(request.url()).host);
  });
  await page.goto(url);
  return { page, complaints, hosts };
}
