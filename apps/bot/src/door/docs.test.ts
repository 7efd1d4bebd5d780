// The commands of docs/dashboard.md, as a reader types them.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { frameFixture } from "./frame.fixture.ts";
import { opened } from "./open.fixture.ts";
import type { DoorAsk } from "./words.ts";

const document = readFileSync(join(import.meta.dirname, "../../../../docs/dashboard.md"), "utf8");
const [, block = ""] = /```bash\n([^`]*)```/.exec(document) ?? [];
const lines = block.trim().split("\n");

describe("the commands of docs/dashboard.md", () => {
  it.runIf(hasCurl())("list bots, stream one, and pause it", async () => {
    const asks: DoorAsk[] = [];
    const { door, folder } = await opened();
    door.onAsk((ask) => {
      asks.push(ask);
      return { ok: { done: true } };
    });
    door.post({ kind: "frame", frame: frameFixture() });
    const env = { ...process.env, TOKEN: door.tokens.operator, BOT: basename(folder) };
    const said: string[] = [];
    for (const line of lines) {
      const command = line.replaceAll("127.0.0.1:4480", new URL(door.url).host);
      const child = spawn("sh", ["-c", `exec ${command}`], { env, stdio: ["ignore", "pipe", "ignore"] });
      const [first] = (await once(child.stdout, "data")) as [Buffer];
      said.push(first.toString());
      child.kill();
    }
    expect(said[0]).toMatch(/^\[/);
    expect(said[1]).toMatch(/^event: frame\ndata: \{/);
    expect(said[2]).toBe('{"done":true}');
    expect(asks).toEqual([{ what: "ask", ask: "pause" }]);
    await door.close();
  });
});

function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
