// The watchdog's way into an account at Aster, against a server that answers as the venue does.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret } from "@bp/signing";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import { asterDoor } from "./asterDoor.ts";

describe("asterDoor", () => {
  it("does not wait because the bot has used up what the address may send: the venue's own word counts", async ({
    onTestFinished,
  }) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const [path = "", query = ""] = (request.url ?? "").split("?");
      asked.push(`${request.method} ${path} ${new URLSearchParams(query).get("symbol") ?? ""}`.trim());
      response.setHeader("x-mbx-used-weight-1m", "2399");
      response.end(path.endsWith("/time") ? JSON.stringify({ serverTime: Date.now() }) : "[]");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // a TCP server has such an address
    const keys = { apiKey: "a".repeat(64), secret: Secret.of("b".repeat(64)) };
    const door = asterDoor({ id: "aster-futures", rest: `http://127.0.0.1:${port}`, proxy: {}, keys }, systemClock);
    onTestFinished(async () => {
      await door.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    for (let turn = 0; turn < 20; turn++) await door.openOrders(5_000, ["SOLUSDT"]);
    expect(asked.filter((each) => each === "GET /fapi/v1/openOrders SOLUSDT")).toHaveLength(20);
    await door.openOrders(5_000);
    expect(asked.at(-1)).toBe("GET /fapi/v1/openOrders");
  });
});
