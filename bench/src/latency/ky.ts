// A peer: what one writes first. `ws`, JSON.parse and ky, all as they come.
import ky from "ky";
import WebSocket from "ws";
import { type Place, symbol } from "./market.ts";
import { orderAt } from "./sign.ts";

export async function byKy({ rest, ws }: Place): Promise<void> {
  const socket = new WebSocket(ws);
  await new Promise((resolve) => socket.once("open", resolve));
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as {
      readonly data: { readonly b: readonly (readonly [string, string])[] };
    }; // of the stub
    const price = frame.data.b[0]?.[0];
    if (price !== undefined) place(price).catch(() => undefined); // the stub counts what does not come
  });
  socket.send(JSON.stringify({ method: "SUBSCRIBE", params: [`depth.${symbol}`] }));

  const place = async (price: string) => {
    const { headers, body } = orderAt(price);
    await ky.post(`${rest}/api/v1/order`, { headers: { ...headers, "content-type": "application/json" }, body }).json();
  };
}
