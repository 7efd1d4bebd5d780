// Measures the dashboard of a real bot on the sandbox: what ten open ones cost the trading loop, how soon a page is painted, what it
// costs its browser beside the bot, and without it, with a record of it that is played thirty times a second.
//
//   pnpm run measure:dashboard [--seconds 20] [--rounds 3] [--json]
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Frame } from "dashboard/contract";
import { chromium as browserType, type Page } from "playwright-core";
import { chromium } from "../test/page/browser.ts";
import type { Lateness } from "./loopMeter.ts";
import { type Address, openPlayed, type Played, recordOf } from "./played.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean" },
  },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
const folder = mkdtempSync(join(tmpdir(), "bp-face-"));
const main = join(import.meta.dirname, "../src/main.ts");

/** How long a page is measured, seconds. */
const pageSeconds = 10;
/** What is played to a page: so long a time of the bot, s, and so many frames a second. */
const [recordSeconds, playedRate] = [30, 30];

const view = { locale: "en-US", viewport: { width: 1440, height: 900 } } as const;

/** What a browser takes for the numbers of one ladder alone: 32 rows of three, written thirty times a second by the least code. */
const barePage = `<table style="inline-size: 26rem; table-layout: fixed">${"<tr><td></td><td></td><td></td></tr>".repeat(32)}</table>
<script>
  const cells = [...document.querySelectorAll("td")];
  let turn = 0;
  setInterval(() => requestAnimationFrame(() => {
    turn += 1;
    for (const [at, cell] of cells.entries()) cell.textContent = (((turn * 7 + at * 13) % 10000) / 100).toFixed(2);
  }), 33);
</script>`;

/** What is measured of a loop. */
type Loop = Lateness & Pick<Frame["loop"], "stepP50Us" | "stepP99Us">;

const bot = spawn(
  process.execPath,
  [
    "--conditions=@bp/source",
    "--disable-warning=ExperimentalWarning",
    `--import=${join(import.meta.dirname, "loopMeter.ts")}`,
    main,
    "start",
    "--dashboard",
    "0",
    "--speed",
    "10",
  ],
  {
    cwd: folder,
    env: { ...process.env, XDG_STATE_HOME: folder, BP_DASHBOARD_TOKEN: "shown" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  },
);
const ended = new Promise((resolve) => bot.once("exit", resolve));
try {
  const address = await addressOf(bot);
  await pause(5_000); // until it quotes
  const loop = await loopWith(address);
  const beside = chromium === undefined ? undefined : await pageAt(address, chromium);
  const record = await recordOf(address, recordSeconds * 1_000);
  await end();
  const alone = chromium === undefined ? undefined : await pageAlone(record, chromium);
  const page = beside === undefined || alone === undefined ? "no Chromium here" : { ...beside, ...alone };
  const result = { loop, page };
  process.stdout.write(values.json === true ? `${JSON.stringify(result)}\n` : textOf(result));
} finally {
  await end();
  rmSync(folder, { recursive: true, force: true });
}

async function end(): Promise<void> {
  bot.kill("SIGINT");
  await ended; // also of one that a signal has ended, which has no exit code
}

/** The loop with nobody and with ten who look, by turns, so that what the machine does besides meets both. */
async function loopWith(address: Address) {
  const found = { alone: [] as Loop[], watched: [] as Loop[] };
  /** The loop in a time of its own. */
  const measured = async (): Promise<Loop> => {
    await lateness(); // of before
    await pause(seconds * 1_000);
    return { ...(await lateness()), ...(await loopOf(address)) };
  };
  for (let round = 0; round < rounds; round++) {
    found.alone.push(await measured());
    const watchers = Array.from({ length: 10 }, () => watch(address));
    found.watched.push(await measured());
    for (const watcher of watchers) watcher.abort();
  }
  const of = (read: (loop: Loop) => number) => {
    const [alone, watched] = [median(found.alone.map(read)), median(found.watched.map(read))];
    return { alone, watched, ratio: watched / alone };
  };
  return {
    stepP50Us: of((each) => each.stepP50Us),
    stepP99Us: of((each) => each.stepP99Us),
    lateP50Ms: of((each) => each.p50Ms),
    lateP99Ms: of((each) => each.p99Ms),
    lateMaxMs: of((each) => each.maxMs),
  };
}

/** How late the bot's loop was since it was asked before. */
function lateness(): Promise<Lateness> {
  return new Promise((resolve) => {
    bot.once("message", (told) => resolve(told as Lateness)); // of loopMeter.ts
    bot.send("how late?");
  });
}

/** Looks once: the first frame of a stream that is closed at once. */
async function loopOf({ stream, headers }: Address): Promise<Frame["loop"]> {
  const { body } = await fetch(stream, { headers });
  if (body === null) throw new Error("no stream");
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const data = /^event: frame\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (data !== undefined) return (JSON.parse(data) as Frame).loop; // the bot's own
  }
  throw new Error("the stream has ended");
}

