// Between a bot and the streams of its exchange: passes every frame on, and says frames that the exchange never said.
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import type { Finished } from "../table.ts";

/** Streams by way of it. */
export interface Relay {
  readonly ws: string;
  /** Says something on each socket; streams that nobody reads there are passed over by the bot. @returns on how many */
  say(text: string): number;
}

/** Listens on a free port in front of `target`. */
export async function relayTo(target: string, finished: Finished): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const links = new Set<{ readonly socket: Socket; readonly say: (frame: Buffer) => void }>();
  const server = createServer((socket) => {
    const behind = createConnection({ host: hostname, port: Number(port) });
    const frames = frameByFrame((frame) => void socket.write(frame));
    const link = { socket, say: frames.between };
    links.add(link);
    const end = () => {
      links.delete(link);
      socket.destroy();
      behind.destroy();
    };
    for (const each of [socket, behind]) each.on("error", end).on("close", end);
    socket.on("data", (data: Buffer) => void behind.write(data));
    behind.on("data", (data: Buffer) => frames.take(data));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  finished(async () => {
    for (const { socket } of links) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    ws: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server has such an address
    say: (text) => {
      for (const { say } of links) say(textFrame(text));
      return links.size;
    },
  };
}

/** Passes on whole frames of a server, after the answer to the upgrade, so that others fit between them. */
function frameByFrame(pass: (frame: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  let upgraded = false;
  const next = (): number => {
    if (!upgraded) {
      const end = rest.indexOf("\r\n\r\n");
      return end < 0 ? 0 : end + 4;
    }
    if (rest.length < 2) return 0;
    const short = (rest[1] ?? 0) & 0x7f; // a server masks nothing
    if (short < 126) return 2 + short;
    if (short === 126) return rest.length < 4 ? 0 : 4 + rest.readUInt16BE(2);
    return rest.length < 10 ? 0 : 10 + Number(rest.readBigUInt64BE(2));
  };
  return {
    take: (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (let length = next(); length > 0 && length <= rest.length; length = next()) {
        pass(rest.subarray(0, length));
        rest = rest.subarray(length);
        upgraded = true;
      }
    },
    between: (frame: Buffer) => {
      if (upgraded) pass(frame);
    },
  };
}

/** A text frame of a server. @see RFC 6455, 5.2 */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from(body.length < 126 ? [0x81, body.length] : [0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}
