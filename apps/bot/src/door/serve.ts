// A door at work: what comes from the trading thread on one side, HTTP on the other.
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Frame, Hello } from "dashboard/contract";
import { messageOf } from "../failures.ts";
import { actsOf } from "./acts.ts";
import { createApp, type DoorContext, type Routes } from "./app.ts";
import { createAsks } from "./asks.ts";
import { createBearers } from "./bearer.ts";
import { briefOf } from "./brief.ts";
import { judgeOf } from "./callers.ts";
import { writeCard } from "./card.ts";
import { createDesk } from "./desk/desk.ts";
import type { Batch } from "./flow.ts";
import { createChronicle } from "./history.ts";
import { createHub } from "./hub.ts";
import { botIdOf, neighbours } from "./neighbours.ts";
import { pageOf } from "./page.ts";
import { urlOf } from "./place.ts";
import { passOn } from "./proxy.ts";
import { recordsOf } from "./records.ts";
import { type Refusal, refusal } from "./refuse.ts";
import { type Listening, listen } from "./server.ts";
import { startsOf } from "./starts.ts";
import { whyNot } from "./whyNot.ts";
import type { DoorData, DoorRun, FromDoor, ToDoor } from "./words.ts";

/** How often the list of bots is looked through while somebody looks, ms. */
const botsMs = 1_000;
/** How long last words may take to leave, ms. */
const lastWordsMs = 50;

/**
 * Opens a server and tells when it listens.
 *
 * @param tell - to the trading thread
 * @param over - nothing is left to be done
 */
export function serveDoor(data: DoorData, tell: (message: FromDoor) => void, over: () => void) {
  const chronicle = createChronicle();
  const asks = createAsks((id, ask) => tell({ kind: "ask", id, ask }));
  const bearers = createBearers(data.tokens);
  const self = data.folder === undefined ? undefined : botIdOf(data.folder);
  let frame: Frame | undefined;
  let run: DoorRun | undefined;
  let server: Listening | undefined;
  const desk = createDesk(new URL(data.desk));
  const records = recordsOf({ data, desk, self, run: () => run });
  let judge: (caller: Parameters<ReturnType<typeof judgeOf>>[0]) => Refusal | undefined = () =>
    refusal(503, "the door is being opened");
  const refusals = new Map<number, number>();
  const hub = createHub((count) => {
    tell({ kind: "watched", count });
    if (count === 1) showBots();
  });

  const bots = () => neighbours(data.folder, frame === undefined ? undefined : briefOf(frame));
  let isListing = false;
  const showBots = () => {
    if (isListing || hub.count === 0) return;
    isListing = true;
    bots()
      .then(
        (list) => hub.put({ event: "bots", data: list }),
        () => undefined, // nobody can look into the state folder now
      )
      .finally(() => (isListing = false));
  };
  const lister = setInterval(showBots, botsMs);

  /** Routes below `/api/bots/ID/`: of the bot here, or passed on. */
  const ofBot = (routes: Routes): Routes =>
    Object.fromEntries(
      Object.entries(routes).map(([route, handler]) => {
        const [method = "", path = ""] = route.split(" ");
        const either = (c: DoorContext) => {
          const id = c.req.param("bot") ?? "";
          return id === self ? handler(c) : passOn(c, id);
        };
        return [`${method} /api/bots/:bot/${path}`, either];
      }),
    );
  const hello = (role: Hello["role"]): Hello => ({
    version: data.version,
    role,
    language: data.language,
    ...(self === undefined ? {} : { self }),
    process: data.process,
  });
  const app = createApp({
    judge: (caller) => judge(caller),
    bearers,
    page: pageOf(data.pages),
    refused: (status) => refusals.set(status, (refusals.get(status) ?? 0) + 1),
    failed: (error) => process.stderr.write(`warning: an answer of the dashboard failed: ${messageOf(error)}\n`),
    open: records.open,
    routes: {
      "GET /api/hello": (c) => c.json(hello(c.get("role"))),
      "GET /api/bots": async (c) => c.json(await bots()),
      "GET /api/brief": (c) => {
        if (frame === undefined) throw refusal(503, "the run has not begun yet", undefined, 1);
        return c.json(briefOf(frame));
      },
      ...records.all,
      ...startsOf(data, desk),
      ...ofBot({
        ...actsOf(asks),
        ...records.own,
        "GET history": (c) => c.json(chronicle.history()),
        "GET stream": (c) => {
          hub.add(c.env.outgoing);
          return RESPONSE_ALREADY_SENT;
        },
      }),
    },
  });

  const { host, tls, folder } = data;
  const open = async () => {
    server = await listen(data, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
    const { port } = server;
    judge = judgeOf({ host, port, cert: tls?.cert });
    const url = urlOf(host, port, tls !== undefined);
    if (folder !== undefined) writeCard(folder, { ...data.tokens, url, cert: tls?.cert ?? "" });
    tell({ kind: "listening", port });
  };
  open().catch((error: unknown) => {
    tell({ kind: "failed", ...whyNot(error, data) });
    close();
  });

  const heard = (message: ToDoor): void => {
    if (message.kind === "batch") {
      took(message);
      tell({ kind: "ack" });
    } else if (message.kind === "answer") asks.heard(message.id, message.answer);
    else if (message.kind === "run") ({ run } = message);
    else if (message.kind === "bye") hub.put({ event: "bye", data: { why: message.why } });
    else if (message.kind === "close") close();
  };
  const took = ({ frame: next, news, fills }: Batch) => {
    if (next !== undefined) {
      frame = next;
      chronicle.frame(next);
      hub.put({ event: "frame", data: next });
    }
    chronicle.news(news);
    chronicle.fills(fills);
    if (news.length > 0) hub.put({ event: "news", data: news });
    if (fills.length > 0) hub.put({ event: "fills", data: fills });
  };
  const close = () => {
    clearInterval(lister);
    hub.close();
    desk.close();
    setTimeout(() => {
      server?.close();
      over();
    }, lastWordsMs);
  };
  return { heard };
}
