import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type Ws from "isomorphic-ws";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { browserLink } from "./browserLink.ts";

/** Holds within a minute. */
const soon = (holds: () => void) => vi.waitFor(holds, { timeout: 60_000 });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A link over Node's own WebSocket, which is the one of browsers. */
async function open(onConnection: (connection: WebSocket) => void) {
  const server = createServer();
  new WebSocketServer({ server }).on("connection", (connection) => {
    closers.push(() => connection.terminate());
    onConnection(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const told: unknown[] = [];
  const socket = new globalThis.WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const link = browserLink(socket as unknown as Ws, {
    // the members used are those of the standard
    open: () => told.push("open"),
    data: (data) => told.push(data),
    sign: () => told.push("sign"),
    end: (why) => told.push(why),
  });
  closers.push(() => link.drop());
  return { link, told };
}

describe("browserLink", () => {
  it("hands on text as text and binary as bytes, and sends", async () => {
    const heard: string[] = [];
    const { link, told } = await open((connection) => {
      connection.send("text");
      connection.send(Uint8Array.of(1, 2));
      connection.on("message", (data: Buffer) => heard.push(data.toString()));
    });
    await soon(() => expect(told).toHaveLength(3));
    expect(told).toEqual(["open", "text", Uint8Array.of(1, 2)]);
    link.ping(); // cannot, and does not mind
    link.send("hello");
    await soon(() => expect(heard).toEqual(["hello"]));
  });

  it("tells why it ended", async () => {
    const { told } = await open((connection) => connection.close(1001, "going away"));
    await soon(() => expect(told.at(-1)).toBe("closed by the server: 1001 going away"));
  });

  it("says nothing after it was dropped", async () => {
    let closed = false;
    const { link, told } = await open((connection) => {
      connection.on("close", () => {
        closed = true;
      });
    });
    await soon(() => expect(told).toEqual(["open"]));
    link.drop();
    await soon(() => expect(closed).toBe(true));
    expect(told).toEqual(["open"]);
  });
});
