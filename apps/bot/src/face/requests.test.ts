// Request lines, of real requests to a real server.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttp } from "@bp/transport";
import { describe, expect, it, onTestFinished } from "vitest";
import { watchRequests } from "./requests.ts";

const canary = "c4n4ry";

/** A server that answers 404 to everything, and what was said of requests to it. */
const lay = async () => {
  const server = createServer((_, response) => response.writeHead(404).end(`{"echo":"${canary}"}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listens on a port
  const http = createHttp({ baseUrl, timeoutMs: 60_000 });
  const said: string[] = [];
  const stop = watchRequests((text) => void said.push(text));
  onTestFinished(async () => {
    stop();
    await http.close();
    await new Promise((resolve) => server.close(resolve));
  });
  const ask = () =>
    http.request({
      method: "POST",
      path: "/api/v1/order",
      safe: false,
      query: { signature: canary },
      headers: { "X-API-Key": canary },
      body: `{"secret":"${canary}"}`,
    });
  return { baseUrl, said, ask, stop, close: () => new Promise((resolve) => server.close(resolve)) };
};

describe("watchRequests", () => {
  it("S3.30 tells method, path, status and time, and neither query nor header nor body", async () => {
    const { baseUrl, said, ask } = await lay();
    await ask();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^request: POST http:\/\/127\.0\.0\.1:\d+\/api\/v1\/order 404 in \d+ ms$/);
    expect(said[0]).toContain(baseUrl);
    expect(said.join()).not.toContain(canary);
  });

  it("S3.30 tells a request that failed by its code", async () => {
    const { said, ask, close } = await lay();
    await ask();
    await close();
    await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/^transport\//) });
    expect(said.at(-1)).toMatch(/^request: POST \S+\/api\/v1\/order failed \(\w+\)( in \d+ ms)?$/);
    expect(said.join()).not.toContain(canary);
  });

  it("says nothing after its end", async () => {
    const { said, ask, stop } = await lay();
    stop();
    await ask();
    expect(said).toEqual([]);
  });
});