/** An open dashboard: reads whatever comes. @param framed - hears of each frame */
function watch({ stream, headers }: Address, framed = () => undefined as unknown): AbortController {
  const over = new AbortController();
  const read = async () => {
    const { body } = await fetch(stream, { headers, signal: over.signal });
    for await (const chunk of (body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
      if (over.signal.aborted) return;
      if (chunk.startsWith("event: frame")) framed();
    }
  };
  read().catch(() => undefined); // aborted
  return over;
}

function launched(executablePath: string) {
  return browserType.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A page in a real browser: when it is painted, and what it costs while it is shown. */
async function pageAt(address: Address, executablePath: string) {
  const browser = await launched(executablePath);
  try {
    const page = await browser.newPage(view);
    await page.goto(address.page);
    await pause(3_000);
    const paintMs = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    );
    let frames = 0;
    const beside = watch(address, () => (frames += 1)); // a frame goes to all who look
    const drawn = await drawings(page);
    const coreShare = await shareOf(page);
    beside.abort();
    return {
      firstPaintMs: Math.round(paintMs),
      framesPerSecond: frames / pageSeconds,
      drawnPerSecond: (await drawn()) / pageSeconds,
      coreShare,
    };
  } finally {
    await browser.close();
  }
}

/** A page without a bot beside it, and a bare one: in each of several rounds both, by turns. */
async function pageAlone(record: Played, executablePath: string) {
  const door = await openPlayed(record, 1_000 / playedRate);
  const found = { drawn: [] as number[], share: [] as number[], bare: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      const browser = await launched(executablePath);
      try {
        const page = await browser.newPage(view);
        await page.goto(door.page);
        await pause(3_000);
        const drawn = await drawings(page);
        found.share.push(await shareOf(page));
        found.drawn.push((await drawn()) / pageSeconds);
        await page.close();
        const bare = await browser.newPage(view);
        await bare.setContent(barePage);
        found.bare.push(await shareOf(bare));
      } finally {
        await browser.close();
      }
    }
  } finally {
    door.close();
  }
  return {
    playedDrawnPerSecond: median(found.drawn),
    playedShare: median(found.share),
    bareShare: median(found.bare),
  };
}

/** The share of a core that a page's own thread takes: its time on a core, however many wait for one. */
async function shareOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const from = await busy();
  await pause(pageSeconds * 1_000);
  return ((await busy()) - from) / pageSeconds;
}

/** Counts in how many of the browser's frames the ladder is drawn: it alone is whenever something has come and the page may draw. */
async function drawings(page: Page): Promise<() => Promise<number>> {
  const count = await page.evaluateHandle(`(() => {
    const count = { drawn: 0 };
    const paper = CanvasRenderingContext2D.prototype;
    const { fillRect } = paper;
    let frame;
    paper.fillRect = function (...box) {
      const { currentTime } = document.timeline;
      if (currentTime !== frame && this.canvas.closest(".is-ladder") !== null) {
        frame = currentTime;
        count.drawn++;
      }
      return fillRect.apply(this, box);
    };
    return count;
  })()`);
  return async () => (await count.evaluate((it) => it as { readonly drawn: number })).drawn;
}

async function addressOf(child: ChildProcess): Promise<Address> {
  const page = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      if (text.length < 10_000) text += chunk;
      const found = /http:\/\/\S+#\S+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error("the bot has ended")));
  });
  const { origin, hash } = new URL(page);
  const headers = { Authorization: `Bearer ${hash.slice(1)}` };
  const { self } = (await (await fetch(`${origin}/api/hello`, { headers })).json()) as { self: string }; // `Hello`
  return { page, stream: `${origin}/api/bots/${self}/stream`, headers };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function textOf({ loop, page }: { loop: Awaited<ReturnType<typeof loopWith>>; page: PageCost | string }): string {
  const cores = readFileSync("/proc/loadavg", "utf8").split(" ", 1)[0] ?? "?";
  const rows = Object.entries(loop).map(
    ([name, { alone, watched, ratio }]) =>
      `${name.padEnd(10)} ${alone.toFixed(1).padStart(9)} ${watched.toFixed(1).padStart(9)} ${ratio.toFixed(2).padStart(6)}`,
  );
  const cost =
    typeof page === "string"
      ? page
      : `page: first paint ${page.firstPaintMs} ms; ${page.framesPerSecond.toFixed(1)} frames a second come, ${page.drawnPerSecond.toFixed(1)} are drawn, at ${page.coreShare.toFixed(2)} of a core
      a record of it without the bot: ${playedRate} frames a second come, ${page.playedDrawnPerSecond.toFixed(1)} are drawn, at ${page.playedShare.toFixed(2)} of a core
      32 rows of three numbers on a bare page, 30 times a second: ${page.bareShare.toFixed(2)}`;
  return [`${"".padEnd(10)} nobody    ten      ratio   (load ${cores})`, ...rows, cost, ""].join("\n");
}

type PageCost = Awaited<ReturnType<typeof pageAt>> & Awaited<ReturnType<typeof pageAlone>>;
