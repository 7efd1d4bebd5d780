// A door at work: what comes from the trading thread on one side, HTTP on the other.
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { messageOf } from "../failures.ts";
import { createApp } from "./app.ts";
import { createAsks } from "./asks.ts";
import { createBearers } from "./bearer.ts";
import { judgeOf } from "./callers.ts";
import { writeCard } from "./card.ts";
import { createDesk } from "./desk/desk.ts";
import { createHub } from "./hub.ts";
import { createKnown } from "./known.ts";
import { neighbours } from "./neighbours.ts";
import { pageOf } from "./page.ts";
import { urlOf } from "./place.ts";
import { refusal } from "./refuse.ts";
import { routesOf } from "./routes.ts";
import { type Listening, listen } from "./server.ts";
import { whyNot } from "./whyNot.ts";
import type { DoorData, FromDoor, ToDoor } from "./words.ts";

/** How often the list of bots is looked through while somebody looks, ms. */
const botsMs = 1_000;
/** How long last words may take to leave at most, and what else is answered then at least, ms. */
const [lastWordsMs, answersMs] = [500, 50];

/**
 * Opens a server and tells when it listens.
 *
 * @param tell - to the trading thread
 * @param over - nothing is left to be done
 */
export function serveDoor(data: DoorData, tell: (message: FromDoor) => void, over: () => void) {
  const { host, tls, folder, tokens } = data;
  const hub = createHub((count) => {
    tell({ kind: "watched", count });
    if (count === 1) showBots();
  });
  const known = createKnown(hub);
  const asks = createAsks((id, ask) => tell({ kind: "ask", id, ask }));
  const bearers = createBearers(tokens);
  const desk = createDesk(new URL(data.desk));
  const refused = new Map<number, number>();
  const notYet = refusal(503, "the door is being opened");
  let server: Listening | undefined;
  let judge: ReturnType<typeof judgeOf> = () => notYet;

  const bots = () => neighbours(folder, known.brief);
  let isListing = false;
  const showBots = () => {
    if (isListing || hub.count === 0) return;
    isListing = true;
    bots()
      .then(
        (list) => hub.put({ event: "bots", data: list }),
        () => undefined, // nobody can look into the state folder now
      )
      .finally(() => {
        isListing = false;
      });
  };
  const lister = setInterval(showBots, botsMs);

  const counted = () => ({ refused, wrongTokens: bearers.wrong, connections: server?.refused ?? 0 });
  const app = createApp({
    judge: (caller) => judge(caller),
    bearers,
    page: pageOf(data.pages),
    refused: (status) => refused.set(status, (refused.get(status) ?? 0) + 1),
    failed: (error) => process.stderr.write(`warning: an answer of the dashboard failed: ${messageOf(error)}\n`),
    ...routesOf({ data, known, hub, asks, desk, bots, counted }),
  });

  const open = async () => {
    server = await listen(data, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
    const { port } = server;
    judge = judgeOf({ host, port, cert: tls?.cert });
    const url = urlOf(host, port, tls !== undefined);
    if (folder !== undefined) writeCard(folder, { ...tokens, url, cert: tls?.cert ?? "" });
    tell({ kind: "listening", port });
  };
  const goodbye = async () => {
    await Promise.race([Promise.all([hub.close(), sleep(answersMs)]), sleep(lastWordsMs)]);
    server?.close();
    over();
  };
  const close = () => {
    clearInterval(lister);
    desk.close();
    goodbye().catch(() => undefined); // nothing in it fails
  };
  open().catch((error: unknown) => {
    tell({ kind: "failed", ...whyNot(error, data) });
    close();
  });

  return {
    heard: (message: ToDoor): void => {
      if (message.kind === "batch") {
        known.took(message);
        tell({ kind: "ack" });
      } else if (message.kind === "answer") asks.heard(message.id, message.answer);
      else if (message.kind === "run") known.begun(message.run);
      else if (message.kind === "bye") hub.put({ event: "bye", data: { why: message.why } });
      else close();
    },
  };
}
