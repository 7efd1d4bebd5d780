// A real bot on the sandbox with its dashboard, and a real browser before it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hello } from "dashboard/contract";
import { type Browser, chromium as browserType, type Page } from "playwright-core";
import { expect } from "vitest";
import { cardIn } from "../../src/door/card.ts";
import { chromium } from "../page/browser.ts";

const main = join(import.meta.dirname, "../../src/main.ts");

/** A process with its door open. */
export interface OpenDoor {
  /** With the operator's token. */
  readonly url: string;
  readonly folder: string;
  /** With the token that may look and not act. */
  readonly viewerUrl: string;
  /** What is below `/api/`. @param init - as `fetch` has it */
  ask(path: string, init?: RequestInit): Promise<unknown>;
  /** Ends it as Ctrl+C does. @returns its exit code */
  stop(): Promise<number | null>;
  /** As if the machine took it. */
  kill(): Promise<void>;
  /** Its exit code, once it has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** A bot with its door open. */
export interface OpenBot extends OpenDoor {
  /** Its id in addresses. */
  readonly id: string;
  /** An endpoint of its own below `/api/bots/ID/`. */
  get(path: string): Promise<unknown>;
}

/** A folder of its own, in which bots know of each other. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), "bp-dashboard-"));

/** Starts one. @param port - 0: any; @param folder - of one before it, to go on with */
export async function openBot(flags: readonly string[] = [], port = 0, folder: string = newFolder()): Promise<OpenBot> {
  const door = await openMain(["start", ...flags, "--dashboard", String(port)], folder);
  const { self = "" } = (await door.ask("hello")) as Hello; // its own answer
  const { viewer = "" } = cardIn(join(folder, "state/bots", self)) ?? {};
  return {
    ...door,
    id: self,
    viewerUrl: `${new URL(door.url).origin}/#${viewer}`,
    get: (path) => door.ask(`bots/${self}/${path}`),
  };
}

/** Starts a dashboard without a bot of its own: `bot dashboard`. */
export async function openDashboard(folder: string): Promise<OpenDoor> {
  const { said, ...door } = await openMain(["dashboard", "--port", "0"], folder);
  const [, viewerUrl = ""] = /to look and not act (\S+)/.exec(said) ?? [];
  return { ...door, viewerUrl };
}

async function openMain(args: readonly string[], folder: string) {
  const child = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", main, ...args],
    { cwd: folder, env: environmentOf(folder), stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const { url, said } = await addressOf(child, ended);
  const { origin, hash } = new URL(url);
  const headers = { Authorization: `Bearer ${hash.slice(1)}`, "Content-Type": "application/json" };
  return {
    url,
    said,
    folder,
    ended,
    ask: async (path: string, init?: RequestInit): Promise<unknown> =>
      (await fetch(`${origin}/api/${path}`, { headers, ...init })).json(),
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

/** That of the tests, but for what would keep bots that are started from a page without one. */
function environmentOf(folder: string): NodeJS.ProcessEnv {
  const { BP_DASHBOARD: _, ...others } = process.env;
  return { ...others, BP_STATE: join(folder, "state") };
}

/** Takes what it has left away. */
export function forgetBot({ folder }: Pick<OpenDoor, "folder">): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function addressOf(child: ChildProcess, ended: Promise<unknown>): Promise<{ url: string; said: string }> {
  let text = "";
  const found = new Promise<{ url: string; said: string }>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        if (text.length < 20_000) text += chunk;
        const address = /http:\/\/\S+#\S+/.exec(text)?.[0];
        if (address !== undefined) resolve({ url: address, said: text });
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

/** What a bot sends as the first picture of itself, as text. */
export async function firstFrame({ url, id }: OpenBot): Promise<string> {
  const { origin, hash } = new URL(url);
  const headers = { Authorization: `Bearer ${hash.slice(1)}` };
  const { body } = await fetch(`${origin}/api/bots/${id}/stream`, { headers });
  let text = "";
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const [, frame] = /event: frame\ndata: (.*)\n\n/.exec(text) ?? [];
    if (frame !== undefined) return frame;
  }
  throw new Error(`no frame: ${text}`);
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
  page.context().setDefaultTimeout(180_000); // of what it opens too
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(`${line.text()} ${line.location().url}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) hosts.add(new URL(request.url()).host);
  });
  await page.goto(url);
  return { page, complaints, hosts };
}

/** Opens the decision behind an own order. One may be withdrawn just when it is to be pressed: a person presses the next one. */
export async function openOwnDecision(page: Page): Promise<void> {
  const sheet = page.getByRole("dialog", { name: /Decision/ });
  const opens = async () => {
    await page.locator(".pane-own.open").first().click({ force: true, timeout: 5_000 });
    await sheet.waitFor({ timeout: 15_000 });
    return true;
  };
  await expect.poll(() => opens().catch(() => false), { timeout: 180_000 }).toBe(true);
  await sheet.getByText("What the rules said").waitFor({ timeout: 180_000 });
}
