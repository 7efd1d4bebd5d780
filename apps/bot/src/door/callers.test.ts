// A stranger's page in the same browser, over real HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asked, type OpenedDoor, opened } from "./open.fixture.ts";

describe("callers of a door", () => {
  let open: OpenedDoor;
  let host = "";
  beforeAll(async () => {
    open = await opened();
    ({ host } = new URL(open.door.url));
  });
  afterAll(() => open.door.close());

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost",
    "[::1]:80",
    "0x7f000001",
  ])("is not answered by the name %j: it could be another site's that resolves here", async (name) => {
    const answer = await asked(open.door, "/api/hello", { headers: { host: name } });
    expect([421, 400]).toContain(answer.status);
    expect(answer.body).not.toContain("operator");
  });

  it("is answered by each name of this machine's own", async () => {
    const { port } = new URL(open.door.url);
    for (const name of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      expect((await asked(open.door, "/api/hello", { headers: { host: name } })).status).toBe(200);
  });

  it.each(["http://evil.example", "null", "https://127.0.0.1", "http://localhost:3000", "file://"])(
    "refuses the origin %s, with a token too",
    async (origin) => {
      const body = '{"what":"stop"}';
      const answer = await asked(open.door, "/api/bots/x/ask", { method: "POST", body, headers: { origin } });
      expect(answer.status).toBe(403);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  it("refuses what the browser says is from another site, but for a link to the page", async () => {
    const cross = { "sec-fetch-site": "cross-site" };
    expect((await asked(open.door, "/", { headers: cross })).status).toBe(403);
    expect((await asked(open.door, "/api/hello", { headers: { "sec-fetch-site": "same-site" } })).status).toBe(403);
    const link = { ...cross, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await asked(open.door, "/", { headers: link })).status).not.toBe(403);
    expect((await asked(open.door, "/api/hello", { headers: link })).status).toBe(403);
  });

  it("answers its own page", async () => {
    const headers = { origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    expect((await asked(open.door, "/api/hello", { headers })).status).toBe(200);
  });

  it("allows no preflight of another site", async () => {
    const headers = { origin: "http://evil.example", "access-control-request-method": "POST" };
    const answer = await asked(open.door, "/api/bots/x/ask", { method: "OPTIONS", headers });
    expect(answer.status).toBe(403);
    expect(answer.headers["access-control-allow-methods"]).toBeUndefined();
  });

  it("takes a token from nowhere but its header", async () => {
    const { operator } = open.door.tokens;
    for (const path of [`/api/hello?token=${operator}`, `/api/hello?access_token=${operator}`])
      expect((await asked(open.door, path, { headers: { authorization: "" } })).status).toBe(401);
    const cookie = { authorization: "", cookie: `token=${operator}` };
    expect((await asked(open.door, "/api/hello", { headers: cookie })).status).toBe(401);
  });

  it("answers wrong tokens late, says so, and does not slow the right one", async () => {
    const began = performance.now();
    const wrong = Array.from({ length: 6 }, () => asked(open.door, "/api/hello", { token: "x".repeat(43) }));
    let isLate = false;
    const answers = Promise.all(wrong).finally(() => (isLate = true));
    expect((await asked(open.door, "/api/hello")).status).toBe(200);
    expect(isLate).toBe(false);
    for (const answer of await answers) {
      expect(answer.status).toBe(401);
      expect(answer.json()["error"]).toBe("this token is not, or no longer, valid here");
    }
    expect(performance.now() - began).toBeGreaterThan(1_000);
  });

  it("tells browsers to run, frame and keep nothing that is not ours, whatever it answers", async () => {
    for (const path of ["/", "/api/hello", "/api/none"]) {
      const { headers } = await asked(open.door, path);
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
  });
});
