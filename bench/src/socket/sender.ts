// The venue of the socket group: a process that writes ready frames as fast as the other side takes them.
import { createHash } from "node:crypto";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { recordingOf } from "../book/recording.ts";

const [, , count = "", passes = ""] = process.argv;
const pass = framed(recordingOf(Number(count)).frames);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => undefined); // a contender that has seen enough
  socket.once("data", (request) => {
    const key = /sec-websocket-key: *(\S+)/i.exec(request.toString("latin1"))?.[1] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.once("data", () => send(socket, Number(passes))); // whatever it says is its wish
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port)); // of TCP
process.on("disconnect", () => process.exit()); // the bench is gone

function send(socket: Socket, left: number): void {
  if (left > 0) socket.write(pass, () => send(socket, left - 1));
}

/** Text frames of a server, one after the other. */
function framed(payloads: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    payloads.flatMap((payload) => {
      const short = payload.length < 126;
      if (payload.length > 0xffff) throw new Error("a frame of this length is not known here");
      const head = short ? [0x81, payload.length] : [0x81, 126, Math.floor(payload.length / 256), payload.length % 256];
      return [Uint8Array.from(head), payload];
    }),
  );
}
