// Whether the bot of this container does well: what its door says at /health, and where it has none, whether its loop still turns.
//
//   node health.mjs [--token FILE [--port 4480]]     exit code 0: it does
//
// With --token the token for looking of the door at that port is written to FILE, for a Prometheus that scrapes that port and reads the
// file anew with each scrape: the token changes whenever the bot starts. Bots that a page has started are not this container's purpose:
// how they do is shown there.
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, globSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** A loop that has said nothing for so long, ms, stands still. */
const silentMost = 15_000;
const patienceMs = 5_000;
const { BP_STATE: state, BP_MAIN: main = fileURLToPath(new URL("dist/main.js", import.meta.url)) } = process.env;
const { token, port } = parseArgs({
  options: { token: { type: "string" }, port: { type: "string", default: "4480" } },
}).values;

/** Whether a token was written: of a door at that port. */
let isTold = false;

/** The card of a bot's door. One that was killed may have left its own: only those that run are asked. */
function cardOf(pid) {
  for (const file of globSync(`${state}/bots/${pid}-*/door.json`))
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      // it has just gone
    }
  return undefined;
}

/** What TLS is to take for a door: the certificate on its card, whoever has signed that and whatever name is in it. */
function trusted(cert) {
  const { fingerprint256 } = new X509Certificate(cert);
  const isIt = (_, shown) => (shown.fingerprint256 === fingerprint256 ? undefined : new Error("another certificate"));
  return { ca: cert, allowPartialTrustChain: true, checkServerIdentity: isIt };
}

/** @returns the status, or why there is none */
const ask = ({ url, cert }) =>
  new Promise((resolve) => {
    const { get } = url.startsWith("https:") ? https : http;
    const request = get(new URL("health", url), { timeout: patienceMs, ...(cert ? trusted(cert) : {}) }, (answer) =>
      resolve(answer.resume().statusCode),
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (error) => resolve(error.message));
  });

/** @returns what is wrong with a bot, or nothing */
async function flawOf({ pid, silentMs }) {
  const card = cardOf(pid);
  if (card === undefined)
    return silentMs < silentMost ? undefined : `the bot ${pid} has been silent for ${silentMs} ms`;
  if (token !== undefined && new URL(card.url).port === port) {
    writeFileSync(`${token}.new`, card.viewer);
    chmodSync(`${token}.new`, 0o644); // Prometheus is another user
    renameSync(`${token}.new`, token);
    isTold = true;
  }
  const status = await ask(card);
  return status === 200 ? undefined : `the door of the bot ${pid} says: ${status}`;
}

const { bots } = JSON.parse(execFileSync(process.execPath, [main, "status", "--json"]).toString());
const fromPage = ({ config = "" }) => state !== undefined && config.startsWith(join(state, "started") + sep);
const running = bots.filter((bot) => bot.alive && !fromPage(bot));
const flaws = (await Promise.all(running.map(flawOf))).filter((flaw) => flaw !== undefined);
if (running.length === 0) flaws.push("no bot runs");
else if (token !== undefined && !isTold)
  console.error(`note: no door stands at port ${port}; ${token} has no token that holds`); // it trades
for (const flaw of flaws) console.error(flaw);
process.exitCode = flaws.length === 0 ? 0 : 1;
