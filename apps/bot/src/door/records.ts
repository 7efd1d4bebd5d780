// What is read from journals: lines, decisions, runs, reports.
import { existsSync } from "node:fs";
import type { Kills, RunLine, Runs } from "dashboard/contract";
import { seenJournals } from "../bots/journals.ts";
import { marks } from "../bots/marks.ts";
import { foundBots } from "../bots/registry.ts";
import type { DoorContext, Routes } from "./app.ts";
import type { Desk } from "./desk/desk.ts";
import { goneSignal } from "./gone.ts";
import { isInHand } from "./inHand.ts";
import { botIdOf } from "./neighbours.ts";
import { languageIn, textIn, wholeIn } from "./query.ts";
import { refusal } from "./refuse.ts";
import { startedJournal } from "./startedFolder.ts";
import { createTickets, ticketHeaders } from "./tickets.ts";
import type { DoorData, DoorRun } from "./words.ts";

/** Whose journals. */
export interface RecordsOptions {
  readonly data: DoorData;
  readonly desk: Desk;
  /** The bot here. */
  readonly self: string | undefined;
  readonly run: () => DoorRun | undefined;
}

/** Routes: those of the bot here, without `/api/bots/ID/`, and those of all. */
export function recordsOf({ data, desk, self, run }: RecordsOptions): {
  readonly own: Routes;
  readonly all: Routes;
  readonly open: Routes;
} {
  const tickets = createTickets();
  /** The journal here, and which of its runs is asked for. */
  const ours = (c: DoorContext) => {
    const now = run();
    if (now === undefined) throw refusal(503, "the run has not begun yet", "try again in a moment", 1);
    if (now.journal === undefined)
      throw refusal(409, "this run keeps no journal that could be read", "it was started with --disable-db");
    const asked = textIn(c, "run");
    return { file: now.journal, run: asked === "" ? now.id : asked };
  };
  /**
   * All journals by each of their names, whether they are there or not. The last one stays when its bot goes: whoever has the list of runs
   * before him can open each.
   */
  const names = () => {
    const found = data.journals.map((file) => ({ file, bot: "here" }));
    const started = startedJournal();
    if (existsSync(started)) found.push({ file: started, bot: "started" });
    for (const { journal, folder } of foundBots())
      if (journal !== ":memory:") found.push({ file: journal, bot: botIdOf(folder) });
    const own = run()?.journal;
    if (self !== undefined && own !== undefined) found.push({ file: own, bot: self });
    for (const { id, file } of seenJournals()) found.push({ file, bot: id });
    return found;
  };
  /** Each once. */
  const journals = () =>
    [...new Map(names().map(({ file, bot }) => [file, bot]))].map(([file, bot]) => ({ file, bot }));
  /** Whether a bot has a run in hand is looked up before and after: one that begins or ends meanwhile is not called unfinished. */
  const runs = async (c: DoorContext): Promise<Runs> => {
    const [files, before] = [journals(), foundBots()];
    const { runs: lines } = await desk.do({ kind: "runs", journals: files }, goneSignal(c));
    const bots = [...before, ...foundBots()];
    const fileOf = new Map(files.map(({ bot, file }) => [bot, file]));
    const isOpen = ({ id, bot }: RunLine) => id === run()?.id || isInHand(id, fileOf.get(bot), bots);
    return { runs: lines.map((line) => (line.ended === undefined && isOpen(line) ? { ...line, inHand: true } : line)) };
  };
  const report = async (c: DoorContext): Promise<string> => {
    const bot = c.req.param("bot") ?? "";
    const file = names().findLast((each) => each.bot === bot)?.file;
    if (file === undefined) throw refusal(404, `no bot ${bot} of yours has a journal`, "GET /api/runs has all runs");
    const language = languageIn(c, data.language);
    const { html } = await desk.do({ kind: "report", file, run: c.req.param("run") ?? "", language }, goneSignal(c));
    return html;
  };
  return {
    own: {
      "GET journal": async (c) => {
        const limit = wholeIn(c, "limit", 1, 500) ?? 100;
        const before = wholeIn(c, "before", 1, Number.MAX_SAFE_INTEGER);
        const job = { kind: "journal", ...ours(c), before, limit, find: textIn(c, "find") } as const;
        return c.json(await desk.do(job, goneSignal(c)));
      },
      "GET decision": async (c) => {
        const at = textIn(c, "at");
        const job = { kind: "decision", ...ours(c), at: at === "" ? "last" : at } as const;
        return c.json(await desk.do(job, goneSignal(c)));
      },
    },
    all: {
      "GET /api/runs": async (c) => c.json(await runs(c)),
      "GET /api/kills": (c) => c.json({ kills: marks() } satisfies Kills),
      "GET /api/bots/:bot/runs/:run/report": async (c) => c.body(await report(c), 200, ticketHeaders),
      "GET /api/bots/:bot/runs/:run/report-link": async (c) =>
        c.json({ path: `/reports/${tickets.put(await report(c))}` }),
    },
    open: {
      "GET /reports/:ticket": (c) => {
        const html = tickets.take(c.req.param("ticket") ?? "");
        if (html === undefined)
          throw refusal(404, "this report was opened already, or too late", "open it from the dashboard again");
        return c.body(html, 200, ticketHeaders);
      },
    },
  };
}
