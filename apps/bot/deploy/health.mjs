// Whether the bot of this container does well: what its door says at /health, and where it has none, whether its loop still turns.
//
//   node health.mjs [--token FILE]     exit code 0: it does
//
// With --token the door's token for looking is written to FILE, for a Prometheus that reads it anew with each scrape: it changes
// whenever the bot starts.
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

/** A loop that has said nothing for so long, ms, stands still. */
const silentMost = 15_000;
const patienceMs = 5_000;

const cards = globSync(`${process.env.BP_STATE}/bots/*/door.json`).flatMap((file) => {
  try {
    return [JSON.parse(readFileSync(file, "utf8"))];
  } catch {
    return []; // it has just gone
  }
});

/** @returns the status, or why there is none */
const ask = ({ url, viewer, cert }) =>
  new Promise((resolve) => {
    const { get } = url.startsWith("https:") ? https : http;
    const options = {
      headers: { authorization: `Bearer ${viewer}` },
      timeout: patienceMs,
      ...(cert ? { ca: cert } : {}),
    };
    get(new URL("health", url), options, (answer) => resolve(answer.resume().statusCode))
      .on("timeout", (request) => request.destroy())
      .on("error", (error) => resolve(error.message));
  });

/** @returns what is wrong, or nothing */
function loop() {
  const said = execFileSync(process.execPath, [new URL("dist/main.js", import.meta.url).pathname, "status", "--json"]);
  const bots = JSON.parse(said.toString()).bots.filter(({ alive }) => alive);
  if (bots.length === 0) return "no bot runs";
  const silent = bots.find(({ silentMs }) => !(silentMs < silentMost));
  return silent === undefined ? undefined : `the bot ${silent.pid} has been silent for ${silent.silentMs} ms`;
}

const token = process.argv.indexOf("--token");
if (token > 0 && cards.length > 0) {
  const file = process.argv[token + 1];
  writeFileSync(`${file}.new`, cards[0].viewer, { mode: 0o644 });
  renameSync(`${file}.new`, file);
}
const answers = await Promise.all(cards.map(ask));
const wrong = answers.length === 0 ? loop() : answers.find((status) => status !== 200);
if (wrong !== undefined) {
  console.error(answers.length === 0 ? wrong : `the door says ${wrong}`);
  process.exitCode = 1;
}
