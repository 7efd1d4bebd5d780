import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Outcome, Wire, WireRequest } from "./answer.ts";
import { connectTo as browserConnectTo, wireTo as browserWireTo } from "./ways.browser.ts";
import { wireTo as nodeWireTo } from "./ways.node.ts";
import { wireTo } from "./ways.ts";

const request: WireRequest = {
  method: "GET",
  target: "/",
  headers: {},
  body: undefined,
  lane: "read",
  timeoutMs: 60_000,
  signal: undefined,
};

/** Which of the two it was: fetch names itself, undici does not. */
async function agentOf(make: (origin: string) => Wire): Promise<string> {
  const server = createServer((incoming, answer) => answer.end(incoming.headers["accept-language"] ?? "none"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wire = make(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const outcome = await new Promise<Outcome>((resolve) => wire.send(request, resolve));
    return "text" in outcome ? outcome.text : outcome.message;
  } finally {
    await wire.close();
    server.closeAllConnections();
    server.close();
  }
}

describe("wireTo", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is undici on Node, in both builds that it may be given", async () => {
    expect(await agentOf((origin) => nodeWireTo(origin, undefined))).toBe("none");
    expect(await agentOf((origin) => wireTo(origin, undefined))).toBe("none");
  });

  it("is fetch in browsers, and in Bun and Deno", async () => {
    expect(await agentOf(browserWireTo)).toBe("*");
    vi.stubGlobal("Deno", {});
    expect(await agentOf((origin) => wireTo(origin, undefined))).toBe("*");
  });

  it("says so when what was bundled for Node runs elsewhere", () => {
    vi.stubGlobal("Bun", {});
    expect(() => nodeWireTo("http://127.0.0.1:1", undefined)).toThrow(
      expect.objectContaining({ code: "config/invalid", context: expect.objectContaining({ found: "Bun or Deno" }) }),
    );
  });

  it("refuses a proxy that is none on Node, and leaves a browser to its own", () => {
    for (const make of [wireTo, nodeWireTo])
      expect(() => make("http://127.0.0.1:1", "nonsense")).toThrow(expect.objectContaining({ code: "config/invalid" }));
    expect(browserConnectTo).toHaveLength(1);
  });
});
