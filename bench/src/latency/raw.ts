// The limit: two TCP sockets and node:crypto, nothing between.
import { connect, type Socket } from "node:net";
import { type Place, symbol } from "./market.ts";
import { orderAt } from "./sign.ts";

export async function raw({ rest, ws }: Place): Promise<void> {
  const post = await opened(rest);
  post.resume(); // answers are not read
  const path = `${new URL(rest).pathname}/api/v1/order`;
  const frames = await opened(ws);
  let upgraded = false;
  let waiting: Buffer = Buffer.alloc(0);
  frames.on("data", (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    if (!upgraded) {
      const behind = waiting.indexOf("\r\n\r\n");
      if (behind < 0) return;
      upgraded = true;
      waiting = waiting.subarray(behind + 4);
      frames.write(masked(`{"method":"SUBSCRIBE","params":["depth.${symbol}"]}`));
    }
    while (waiting.length >= 4) {
      const long = waiting[1] === 126; // 126 to 65,535 bytes; ticks are
      const from = long ? 4 : 2;
      const to = from + (long ? waiting.readUInt16BE(2) : (waiting[1] ?? 0));
      if (waiting.length < to) return;
      const price = waiting.indexOf('"b":[["', from) + 7;
      send(waiting.toString("latin1", price, waiting.indexOf(34, price)));
      waiting = waiting.subarray(to);
    }
  });
  const { host, pathname } = new URL(ws);
  frames.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );

  const send = (price: string) => {
    const { headers, body } = orderAt(price);
    post.write(
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${headers["X-API-Key"]}\r\nX-Signature: ${headers["X-Signature"]}\r\nX-Timestamp: ${headers["X-Timestamp"]}\r\nX-Window: 5000\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  };
}

function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }, () => resolve(socket));
    socket.on("error", reject);
  });
}

/** A text frame of less than 126 bytes as clients send it; a mask of zeros changes nothing. */
function masked(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}
