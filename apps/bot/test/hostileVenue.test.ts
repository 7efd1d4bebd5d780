// A venue that means harm, or somebody who stands in its place: whatever it answers ends in words, soon, and shows no key of ours.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environment, leaksIn } from "./canary/plant.ts";
import { runBot } from "./process.ts";
import type { Finished } from "./table.ts";

const esc = "\u001b";
const words = `${esc}]0;owned\u0007${esc}[2J\u009b31mno\r\nerror: forged [forged]\u202e`;

async function venue(finished: Finished, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  finished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = (status: number, body: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body);
};
/** Sends back what it was sent, keys and signature and all. */
const echo = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, { "x-request-id": String(request.headers["x-signature"] ?? "") });
  response.end(
    JSON.stringify({ code: "ECHO", message: JSON.stringify([request.url, request.headers, request.rawHeaders]) }),
  );
};
const market = JSON.stringify([
  {
    symbol: words,
    baseSymbol: "SOL",
    quoteSymbol: "USDC",
    marketType: "PERP",
    orderBookState: "Open",
    filters: { price: { minPrice: "0.01", tickSize: "0.01" }, quantity: { minQuantity: "0.01", stepSize: "0.01" } },
  },
]);

const answers: readonly (readonly [string, (request: IncomingMessage, response: ServerResponse) => void])[] = [
  ["a refusal that steers terminals", json(400, JSON.stringify({ code: words, message: words }))],
  ["a status that does", json(200, JSON.stringify({ status: words, message: words }))],
  ["a market that does", json(200, market)],
  ["lists in lists", json(200, `${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}`)],
  ["groups in groups", json(200, `${'{"a":'.repeat(500_000)}1${"}".repeat(500_000)}`)],
  ["prototypes", json(200, '{"__proto__":{"status":"Ok"},"constructor":{"prototype":{"a":1}}}')],
  ["numbers that are none", json(200, `[1e999999, -1e999999, ${"9".repeat(100_000)}]`)],
  ["our own request, refused", echo(401)],
  ["our own request, as if it were right", echo(200)],
  ["our own request, as a failure", echo(503)],
];

describe.concurrent("a hostile venue", () => {
  it.for(answers)(
    "that answers with %s steers and learns nothing",
    { timeout: 300_000 },
    async ([, answer], { onTestFinished }) => {
      const folder = mkdtempSync(join(tmpdir(), "bp-hostile-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const host = await venue(onTestFinished, answer);
      const { code, stdout, stderr } = await runBot(
        onTestFinished,
        ["doctor", "--symbol", "SOL_USDC_PERP", "--rest", `http://${host}`, "--ws", `ws://${host}`],
        { cwd: folder, env: { ...environment, BP_DEBUG: "1" } },
      );
      const said = `${stdout}${stderr}`;
      expect(said).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
      expect(said).not.toMatch(/^error: forged/m);
      expect(leaksIn(said)).toEqual([]);
      expect(code).toBe(1);
      expect(Reflect.get({}, "status")).toBeUndefined();
    },
  );
});
