import { type Context, Hono } from "hono";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { bodyOf } from "./body.ts";

/** What came of a body. */
async function read(body: string | ReadableStream<Uint8Array>): Promise<unknown> {
  const app = new Hono();
  let found: unknown;
  app.post("/", async (c: Context) => {
    found = await bodyOf(c, z.strictObject({ what: z.string() })).catch((error: unknown) => error);
    return c.text("");
  });
  const init: RequestInit = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
  await app.request("/", init);
  return found;
}

describe("bodyOf", () => {
  it("reads what is right, and names the field that is not", async () => {
    expect(await read('{"what":"pause"}')).toEqual({ what: "pause" });
    expect(await read('{"what":1}')).toMatchObject({ status: 400, refused: { field: "what" } });
  });

  it("takes a body that is broken off for the caller's affair, not for a mistake of ours", async () => {
    const parts = [new TextEncoder().encode('{"wh')];
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const part = parts.pop();
        if (part === undefined) controller.error(new Error("aborted"));
        else controller.enqueue(part);
      },
    });
    expect(await read(body)).toMatchObject({ status: 400, message: "the body was broken off" });
  });

  it("refuses one that is too long, however it comes", async () => {
    expect(await read(`{"what":"${"x".repeat(300_000)}"}`)).toMatchObject({ status: 413 });
  });
});
